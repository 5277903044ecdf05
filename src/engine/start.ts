import { cpus } from 'node:os';
import { MessageChannel, Worker, type WorkerOptions } from 'node:worker_threads';
import { askingPort, createBells, type Line, portOf } from './port';
import type { Tuning } from './kernels';
import type { StartThread } from './thread';

/** Says when a worker has ended, and why. */
function whenEnded(worker: Worker, ended: (reason: Error) => void): void {
  let reason = new Error('it exited');
  worker.on('error', (error) => {
    reason = error instanceof Error ? error : new Error(String(error));
  });
  worker.on('exit', () => {
    ended(reason);
  });
}

/** Starts bundled scripts as threads of Node. */
export function threadStarter(script: string, options: WorkerOptions): StartThread {
  return (ended) => {
    const worker = new Worker(script, options);
    whenEnded(worker, ended);
    return {
      port: portOf(worker),
      end: async () => {
        await worker.terminate();
      },
    };
  };
}

/** What makes one way of computing faster than another here: the processor, and V8, which compiles the kernels. */
export const thisMachine = (): string => `${cpus()[0]?.model ?? ''}, V8 ${process.versions.v8}`;

/** Starts the bundled `worker.js`, on a line with bells, with what is known of this machine by then. */
export function engineStarter(script: string, tuning: () => Tuning | undefined = () => undefined): StartThread {
  return (ended) => {
    const { port1, port2 } = new MessageChannel();
    const bells = createBells();
    const worker = new Worker(script, {
      name: 'transposed-conv engine',
      workerData: { port: port2, bells, tuning: tuning() } satisfies Line & { readonly tuning: Tuning | undefined },
      transferList: [port2],
    });
    const port = askingPort({ port: port1, bells });
    // The worker keeps the process alive, not its channel.
    port1.unref();
    whenEnded(worker, (reason) => {
      // What it had answered before it ended counts.
      port.drain();
      port1.close();
      ended(reason);
    });
    return {
      port,
      end: async () => {
        await worker.terminate();
      },
    };
  };
}
