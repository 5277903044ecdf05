import { createRequire } from 'node:module';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { readBuilds } from './builds';
import { createHandlers, createKernels, free, freeingGiven, serve } from './computing';
import { helperCount, helperStarter } from './helpers';
import type { RareReaders } from '../core/formats/registry';
import { openPath } from './openPath';
import { type Line, servingPort } from './port';
import type { Tuning } from './kernels';

const given = workerData as Line & { readonly tuning?: Tuning };
const port = servingPort(given);
const onProgress = (message: unknown): void => {
  port.post(message);
};
const onTuned = (tuned: Tuning): void => {
  port.post({ tuned });
};
const helpers = { count: helperCount(), start: helperStarter(join(__dirname, 'helper.js')) };
const kernels = createKernels(readBuilds(__dirname), helpers, given.tuning);
const rareReaders = (): RareReaders =>
  (createRequire(__filename)('./rare.js') as { readonly RARE_READERS: RareReaders }).RARE_READERS;
serve(port, freeingGiven(createHandlers({ kernels, onProgress, onTuned, fileClosed: free, openPath, rareReaders })));
