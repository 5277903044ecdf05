import { elementCount } from '../tensor/tensor';
import type { Part } from './part';

/**
 * A part of a tensor as NumPy's slices name it: `0:64, :, 1, ::4`. What is left out at the end is whole; one index is a
 * slice of length 1. Undefined for anything that is no part of this shape.
 */
export function parseSlices(text: string, shape: readonly number[]): Part | undefined {
  const pieces = text.trim() === '' ? [] : text.split(',');
  if (pieces.length > shape.length) return undefined;
  const begin: number[] = [];
  const size: number[] = [];
  const steps: number[] = [];
  for (const [axis, length] of shape.entries()) {
    const match = /^\s*(?:(\d+)|(\d*)\s*:\s*(\d*)(?:\s*:\s*(\d*))?)\s*$/.exec(pieces[axis] ?? ':');
    if (!match) return undefined;
    const [, index, from, to, every] = match;
    const first = Number(index ?? (from || 0));
    const last = index === undefined ? (to ? Number(to) : length) : first + 1;
    const step = Number(every || 1);
    if (!(first < last && last <= length && step >= 1)) return undefined;
    begin.push(first);
    size.push(Math.ceil((last - first) / step));
    steps.push(step);
  }
  return steps.every((step) => step === 1) ? { begin, size } : { begin, size, step: steps };
}

/**
 * An overview of a tensor as slices, of at most `most` elements: of its longest axes one element in so many. Axes that
 * are short, such as those of channels and of kernels, stay whole.
 */
export function overviewWithin(shape: readonly number[], most: number): string {
  const steps = shape.map(() => 1);
  const sizes = (): readonly number[] => shape.map((length, axis) => Math.ceil(length / steps[axis]));
  while (elementCount(sizes()) > most) {
    const left = sizes();
    const longest = left.lastIndexOf(Math.max(...left));
    if (left[longest] === 1) break;
    steps[longest] *= 2;
  }
  return steps.map((step) => (step === 1 ? ':' : `::${step}`)).join(', ');
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
