import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { readBuilds } from './builds';
import { createHandlers, createKernels, free, freeingGiven, serve } from './computing';
import { helperCount, helperStarter } from './helpers';
import { type Line, servingPort } from './port';

const port = servingPort(workerData as Line);
const onProgress = (message: unknown): void => {
  port.post(message);
};
const kernels = createKernels(readBuilds(__dirname), {
  count: helperCount(),
  start: helperStarter(join(__dirname, 'helper.js')),
});
serve(port, freeingGiven(createHandlers({ kernels, onProgress, fileClosed: free })));
