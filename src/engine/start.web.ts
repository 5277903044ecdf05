import type { Port } from '../protocol/rpc';
import { portOf, type WorkerEnd } from './port.web';
import type { StartThread } from './thread';

interface WorkerFault {
  readonly message?: string;
  preventDefault(): void;
}

interface WebWorker extends WorkerEnd {
  addEventListener(type: 'message', hear: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', hear: (event: WorkerFault) => void): void;
  terminate(): void;
}
declare const Worker: new (address: string, options: { readonly name: string }) => WebWorker;

/**
 * A worker's script out of the two that were bundled for it: an entry, and the part that it requires. In one, since a
 * worker that comes from a blob has no place to require from.
 */
export const joinedScript = (part: string, entry: string): string =>
  `const part = { exports: {} };
((module, exports) => {${part}
})(part, part.exports);
((require) => {${entry}
})(() => part.exports);`;

/**
 * Starts scripts as web workers. Their text is loaded once, and only when it is wanted; VS Code's web extension host
 * refuses a worker that is started from the extension's own address, and takes one from a blob.
 */
export function threadStarter(name: string, load: () => Promise<string>): StartThread {
  let address: Promise<string> | undefined;
  const addressed = (): Promise<string> => {
    address ??= load().then((text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
    // Loading may work the next time.
    address.catch(() => (address = undefined));
    return address;
  };
  return (ended) => {
    const early: (() => void)[] = [];
    const listeners = new Set<(message: unknown) => void>();
    let own: { readonly worker: WebWorker; readonly port: Port } | undefined;
    let over = false;
    const finish = (reason: Error): void => {
      if (over) return;
      over = true;
      own?.worker.terminate();
      ended(reason);
    };
    const begin = (at: string): void => {
      if (over) return;
      const worker = new Worker(at, { name });
      own = { worker, port: portOf(worker) };
      // A web worker lives on after an error that nobody caught, in a state that nobody knows.
      worker.addEventListener('error', (fault) => {
        // It is told here, and would else be taken for an error of the host's own: so is that of a worker which was
        // ended while it loaded its script.
        fault.preventDefault();
        finish(new Error(fault.message ?? 'it failed'));
      });
      own.port.listen((message) => {
        for (const hear of listeners) hear(message);
      });
      for (const post of early.splice(0)) post();
    };
    addressed()
      .then(begin)
      .catch((error: unknown) => finish(error instanceof Error ? error : new Error(String(error))));
    return {
      port: {
        post(message, transfer) {
          if (own) {
            own.port.post(message, transfer);
            return;
          }
          // As posting would: what is written to the message afterwards does not count.
          const copy: unknown = structuredClone(message, { transfer: transfer ? [...transfer] : [] });
          early.push(() => own?.port.post(copy));
        },
        listen(receive) {
          listeners.add(receive);
          return () => listeners.delete(receive);
        },
      },
      end: async () => {
        await Promise.resolve();
        finish(new Error('it was ended'));
      },
    };
  };
}
