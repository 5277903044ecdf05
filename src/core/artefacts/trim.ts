import { forEachPosition, stridesOf } from '../kernels/positions';
import type { Tensor } from '../operation';

type Sides = readonly [begin: number, end: number];

/** A transposed convolution's weight without outer taps that are 0 for all channels and that padding crops anyway. */
export interface Trimmed {
  readonly weight: Tensor;
  readonly padding: readonly number[] | readonly Sides[];
  readonly outputPadding: readonly number[];
}

/** Whether all weights of one tap along an axis of the kernel are 0. */
function isEmpty({ data, shape }: Tensor, axis: number, tap: number): boolean {
  const after = shape.slice(axis + 3).reduce((all, size) => all * size, 1);
  const size = shape[axis + 2];
  for (let at = 0; at < data.length; at++) if (Math.floor(at / after) % size === tap && data[at] !== 0) return false;
  return true;
}

/**
 * Drops the taps along each axis (of dilation 1) that are 0 at either end, each with one element of the padding that it
 * stood for, so that the output is the same. Padding that is wider at the beginning by less than the stride becomes
 * padding of both sides and output padding, as PyTorch says it.
 */
export function trimmed(
  weight: Tensor,
  padding: readonly Sides[],
  strides: readonly number[],
  allocate: (shape: readonly number[]) => Tensor,
): Trimmed {
  const cuts = padding.map(([begin, end], axis): Sides => {
    const size = weight.shape[axis + 2];
    let first = 0;
    while (first < begin && first < size - 1 && isEmpty(weight, axis, first)) first++;
    let last = 0;
    while (last < end && last < size - 1 - first && isEmpty(weight, axis, size - 1 - last)) last++;
    return [first, last];
  });
  const shape = weight.shape.map((size, at) => (at < 2 ? size : size - cuts[at - 2][0] - cuts[at - 2][1]));
  const kept = allocate(shape);
  const old = stridesOf(weight.shape);
  forEachPosition(shape, (position, flat) => {
    const from = position.reduce((all, at, axis) => all + (axis < 2 ? at : at + cuts[axis - 2][0]) * old[axis], 0);
    kept.data[flat] = weight.data[from];
  });
  const sides = padding.map(([begin, end], axis): Sides => [begin - cuts[axis][0], end - cuts[axis][1]]);
  const gaps = sides.map(([begin, end]) => begin - end);
  if (gaps.every((gap, axis) => gap >= 0 && gap < strides[axis]))
    return { weight: kept, padding: sides.map(([begin]) => begin), outputPadding: gaps };
  return { weight: kept, padding: sides, outputPadding: gaps.map(() => 0) };
}
