import type { MoveFile } from './moveFile';

/** In a browser no file system has a way to move a file in one step. */
export const moveFileOf = (): MoveFile | undefined => undefined;
