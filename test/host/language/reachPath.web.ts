import type { OpenByPath } from '../../../src/engine/fileSources';

/** A browser has no files of its own. */
export const openPath: OpenByPath | undefined = undefined;
