// What the reading thread does, for whatever starts it: one part of the script of worker.ts and of worker.web.ts.
export { serve } from '../protocol/rpc';
export { createReader } from './handlers';
