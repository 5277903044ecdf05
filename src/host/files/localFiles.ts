/** Whether the compute thread reaches files of `file:` addresses by itself, and reads of them only what is wanted. */
export const reachesFiles = true;
