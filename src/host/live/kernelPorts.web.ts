import type { Connect } from '../../live/subshell';
import { refusal } from '../../live/sentences';

/** A browser has no sockets. */
export const connectKernel: Connect = () => Promise.reject(refusal('kernel-elsewhere'));
