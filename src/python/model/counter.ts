import { number } from './make';
import type { Value } from './value';

/** What `Counter` has for a key that it has not. */
export const COUNT: Value = { kind: 'builtin', name: 'Counter.__missing__', holds: [], call: () => number(0) };
