import type { ReadLocal } from './readLocal';

/** A browser has no files of its own: all of them are VS Code's. */
export const readLocal: ReadLocal | undefined = undefined;
