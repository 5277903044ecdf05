/** A browser has no files of its own: all of them are VS Code's. */
export const reachesFiles = false;
