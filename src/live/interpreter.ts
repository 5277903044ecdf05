import boot from './program/boot.py';

/** What an interpreter runs that is started for one question: its argument names the library, its input asks. */
export const BOOT = boot;
