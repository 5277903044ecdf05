import type { Operation, Tensor } from '../operation';
import { type Plan, resolve } from '../plan';
import { ProblemError } from '../problem';
import { tensorOf, zeros } from '../tensor/tensor';
import { firstInputOf, weightPlane } from './channels';
import { gather } from './gather';
import { forEachOutput, readAt } from './meetings';
import { forEachPosition, stridesOf } from './positions';

/** Whatever computes a plan: the definition, or something faster. */
export type Compute = (plan: Plan, input: Tensor, weight: Tensor) => Tensor;

/**
 * Gradients of `⟨operation(input, weight), outputGradient⟩`. With respect to the input it is the other operation with
 * the same weight tensor, done by `compute`; with respect to the weight a correlation of input and output gradient
 * (which `weightCorrelation.ts` puts as a convolution too).
 */
export function inputGradient(plan: Plan, weight: Tensor, outputGradient: Tensor, compute: Compute = gather): Tensor {
  return plan.kind === 'conv'
    ? convolutionInputGradient(plan, weight, outputGradient, compute)
    : transposedInputGradient(plan, weight, outputGradient, compute);
}

/** Of each tap: the sum over every pair of input and output that it joins. Shape and dtype of the weight. */
export function weightGradient(plan: Plan, input: Tensor, outputGradient: Tensor): Tensor {
  const { batch, inputChannels, outputChannels, inputPerGroup, inputArea, outputArea, kernelArea } = plan;
  const sums = new Float64Array(plan.weightShape.reduce((all, size) => all * size, 1));
  forEachOutput(plan, ({ partners, taps }, cell) => {
    for (let n = 0; n < batch; n++) {
      for (let to = 0; to < outputChannels; to++) {
        const first = firstInputOf(plan, to);
        const slope = outputGradient.data[(n * outputChannels + to) * outputArea + cell];
        for (let from = first; from < first + inputPerGroup; from++) {
          const inputBase = (n * inputChannels + from) * inputArea;
          const weightBase = weightPlane(plan, from, to) * kernelArea;
          for (let m = 0; m < taps.length; m++) {
            sums[weightBase + taps[m]] += input.data[inputBase + partners[m]] * slope;
          }
        }
      }
    }
  });
  return tensorOf(input.dtype, plan.weightShape, sums);
}

/** The bias is added to every output of its channel, so its gradient is their sum. Shape `(C_out)`. */
export function biasGradient(plan: Plan, outputGradient: Tensor): Tensor {
  const sums = new Float64Array(plan.outputChannels);
  outputGradient.data.forEach((slope, at) => (sums[Math.floor(at / plan.outputArea) % plan.outputChannels] += slope));
  return tensorOf(outputGradient.dtype, [plan.outputChannels], sums);
}

/**
 * Transposed convolution without padding gives the gradient of the *padded* input; its output padding is the remainder
 * `(i + p_begin + p_end − K) mod s` that the convolution's last step left unread. Each element of the padding then adds
 * to the input element that it is an image of, or, where zeros were read, to none.
 */
function convolutionInputGradient(plan: Plan, weight: Tensor, outputGradient: Tensor, compute: Compute): Tensor {
  const remainder = plan.axes.map((axis) => (axis.input + axis.padBegin + axis.padEnd - axis.extent) % axis.stride);
  const op = other(plan, { kind: 'convTranspose', padding: plan.axes.map(() => 0), outputPadding: remainder });
  const padded = compute(planned(op, outputGradient, weight), outputGradient, weight);
  return fold(padded, plan, (axis, index) => readAt(plan.paddingMode, index - axis.padBegin, axis.input));
}

/**
 * Convolution with the same stride, padding and dilation; an output padding of a stride or more makes it an element too
 * long.
 */
function transposedInputGradient(plan: Plan, weight: Tensor, outputGradient: Tensor, compute: Compute): Tensor {
  const op = other(plan, {
    kind: 'conv',
    padding: plan.axes.map(({ padBegin, padEnd }): [number, number] => [padBegin, padEnd]),
  });
  const long = compute(planned(op, outputGradient, weight), outputGradient, weight);
  return fold(long, plan, (axis, index) => (index < axis.input ? index : -1));
}

function other({ axes, groups }: Plan, changed: Pick<Operation, 'kind' | 'padding' | 'outputPadding'>): Operation {
  return { groups, stride: axes.map((axis) => axis.stride), dilation: axes.map((axis) => axis.dilation), ...changed };
}

/** The plan of an operation that follows from a legal one, and so is legal. */
export function planned(op: Operation, input: Tensor, weight: Tensor): Plan {
  const resolution = resolve(op, input.shape, weight.shape);
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  return resolution.plan;
}

/** Adds every element to the element of the input's shape that `onto` names, axis by axis; −1 drops it. */
function fold(source: Tensor, plan: Plan, onto: (axis: Plan['axes'][number], index: number) => number): Tensor {
  const target = zeros(source.dtype, plan.inputShape);
  const strides = stridesOf(plan.inputShape);
  const leading = plan.inputShape.length - plan.rank;
  forEachPosition(source.shape, (position, flat) => {
    const folded = position.map((index, at) => (at < leading ? index : onto(plan.axes[at - leading], index)));
    if (folded.includes(-1)) return;
    target.data[folded.reduce((offset, index, at) => offset + index * strides[at], 0)] += source.data[flat];
  });
  return target;
}
