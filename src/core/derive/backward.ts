import { gather } from '../kernels/gather';
import { readAt } from '../kernels/meetings';
import { forEachPosition, outputSizes, stridesOf } from '../kernels/positions';
import { resolve } from '../plan';
import { ProblemError } from '../problem';
import type { Tensor } from '../operation';
import { zeros } from '../tensor/tensor';
import type { Subject } from './subject';

/** A place of the padded input and the element that is read there, by their flat indices. */
export interface Fold {
  /** In the transposed convolution's output. */
  readonly from: number;
  /** In the input. */
  readonly onto: number;
}

/** The backward pass of a convolution, with respect to its input. */
export interface Backward {
  /**
   * Carries the gradient of the output back: a transposed convolution with the same kernel. Its input is the gradient
   * of the output, its output that of the input, or, where padding repeats elements, of the padded input.
   */
  readonly transposed: Subject;
  /** Where padding repeats elements: onto which element of the input each place of the padded one adds. */
  readonly folds: readonly Fold[] | undefined;
  /** Gradient of the input, `(1, 1, spatial…)`: what this channel of the output gives to it. */
  readonly gradient: Tensor;
}

/**
 * Of a convolution, with `L = ½·Σ out²`, of which the gradient with respect to the output is the output itself.
 * Zeros in the padding take their gradient with them: the transposed convolution crops them. Its output padding is the
 * remainder `(i + p_begin + p_end − K) mod s` of the input that the last window left unread.
 */
export function backward(subject: Subject): Backward {
  const { plan, weight, output, inputOrigin, outputOrigin, whole, channels } = subject;
  const cropped = plan.paddingMode === 'zeros';
  const resolution = resolve(
    {
      kind: 'convTranspose',
      stride: plan.axes.map(({ stride }) => stride),
      dilation: plan.axes.map(({ dilation }) => dilation),
      padding: plan.axes.map(({ padBegin, padEnd }): [number, number] => (cropped ? [padBegin, padEnd] : [0, 0])),
      outputPadding: plan.axes.map(
        ({ input, padBegin, padEnd, extent, stride }) => (input + padBegin + padEnd - extent) % stride,
      ),
    },
    output.shape,
    weight.shape,
  );
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  const back = resolution.plan;
  const part = gather(back, output, weight);
  const transposed: Subject = {
    plan: back,
    channels: { batch: channels.batch, from: channels.to, to: channels.from },
    inputOrigin: outputOrigin,
    outputOrigin: inputOrigin.map((at, axis) => at - (cropped ? 0 : plan.axes[axis].padBegin)),
    whole,
    input: output,
    weight,
    part,
    output: part,
    channelsAdded: 1,
    bias: undefined,
    complete: completeOf(subject, outputSizes(back), cropped),
  };
  if (cropped) return { transposed, folds: undefined, gradient: part };
  const gradient = zeros(part.dtype, plan.inputShape);
  const sums = new Float64Array(gradient.data.length);
  const folds = foldsOf(subject, outputSizes(back));
  for (const { from, onto } of folds) sums[onto] += part.data[from];
  sums.forEach((sum, at) => (gradient.data[at] = sum));
  return { transposed, folds, gradient };
}

/** Of every place of the padded input, the element of the input that it is, or is an image of. */
function foldsOf({ plan }: Subject, padded: readonly number[]): readonly Fold[] {
  const strides = stridesOf(plan.axes.map(({ input }) => input));
  const folds: Fold[] = [];
  forEachPosition(padded, (place, from) => {
    const onto = plan.axes.reduce(
      (flat, { padBegin, input }, axis) =>
        flat + readAt(plan.paddingMode, place[axis] - padBegin, input) * strides[axis],
      0,
    );
    folds.push({ from, onto });
  });
  return folds;
}

/** Inputs of which every output is in the window, as far as the window knows: beyond its end there may be more. */
function completeOf({ plan, whole, outputOrigin }: Subject, sizes: readonly number[], cropped: boolean): boolean[] {
  const complete: boolean[] = [];
  forEachPosition(sizes, (place) => {
    complete.push(
      whole ||
        plan.axes.every(({ stride, padBegin, extent, output }, axis) => {
          const reached = place[axis] + (cropped ? padBegin : 0);
          const least = Math.max(-outputOrigin[axis], Math.ceil((reached - extent + 1) / stride));
          return least >= 0 && Math.floor(reached / stride) < output;
        }),
    );
  });
  return complete;
}
