import type { Window } from './format';

/**
 * A part of a tensor as NumPy's slices name it: `0:64, :, 1, 2:`. What is left out at the end is whole; one index is a
 * slice of length 1. Undefined for anything that is no part of this shape.
 */
export function parseSlices(text: string, shape: readonly number[]): Window | undefined {
  const pieces = text.trim() === '' ? [] : text.split(',');
  if (pieces.length > shape.length) return undefined;
  const begin: number[] = [];
  const size: number[] = [];
  for (const [axis, length] of shape.entries()) {
    const match = /^\s*(?:(\d+)|(\d*)\s*:\s*(\d*))\s*$/.exec(pieces[axis] ?? ':');
    if (!match) return undefined;
    const [, index, from, to] = match;
    const first = Number(index ?? (from || 0));
    const last = index === undefined ? (to ? Number(to) : length) : first + 1;
    if (!(first < last && last <= length)) return undefined;
    begin.push(first);
    size.push(last - first);
  }
  return { begin, size };
}

/** The beginning of a tensor as slices, so short along its first axes that no more than `most` elements are in it. */
export function slicesWithin(shape: readonly number[], most: number): string {
  let room = most;
  const sizes = shape.toReversed().map((length) => {
    const taken = Math.max(1, Math.min(length, Math.floor(room)));
    room /= taken;
    return taken;
  });
  return sizes
    .reverse()
    .map((taken, axis) => (taken === shape[axis] ? ':' : `0:${taken}`))
    .join(', ');
}
