// What the compute thread does, for whatever starts it: one part of the script of worker.ts and of worker.web.ts.
export { serve } from '../protocol/rpc';
export { keepingTensors } from './copying';
export { free, freeingGiven } from './given';
export { createHandlers } from './handlers';
export { createKernels } from './kernels';
