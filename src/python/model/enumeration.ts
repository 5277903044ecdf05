import type { Value } from './value';

/** What `enum.auto()` gives until the class is made. */
export const AUTO: Value = { kind: 'external', name: 'enum.auto()' };
