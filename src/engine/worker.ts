import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { serve } from '../protocol/rpc';
import { readBuilds } from './builds';
import { createHandlers } from './handlers';
import { helperCount, helperStarter } from './helpers';
import { createKernels } from './kernels';
import { portOf } from './port';

if (!parentPort) throw new Error('This file is the entry of a worker thread.');
const port = portOf(parentPort);
const onProgress = (message: unknown): void => {
  port.post(message);
};
const kernels = createKernels(readBuilds(__dirname), { count: helperCount(), start: helperStarter(join(__dirname, 'helper.js')) });
serve(port, createHandlers({ kernels, onProgress }));
