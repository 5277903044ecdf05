import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { help, type Part, type Share, type StartHelpers } from './crew';

/** More threads than this read the same packages more often than they save. */
const MOST = 7;

/** Starts a helper for each processor but the one that is at work already; each runs the command's own file again. */
export const helpersOf =
  (script: string): StartHelpers =>
  (share) =>
    Array.from(
      { length: Math.min(availableParallelism() - 1, MOST) },
      () =>
        new Promise<Part>((resolve, reject) => {
          const worker = new Worker(script, { workerData: share, name: 'transposed-conv checker' });
          worker.once('message', resolve);
          worker.once('error', reject);
          worker.once('exit', () => reject(new Error('A helper has ended before it was done.')));
        }),
    );

/** What the command's file does in a helper's thread. */
export async function runHelper(): Promise<void> {
  parentPort?.postMessage(await help(workerData as Share));
}
