import type { Refusal } from '../../shapes/problems';
import { indivisible, listed } from '../../shapes/refusals/check';
import { print } from '../../sizes/print';
import { isKnown, type Size } from '../../sizes/size';
import { below, rangeRefusal } from './poolingRules';

/** The window of `Unfold` and `Fold`: kernel, dilation, padding, stride. */
export interface Blocks {
  readonly k: readonly Size[];
  readonly d: readonly Size[];
  readonly p: readonly Size[];
  readonly s: readonly Size[];
}

const pair = (sizes: readonly Size[]): string => `(${sizes.map(print).join(', ')})`;

/** What is refused of the windows of `Unfold` and `Fold` themselves. */
function blockRefusal({ k, d, p, s }: Blocks): Refusal | undefined {
  const both = (prefix: string, sizes: readonly Size[]): string =>
    `${prefix}_height: ${print(sizes[0])} ${prefix}_width: ${print(sizes[1])}`;
  const positive = (code: string, words: string, prefix: string, sizes: readonly Size[]): Refusal | undefined => {
    const wrong = sizes.find(below(1));
    const framework = `${words} should be greater than zero, but got ${both(prefix, sizes)}`;
    return wrong === undefined ? undefined : rangeRefusal(code, words, wrong, 1, framework);
  };
  const negative = p.find(below(0));
  return (
    positive('kernel-empty', 'kernel size', 'kernel', k) ??
    positive('dilation-range', 'dilation', 'dilation', d) ??
    (negative === undefined
      ? undefined
      : rangeRefusal(
          'padding-range',
          'padding',
          negative,
          0,
          `padding should be non-negative, but got ${both('pad', p)}`,
        )) ??
    positive('stride-range', 'stride', 'stride', s)
  );
}

export function unfoldRefusal(blocks: Blocks, shape: readonly Size[], outputs: readonly Size[]): Refusal | undefined {
  const wrong = blockRefusal(blocks);
  if (wrong || !outputs.some(below(1))) return wrong;
  const { k, d, p } = blocks;
  return {
    code: 'output-empty',
    template: 'The output would have the size ({0}).',
    args: [outputs.map(print).join(' x ')],
    framework: `Given input with spatial size ${pair(shape.slice(-2))}, kernel_size=${pair(k)}, dilation=${pair(d)}, padding=${pair(p)}, calculated shape of the array of sliding blocks as ${pair(outputs)}, but its components must be at least one.`,
  };
}

export function foldRefusal(
  blocks: Blocks,
  shape: readonly Size[],
  sizes: readonly Size[],
  counts: readonly Size[],
): Refusal | undefined {
  const wrong = blockRefusal(blocks);
  const { k, d, p, s } = blocks;
  const [channels, columns] = shape.slice(-2);
  if (wrong || ![...k, ...counts, channels, columns].every(isKnown)) return wrong;
  const area = Number(k[0]) * Number(k[1]);
  if (Number(channels) % area !== 0) {
    const framework = `Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)=${print(channels)} and kernel_size=${pair(k)}.`;
    return indivisible(Number(channels), area, framework);
  }
  const count = Number(counts[0]) * Number(counts[1]);
  if (columns === count) return undefined;
  return {
    code: 'resize',
    template: 'The input has {0} columns; an image of this size has {1} blocks.',
    args: [print(columns), count],
    framework: `Given output_size=${pair(sizes)}, kernel_size=${pair(k)}, dilation=${pair(d)}, padding=${pair(p)}, stride=${pair(s)}, expected size of input's dimension 2 to match the calculated number of sliding blocks ${counts.map(print).join(' * ')} = ${count}, but got input.size(2)=${print(columns)}.`,
  };
}

/** Which inputs `Unfold` and `Fold` take. */
export function blockRankRefusal(shape: readonly Size[], ranks: readonly [number, number]): Refusal | undefined {
  if (ranks.includes(shape.length)) return undefined;
  const [least, most] = ranks;
  const short = shape.length < 3;
  const framework =
    least === 2
      ? `Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, but got: ${listed(shape)}`
      : short
        ? `Dimension out of range (expected to be in range of [${-shape.length}, ${shape.length - 1}], but got ${shape.length})`
        : `Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ${listed(shape)}`;
  return {
    code: 'input-rank',
    template: 'The input has shape {0}; this layer needs {1} axes.',
    args: [`(${shape.map(print).join(', ')})`, most],
    framework,
  };
}
