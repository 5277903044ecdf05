import type { Plan } from '../plan';
import type { Contributions } from './contributions';

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** `w₁,₀`: a tensor's letter with its index below the line, as the references write matrix entries. */
export function symbolOf(letter: string, index: readonly number[]): string {
  const digits = (value: number): string =>
    [...String(value)].map((digit) => SUBSCRIPTS[Number(digit)] ?? digit).join('');
  return letter + index.map(digits).join(',');
}

/** `out[1,2]`. */
export const cellName = (name: string, index: readonly number[]): string => `${name}[${index.join(',')}]`;

/** An index without the leading axes of which there is only one: a single channel of a single image is not named. */
export function shownIndex(shape: readonly number[], index: readonly number[], rank: number): readonly number[] {
  const leading = shape.length - rank;
  return index.filter((_, axis) => axis >= leading || shape[axis] > 1);
}

/** One product of a sum that is written out. */
export interface Term {
  readonly value: number;
  readonly weight: number;
  /** `in[0,2]`. */
  readonly input: string;
  /** `w₁,₀`. */
  readonly symbol: string;
}

/** An output element as the sum that it is. */
export interface Readout {
  /** `out[1,2]`. */
  readonly cell: string;
  readonly terms: readonly Term[];
  /** Products that are not listed. */
  readonly more: number;
  /** Missing when there is none. */
  readonly bias?: { readonly symbol: string; readonly value: number };
  readonly result: number;
}

/** An element of a tensor by its full index; how the asker comes by it is the asker's affair. */
export type ElementOf = (tensor: 'input' | 'weight' | 'bias' | 'output', index: readonly number[]) => number;

/** The sum of these products of one output. `bias` says whether there is one. */
export function readoutFrom(
  plan: Plan,
  { total, list }: Contributions,
  index: readonly number[],
  at: ElementOf,
  bias: boolean,
): Readout {
  const channel = index[plan.batched ? 1 : 0];
  return {
    cell: cellName('out', shownIndex(plan.outputShape, index, plan.rank)),
    terms: list.map((each) => ({
      value: at('input', each.input),
      weight: at('weight', each.weight),
      input: cellName('in', shownIndex(plan.inputShape, each.input, plan.rank)),
      symbol: symbolOf('w', shownIndex(plan.weightShape, each.weight, plan.rank)),
    })),
    more: total - list.length,
    bias: bias ? { symbol: symbolOf('b', [channel]), value: at('bias', [channel]) } : undefined,
    result: at('output', index),
  };
}

/** Flat position of an element in C order. */
export const flatIndex = (shape: readonly number[], index: readonly number[]): number =>
  index.reduce((flat, at, axis) => flat * shape[axis] + at, 0);

/** `out[1,2] = 3·w₁,₀ + 1·w₁,₁ = 7`; numbers as `show` writes them. */
export function readoutText(
  { cell, terms, more, bias, result }: Readout,
  show: (value: number) => string = String,
): string {
  const sum = [
    ...terms.map(({ value, symbol }) => `${value < 0 ? `(${show(value)})` : show(value)}·${symbol}`),
    ...(more > 0 ? [`… ${more}`] : []),
    ...(bias ? [bias.symbol] : []),
  ];
  return `${cell} = ${sum.length > 0 ? `${sum.join(' + ')} = ` : ''}${show(result)}`;
}
