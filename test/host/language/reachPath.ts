/** What opens files by their paths, where the host has any. */
export { openPath } from '../../../src/engine/openPath';
