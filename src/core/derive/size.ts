import type { AxisPlan } from '../axis';
import type { Kind } from '../operation';

/**
 * The terms of the two size formulas, in the order in which what they stand for happens. Of a transposed convolution:
 * how far apart first and last stamp begin, the width of the last one, what padding crops, what output padding adds. Of
 * a convolution: the input, its padding, the window that must find room, the steps that it can take, its first place.
 */
export type TermName = 'spread' | 'extent' | 'crop' | 'extra' | 'length' | 'pads' | 'window' | 'steps' | 'first';

/** One term of a size formula. */
export interface SizeTerm {
  readonly name: TermName;
  /** The sign before it. A division has none: it takes all that is before it. */
  readonly sign: '' | '+' | '−' | '÷';
  /** `(i−1)·s`. */
  readonly symbol: string;
  /** The same where there is little room: `K` for `d(k−1)+1`. */
  readonly short: string;
  /** `3·2`. */
  readonly numbers: string;
  /** The term alone, without its sign. */
  readonly value: number;
  /** By how much it changes what was counted before it. */
  readonly adds: number;
  /** What is counted with it. */
  readonly sum: number;
}

/** How the output size along one axis comes about. */
export interface SizeDerivation {
  readonly kind: Kind;
  readonly axis: AxisPlan;
  readonly terms: readonly SizeTerm[];
  readonly result: number;
  /** Convolution: elements behind the last window, which no window reads. Always 0 of a transposed one. */
  readonly rest: number;
}

type Bare = Omit<SizeTerm, 'sum' | 'short'> & { readonly short?: string };

const isEven = ({ padBegin, padEnd }: AxisPlan): boolean => padBegin === padEnd;
const padSymbol = (axis: AxisPlan): string => (isEven(axis) ? '2p' : '(p₀+p₁)');
const padNumbers = (axis: AxisPlan): string =>
  isEven(axis) ? `2·${axis.padBegin}` : `(${axis.padBegin}+${axis.padEnd})`;

const extentTerm = (axis: AxisPlan): Pick<Bare, 'symbol' | 'short' | 'numbers' | 'value'> => ({
  symbol: 'd(k−1)+1',
  short: 'K',
  numbers: `${axis.dilation}·${axis.kernel - 1}+1`,
  value: axis.extent,
});

function transposedTerms(axis: AxisPlan): readonly Bare[] {
  const { input, stride, extent, padBegin, padEnd, outputPadding } = axis;
  const spread = (input - 1) * stride;
  const pads = padBegin + padEnd;
  return [
    { name: 'spread', sign: '', symbol: '(i−1)·s', numbers: `${input - 1}·${stride}`, value: spread, adds: spread },
    { name: 'extent', sign: '+', ...extentTerm(axis), adds: extent },
    { name: 'crop', sign: '−', symbol: padSymbol(axis), numbers: padNumbers(axis), value: pads, adds: -pads },
    {
      name: 'extra',
      sign: '+',
      symbol: 'op',
      numbers: String(outputPadding),
      value: outputPadding,
      adds: outputPadding,
    },
  ];
}

function convTerms(axis: AxisPlan): readonly Bare[] {
  const { input, stride, extent, padBegin, padEnd } = axis;
  const pads = padBegin + padEnd;
  const room = input + pads - extent;
  return [
    { name: 'length', sign: '', symbol: 'i', numbers: String(input), value: input, adds: input },
    { name: 'pads', sign: '+', symbol: padSymbol(axis), numbers: padNumbers(axis), value: pads, adds: pads },
    {
      name: 'window',
      sign: '−',
      ...extentTerm(axis),
      symbol: '(d(k−1)+1)',
      numbers: `(${extentTerm(axis).numbers})`,
      adds: -extent,
    },
    {
      name: 'steps',
      sign: '÷',
      symbol: 's',
      numbers: String(stride),
      value: stride,
      adds: Math.floor(room / stride) - room,
    },
    { name: 'first', sign: '+', symbol: '1', numbers: '1', value: 1, adds: 1 },
  ];
}

/**
 * `o = (i−1)·s + K − 2p + op` or `o = ⌊(i + 2p − K)/s⌋ + 1`, term by term. (Dumoulin & Visin, "A guide to convolution
 * arithmetic", 2016, relationships 6 and 14, with dilation and output padding as in PyTorch's documentation.)
 */
export function deriveSize(kind: Kind, axis: AxisPlan): SizeDerivation {
  let sum = 0;
  const terms = (kind === 'conv' ? convTerms(axis) : transposedTerms(axis)).map((term): SizeTerm => ({
    short: term.symbol,
    ...term,
    sum: (sum += term.adds),
  }));
  const rest = kind === 'conv' ? (axis.input + axis.padBegin + axis.padEnd - axis.extent) % axis.stride : 0;
  return { kind, axis, terms, result: sum, rest };
}

/** Of a transposed convolution: how far its stamps reach before anything is cropped, `(i−1)·s + K`. */
export const stampedLength = ({ input, stride, extent }: AxisPlan): number => (input - 1) * stride + extent;

/**
 * Of a transposed convolution: how many products meet at a position, counted from the first stamp's beginning. None:
 * whatever the weights, the output there is the bias alone.
 */
export function productsAt({ input, stride, dilation, kernel }: AxisPlan, position: number): number {
  let products = 0;
  for (let tap = 0; tap < kernel; tap++) {
    const site = (position - tap * dilation) / stride;
    if (Number.isInteger(site) && site >= 0 && site < input) products++;
  }
  return products;
}

/** Padding of a transposed convolution beside what the equivalent convolution of stride 1 pads with, at either end. */
export interface PaddingPair {
  readonly padding: readonly [begin: number, end: number];
  /** `p′ = K − 1 − p`; below 0 it crops. */
  readonly equivalent: readonly [begin: number, end: number];
  /** Output without output padding: `(i−1)·s + K − p₀ − p₁`. */
  readonly output: number;
  /** Length of the input with zeros inserted and padded by p′; less `K − 1` it is the output. */
  readonly padded: number;
}

/** (Dumoulin & Visin, 2016, relationship 13.) */
export function paddingPair(axis: AxisPlan, padding: readonly [begin: number, end: number]): PaddingPair {
  const { input, stride, extent } = axis;
  const equivalent = padding.map((side) => extent - 1 - side) as [number, number];
  return {
    padding,
    equivalent,
    output: stampedLength(axis) - padding[0] - padding[1],
    padded: (input - 1) * stride + 1 + equivalent[0] + equivalent[1],
  };
}

/** The sizes that a convolution takes to the same output `o`: `(o−1)·s + K − 2p`, and up to `s − 1` above. */
export function inputsOfOutput(
  { stride, extent, padBegin, padEnd }: AxisPlan,
  output: number,
): readonly [least: number, most: number] {
  const least = (output - 1) * stride + extent - padBegin - padEnd;
  return [least, least + stride - 1];
}
