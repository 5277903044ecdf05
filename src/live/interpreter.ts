import boot from './program/boot.py';

/** What an interpreter that is started for one question runs: its argument names the library, its input is the question. */
export const BOOT = boot;
