import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { StartHelper } from './kernels/crew';

/** More threads than this gain little: the layers that take long are limited by memory then. */
const MOST_THREADS = 4;

/** Helpers for this machine: one thread is the caller's. */
export const helperCount = (): number => Math.min(MOST_THREADS, availableParallelism()) - 1;

/** Starts helpers as Node threads running the bundled `helper.js`; they do not keep the process alive. */
export function helperStarter(script: string): StartHelper {
  return (orders) => {
    const worker = new Worker(script, { workerData: orders, name: `transposed-conv helper ${orders.index}` });
    worker.unref();
    // A helper that cannot start takes no tasks; the caller does them all.
    worker.on('error', () => undefined);
    return () => {
      void worker.terminate();
    };
  };
}
