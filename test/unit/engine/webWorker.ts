import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Port } from '../../../src/protocol/rpc';
import { joinedScript } from '../../../src/engine/start.web';
import type { StartThread } from '../../../src/engine/thread';

/**
 * Makes a thread of Node look like a web worker on a page that is not isolated: no shared memory, timers that are
 * numbers, and nothing of Node's own.
 */
const DISGUISE = `
const { parentPort, workerData } = require('node:worker_threads');
const { runInThisContext } = require('node:vm');
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
globalThis.addEventListener = (type, hear) => parentPort.on(type, (data) => hear({ data }));
const wait = setTimeout;
globalThis.setTimeout = (work, milliseconds) => Number(wait(work, milliseconds).unref());
for (const name of ['SharedArrayBuffer', 'Buffer', 'process', 'global', 'require', 'setImmediate']) delete globalThis[name];
runInThisContext(workerData);
`;

/** Starts an entry that was bundled for the web, with the part that it requires. */
export function webWorkerStarter(part: string, entry: string): StartThread {
  return (ended) => {
    const script = joinedScript(readFileSync(part, 'utf8'), readFileSync(entry, 'utf8'));
    const worker = new Worker(DISGUISE, { eval: true, workerData: script });
    worker.unref();
    let reason = new Error('it was ended');
    worker.on('error', (error: Error) => (reason = error));
    worker.on('exit', () => ended(reason));
    const port: Port = {
      post: (message, transfer) => worker.postMessage(message, transfer ? [...transfer] : []),
      listen: (receive) => {
        worker.on('message', receive);
        return () => worker.off('message', receive);
      },
    };
    return {
      port,
      end: async () => {
        await worker.terminate();
      },
    };
  };
}
