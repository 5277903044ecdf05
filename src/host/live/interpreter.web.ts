import type { Library } from '../../live/expression';
import type { Program } from '../../live/reader';
import { refusal } from '../../live/sentences';

export const PATIENCE_OF_STARTING = 0;

/** A browser starts no process. */
export const interpreterProgram = (_executable: string, _library: Library, _signal?: AbortSignal): Program => ({
  evaluate: () => Promise.reject(refusal('no-process')),
});
