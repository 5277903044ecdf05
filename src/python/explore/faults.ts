import type { Fault } from '../report';

/** Errors of our own that are told: one is enough to look for it. */
const MOST_FAULTS = 8;

/** Each once, by where it happened. */
export function faultsTold(all: readonly Fault[]): { readonly faults?: readonly Fault[] } {
  const byPlace = new Map(all.map((each) => [each.stack || each.message, each]));
  return byPlace.size > 0 ? { faults: [...byPlace.values()].slice(0, MOST_FAULTS) } : {};
}
