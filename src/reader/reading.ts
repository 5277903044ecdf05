// What the reading thread does, for whatever starts it: one part of the script of worker.ts and of worker.web.ts, and
// of the command, which reads in its own thread.
export { serve } from '../protocol/rpc';
export { createReader } from './handlers';
export { analyzeModule, keepParsed } from '../python';
export { KnownFiles } from './files';
export { parseProjectSettings, SettingsRefused } from './projectSettings';
