import { parentPort } from 'node:worker_threads';
import { serve } from '../protocol/rpc';
import { readBuilds } from './builds';
import { createHandlers } from './handlers';
import { createKernels } from './kernels';
import { portOf } from './port';

if (!parentPort) throw new Error('This file is the entry of a worker thread.');
const port = portOf(parentPort);
const onProgress = (message: unknown): void => {
  port.post(message);
};
serve(port, createHandlers({ kernels: createKernels(readBuilds(__dirname)), onProgress }));
