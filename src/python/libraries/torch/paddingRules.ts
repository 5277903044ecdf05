import type { Refusal } from '../../shapes/problems';
import { listed } from '../../shapes/refusals/check';
import { print } from '../../sizes/print';
import { isKnown, type Size } from '../../sizes/size';

/** Axes of a tensor that PyTorch pads with other than a constant, by how many amounts are given. */
const RANKS: Readonly<Record<number, readonly number[]>> = { 2: [2, 3], 4: [3, 4], 6: [4, 5] };

const SUPPORTED = `
Supported combinations for non-constant padding:
  - 2D or 3D input: padding size = 2 (pads last dimension)
  - 3D or 4D input: padding size = 4 (pads last 2 dimensions)
  - 4D or 5D input: padding size = 6 (pads last 3 dimensions)`;

const MODES = ['constant', 'reflect', 'replicate', 'circular'];

/** What `F.pad` refuses, in the order in which it looks: from the last axis to the first. */
export function padRefusal(
  shape: readonly Size[],
  amounts: readonly Size[],
  mode: string | undefined,
): Refusal | undefined {
  const [rank, count] = [shape.length, amounts.length];
  if (count % 2 !== 0) return countRefusal(count, 2 * rank, 'Padding length must be divisible by 2');
  if (count > 2 * rank) {
    const words = `Padding length should be less than or equal to two times the input dimension but got padding length ${count} and input of dimension ${rank}`;
    return countRefusal(count, 2 * rank, words);
  }
  if (mode === undefined) return undefined;
  if (mode === 'constant') return cropRefusal(shape, amounts);
  if (!MODES.includes(mode)) {
    return {
      code: 'padding-mode',
      template: 'The padding mode is {0}; it must be constant, reflect, replicate or circular.',
      args: [mode],
      framework: `Unrecognised padding mode ${mode}`,
    };
  }
  if (!RANKS[count]?.includes(rank))
    return countRefusal(
      count,
      2 * rank,
      `Padding size ${count} is not supported for ${rank}D input tensor.${SUPPORTED}`,
    );
  return mode === 'replicate' ? undefined : tooFar(shape, amounts, mode);
}

const countRefusal = (given: number, most: number, framework: string): Refusal => ({
  code: 'resize',
  template: '{0} amounts of padding are given; there are {1} sides.',
  args: [given, most],
  framework,
});

/** Amounts below zero take away what is there. */
function cropRefusal(shape: readonly Size[], amounts: readonly Size[]): Refusal | undefined {
  for (let at = 0; at < amounts.length; at += 2) {
    const size = shape[shape.length - 1 - at / 2];
    const [begin, end] = [amounts[at], amounts[at + 1]];
    if (!isKnown(size) || !isKnown(begin) || !isKnown(end)) continue;
    const left = size + Math.min(begin, 0) + Math.min(end, 0);
    if (left >= 0) continue;
    return {
      code: 'resize',
      template: 'Padding of {0} and {1} takes more than the {2} that there are.',
      args: [begin, end, size],
      framework: 'narrow(): length must be non-negative.',
    };
  }
  return undefined;
}

/** Reflection takes all but the edge, wrapping once around. */
function tooFar(shape: readonly Size[], amounts: readonly Size[], mode: string): Refusal | undefined {
  for (let at = 0; at < amounts.length; at += 2) {
    const axis = shape.length - 1 - at / 2;
    const size = shape[axis];
    const sides = [amounts[at], amounts[at + 1]];
    const wrong = sides.some((side) => isKnown(side) && isKnown(size) && side > size - (mode === 'reflect' ? 1 : 0));
    if (!wrong || !sides.every(isKnown)) continue;
    return {
      code: 'padding-wraps',
      template: 'Padding {0} is more than {1} padding can take of an axis of size {2}.',
      args: [Math.max(...sides.map(Number)), mode, print(size)],
      framework:
        mode === 'reflect'
          ? `Argument #${4 + at}: Padding size should be less than the corresponding input dimension, but got: padding (${sides.map(print).join(', ')}) at dimension ${axis} of input ${listed(shape)}`
          : 'Padding value causes wrapping around more than once.',
    };
  }
  return undefined;
}

/** A layer that wraps looks at the number of axes itself. */
export function circularRankRefusal(shape: readonly Size[], rank: number): Refusal | undefined {
  if (shape.length === rank + 1 || shape.length === rank + 2) return undefined;
  const wanted = `${rank + 1}D or ${rank + 2}D`;
  return {
    code: 'rank-mismatch',
    template: 'The input has {0} axes; this layer needs {1}.',
    args: [shape.length, wanted],
    framework: `expected ${wanted} input (got ${shape.length}D input)`,
  };
}
