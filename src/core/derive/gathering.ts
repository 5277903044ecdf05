import { readAt } from '../kernels/meetings';
import { forEachPosition, kernelSizes, outputSizes, stridesOf } from '../kernels/positions';
import type { AxisPlan } from '../axis';
import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import { tensorOf } from '../tensor/tensor';
import type { Subject } from './subject';

/**
 * Where a tap lies when one output is made. `input`: on an element. `image`: on one that padding repeats. `zero`: on a
 * zero of the padding. `between`: between two elements, which are a stride apart. `outside`: beyond the first or last.
 */
export type Lies = 'input' | 'image' | 'zero' | 'between' | 'outside';

/** What one tap reads for one output. */
export interface Read {
  readonly tap: number;
  readonly lies: Lies;
  /** The element that is read, by its place, if there is one. */
  readonly input: readonly number[] | undefined;
  /** Where the tap lies, counted in elements of the padded input of a convolution from the input's first. */
  readonly place: readonly number[];
  readonly value: number;
  readonly product: number;
}

/** One output as the sum of what its taps read. */
export interface Gathered {
  readonly output: readonly number[];
  /** For every tap, in C order of the kernel. */
  readonly reads: readonly Read[];
  /** In float64. */
  readonly sum: number;
}

/** Along one axis: where a tap lies, and the element there. */
function lieAlong(plan: Plan, axis: AxisPlan, output: number, tap: number): readonly [Lies, place: number, at: number] {
  if (plan.kind === 'conv') {
    const place = output * axis.stride + tap * axis.dilation - axis.padBegin;
    const at = readAt(plan.paddingMode, place, axis.input);
    return [at === -1 ? 'zero' : at === place ? 'input' : 'image', place, at];
  }
  const place = (output + axis.padBegin - tap * axis.dilation) / axis.stride;
  if (place < 0 || place > axis.input - 1) return ['outside', place, -1];
  return Number.isInteger(place) ? ['input', place, place] : ['between', place, -1];
}

/** Worse hides better: a tap is on an element only if it is along every axis. */
const ORDER: readonly Lies[] = ['input', 'image', 'between', 'zero', 'outside'];

/** Every output of either operation, gathered: `out[o] = Σ in[…]·w[tap]` over the taps that lie on an element. */
export function gathering({ plan, input, weight }: Subject): readonly Gathered[] {
  const strides = stridesOf(plan.axes.map((axis) => axis.input));
  const all: Gathered[] = [];
  forEachPosition(outputSizes(plan), (output) => {
    const reads: Read[] = [];
    let sum = 0;
    forEachPosition(kernelSizes(plan), (position, tap) => {
      const along = plan.axes.map((axis, at) => lieAlong(plan, axis, output[at], position[at]));
      const lies = along.reduce<Lies>(
        (worst, [one]) => (ORDER.indexOf(one) > ORDER.indexOf(worst) ? one : worst),
        'input',
      );
      const isRead = lies === 'input' || lies === 'image';
      const at = along.map(([, , index]) => index);
      const value = isRead ? input.data[at.reduce((flat, index, axis) => flat + index * strides[axis], 0)] : 0;
      const product = isRead ? value * weight.data[tap] : 0;
      if (isRead) sum += product;
      reads.push({
        tap,
        lies,
        input: isRead ? at : undefined,
        place: along.map(([, place]) => place),
        value,
        product,
      });
    });
    all.push({ output: [...output], reads, sum });
  });
  return all;
}

/** The output that was gathered: `(1, 1, spatial…)`. */
export const gatheredOutput = ({ plan, input }: Subject, all: readonly Gathered[]): Tensor =>
  tensorOf(
    input.dtype,
    plan.outputShape,
    all.map(({ sum }) => sum),
  );
