import { stridesOf } from '../kernels/positions';
import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { contributionsOf } from './contributions';

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** `w₁,₀`: a tensor's letter with its index below the line, as the references write matrix entries. */
export function symbolOf(letter: string, index: readonly number[]): string {
  const digits = (value: number): string => [...String(value)].map((digit) => SUBSCRIPTS[Number(digit)] ?? digit).join('');
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

export interface ReadoutTensors {
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly output: Tensor;
  readonly bias?: Tensor;
}

/** The sum behind one output, at most `limit` of its terms. Values are the tensors' own, so a changed input shows. */
export function readoutOf(plan: Plan, { input, weight, output, bias }: ReadoutTensors, index: readonly number[], limit: number): Readout {
  const { total, list } = contributionsOf(plan, { tensor: 'output', index }, limit);
  const at = (tensor: Tensor, where: readonly number[]): number => {
    const strides = stridesOf(tensor.shape);
    return tensor.data[where.reduce((offset, each, axis) => offset + each * strides[axis], 0)];
  };
  const channel = index[plan.batched ? 1 : 0];
  return {
    cell: cellName('out', shownIndex(plan.outputShape, index, plan.rank)),
    terms: list.map((each) => ({
      value: at(input, each.input),
      weight: at(weight, each.weight),
      input: cellName('in', shownIndex(plan.inputShape, each.input, plan.rank)),
      symbol: symbolOf('w', shownIndex(plan.weightShape, each.weight, plan.rank)),
    })),
    more: total - list.length,
    bias: bias && { symbol: symbolOf('b', [channel]), value: bias.data[channel] },
    result: at(output, index),
  };
}

/** `out[1,2] = 3·w₁,₀ + 1·w₁,₁ = 7`; numbers as `show` writes them. */
export function readoutText({ cell, terms, more, bias, result }: Readout, show: (value: number) => string = String): string {
  const sum = [
    ...terms.map(({ value, symbol }) => `${value < 0 ? `(${show(value)})` : show(value)}·${symbol}`),
    ...(more > 0 ? [`… ${more}`] : []),
    ...(bias ? [bias.symbol] : []),
  ];
  return `${cell} = ${sum.length > 0 ? `${sum.join(' + ')} = ` : ''}${show(result)}`;
}
