import type { ProblemField } from '../problem';

/** How sizes and axes are written, here and in PyTorch's messages. */

const AXIS_NAMES: Readonly<Record<number, readonly string[]>> = {
  1: ['width'],
  2: ['height', 'width'],
  3: ['depth', 'height', 'width'],
};

export function axisName(rank: number, axis: number): string {
  return AXIS_NAMES[rank]?.[axis] ?? `axis ${axis}`;
}

/** A parameter's name in a sentence; one of `WORDS`. */
export const parameterName = (field: ProblemField): string => (field === 'outputPadding' ? 'output padding' : field);

export const list = (sizes: readonly number[]): string => `[${sizes.join(', ')}]`;
export const perChannel = (sizes: readonly number[]): string => `(${sizes.join(' x ')})`;

/** PyTorch runs one spatial axis as two, the first of size `filler`, and its messages show both. */
export const widened = (sizes: readonly number[], filler: number): readonly number[] =>
  sizes.length === 1 ? [filler, ...sizes] : sizes;

/** The same for a tensor's shape: `[2, 4, 5]` is shown as `[2, 4, 1, 5]`. */
export const widenedShape = (shape: readonly number[], rank: number): readonly number[] =>
  rank === 1 ? [...shape.slice(0, -1), 1, ...shape.slice(-1)] : shape;

/** `stride_height: 1 stride_width: 2`. */
export function named(name: string, sizes: readonly number[], filler: number, separator = ' '): string {
  const shown = widened(sizes, filler);
  return shown.map((size, axis) => `${name}_${axisName(shown.length, axis)}: ${size}`).join(separator);
}
