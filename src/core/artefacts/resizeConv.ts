import { flipKernel } from '../kernels/zeroInsertion';
import type { Operation, Tensor } from '../operation';
import type { Plan } from '../plan';
import { resolve } from '../plan';

/** Nearest enlargement by the strides and a convolution of stride 1 in place of a transposed convolution. */
export interface ResizeConv {
  readonly op: Operation;
  /** Of the enlarged input. */
  readonly spatial: readonly number[];
  /** By how much larger its output is than the transposed one's, along each axis: 0 but for very wide crops. */
  readonly larger: readonly number[];
  readonly plan: Plan;
}

/**
 * What takes the place of a transposed convolution where its inserted zeros are to be copies (Odena et al.,
 * "Deconvolution and Checkerboard Artifacts", 2016): the input enlarged by its strides to the nearest neighbour, then
 * the turned kernel at stride 1, with as much padding as keeps the output size, `p = o + K − 1 − i·s` in all. Undefined
 * where the enlarged input is smaller than the kernel and its padding.
 */
export function resizeConvOf(plan: Plan): ResizeConv | undefined {
  const spatial = plan.axes.map(({ input, stride }) => input * stride);
  const pads = plan.axes.map(({ output, extent }, axis) => {
    const total = Math.max(0, output + extent - 1 - spatial[axis]);
    return [Math.floor(total / 2), Math.ceil(total / 2)] as const;
  });
  const op: Operation = {
    kind: 'conv',
    stride: plan.axes.map(() => 1),
    dilation: plan.axes.map(({ dilation }) => dilation),
    padding: pads.every(([begin, end]) => begin === end) ? pads.map(([begin]) => begin) : pads,
    groups: plan.groups,
  };
  const input = [...plan.inputShape.slice(0, -plan.rank), ...spatial];
  const weight = [plan.outputChannels, plan.inputPerGroup, ...plan.axes.map(({ kernel }) => kernel)];
  const resolution = resolve(op, input, weight);
  if (!resolution.ok || resolution.plan.axes.some(({ output }) => output < 1)) return undefined;
  return {
    op,
    spatial,
    larger: resolution.plan.axes.map(({ output }, axis) => output - plan.axes[axis].output),
    plan: resolution.plan,
  };
}

/** The turned kernel, divided by the product of the strides: of a constant input the mean output stays as it was. */
export function resizeWeight(plan: Plan, weight: Tensor): Tensor {
  const flipped = flipKernel(plan, weight);
  const share = plan.axes.reduce((all, { stride }) => all * stride, 1);
  flipped.data.forEach((value, at) => (flipped.data[at] = value / share));
  return flipped;
}
