import type { Machine } from './machine';
import type { Arguments, Value } from './value';

/** A tensor of the most likely shape, or a list that holds one. */
function isLikely(value: Value): boolean {
  if (value.kind === 'tensor') return value.guessed === true;
  if (value.kind !== 'list' && value.kind !== 'tuple') return false;
  return value.items.some((item) => item.kind === 'tensor' && item.guessed === true);
}

/**
 * Runs a rule of a library, as under a condition that is not known where one of its arguments has the most likely shape
 * only: the rule may tell what comes of it, and no error. One of a tensor that is larger in the running program than it
 * was taken to be would be a false one.
 */
export function doubting<T>(machine: Machine, { positional, keywords }: Arguments, run: () => T): T {
  const likely = positional.some(isLikely) || (keywords.size > 0 && [...keywords.values()].some(isLikely));
  return likely && !machine.mode.forked ? machine.within({ forked: true }, run) : run();
}
