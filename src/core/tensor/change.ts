import type { Tensor } from '../operation';
import { elementCount } from './tensor';

/** What is different between two readings of a tensor. */
export interface Change {
  readonly changed: number;
  readonly of: number;
  /** Largest absolute difference of two finite values; infinite where one of them alone is not finite. */
  readonly largest: number;
  /** Where that is: an index for each axis. Empty where nothing changed. */
  readonly at: readonly number[];
}

/** The place of an element in C order, as an index for each axis. */
export function indexOf(flat: number, shape: readonly number[]): readonly number[] {
  let rest = flat;
  return shape
    .toReversed()
    .map((size) => {
      const index = rest % size;
      rest = Math.floor(rest / size);
      return index;
    })
    .toReversed();
}

const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((size, axis) => size === other[axis]);

/** Compares two readings of the same shape; nothing where their shapes differ. NaN is the same as NaN. */
export function changeBetween(before: Tensor, after: Tensor): Change | undefined {
  if (!isSame(before.shape, after.shape)) return undefined;
  let [changed, largest, place] = [0, 0, -1];
  for (let at = 0; at < after.data.length; at++) {
    const [old, now] = [before.data[at], after.data[at]];
    if (old === now || (Number.isNaN(old) && Number.isNaN(now))) continue;
    changed++;
    const apart = Math.abs(now - old);
    const size = Number.isNaN(apart) ? Infinity : apart;
    if (size > largest || place < 0) [largest, place] = [size, at];
  }
  return { changed, of: elementCount(after.shape), largest, at: place < 0 ? [] : indexOf(place, after.shape) };
}

/** `after − before`, element by element, of two tensors of one shape; 0 where they are the same, infinite or not. */
export function difference(after: Tensor, before: Tensor): Tensor {
  const data = after.data.map((value, at) => (Object.is(value, before.data[at]) ? 0 : value - before.data[at]));
  return { ...after, data };
}
