import type { AxisPlan } from '../axis';
import { NUMBERS } from '../formulas';
import { forEachPosition } from '../kernels/positions';
import type { Operation, Tensor } from '../operation';
import type { Plan } from '../plan';

/** One axis of a transposed convolution as a convolution of stride 1 whose channels become places. */
export interface ShuffleAxis {
  /** Its stride: how many channels become neighbours. */
  readonly factor: number;
  /** Taps of the convolution. */
  readonly kernel: number;
  readonly padBegin: number;
  readonly padEnd: number;
  /** Outputs of the convolution; times the factor, and cropped at the end to the output of the transposed one. */
  readonly output: number;
  readonly cropEnd: number;
}

/** Where a tap goes: which of the `s` outputs of a block it makes, and which tap of the convolution it is. */
export interface ShuffleTap {
  readonly residue: number;
  readonly tap: number;
}

const modulo = (value: number, by: number): number => NUMBERS.modulo(value, by);

/**
 * Tap `t` makes output `q = n·s + r` from input `n + m` with `m = (r + p_begin − t·d) / s`, where `r` is the one
 * remainder for which that is whole. (Shi et al., "Is the deconvolution layer the same as a convolutional layer?",
 * 2016, with padding and dilation.)
 */
function reachOf({ stride, dilation, padBegin }: AxisPlan, tap: number): { residue: number; over: number } {
  const residue = modulo(tap * dilation - padBegin, stride);
  return { residue, over: (residue + padBegin - tap * dilation) / stride };
}

/** The convolution whose taps are the inputs that blocks of `s` outputs read. */
export function shuffleAxis(axis: AxisPlan): ShuffleAxis {
  const { kernel, stride, input, output } = axis;
  const overs = Array.from({ length: kernel }, (_, tap) => reachOf(axis, tap).over);
  const blocks = Math.ceil(output / stride);
  // Padding is never negative: where the crop is wider than the kernel, taps of 0 reach back to the first input.
  const first = Math.min(0, ...overs);
  const last = Math.max(input - blocks, ...overs);
  return {
    factor: stride,
    kernel: last - first + 1,
    padBegin: -first,
    padEnd: blocks - 1 + last - (input - 1),
    output: blocks,
    cropEnd: blocks * stride - output,
  };
}

/** Where the taps of an axis go. */
export function shuffleTaps(axis: AxisPlan): readonly ShuffleTap[] {
  const { padBegin } = shuffleAxis(axis);
  return Array.from({ length: axis.kernel }, (_, tap) => {
    const { residue, over } = reachOf(axis, tap);
    return { residue, tap: over + padBegin };
  });
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/**
 * The convolution's operation and the shape of its weight, `(C_out·Πs, C_in/g, k…)`. Channel `c·Πs + r` becomes the
 * outputs of channel `c` with remainders `r`, in C order: as `torch.pixel_shuffle` has it.
 */
export function shuffleOperation(plan: Plan): {
  readonly op: Operation;
  readonly weightShape: readonly number[];
  readonly axes: readonly ShuffleAxis[];
} {
  const axes = plan.axes.map(shuffleAxis);
  const symmetric = axes.every(({ padBegin, padEnd }) => padBegin === padEnd);
  return {
    axes,
    weightShape: [
      plan.outputChannels * product(axes.map(({ factor }) => factor)),
      plan.inputPerGroup,
      ...axes.map(({ kernel }) => kernel),
    ],
    op: {
      kind: 'conv',
      stride: axes.map(() => 1),
      dilation: axes.map(() => 1),
      padding: symmetric
        ? axes.map(({ padBegin }) => padBegin)
        : axes.map(({ padBegin, padEnd }) => [padBegin, padEnd] as const),
      groups: plan.groups,
    },
  };
}

/** Carries the weights over, each to its one place; `weight` is the transposed convolution's, `to` is all zeros. */
export function shuffleWeight(plan: Plan, weight: Tensor, to: Tensor): void {
  const { inputPerGroup, outputPerGroup, kernelArea } = plan;
  const { axes, weightShape } = shuffleOperation(plan);
  const kernel = weightShape.slice(2);
  const area = product(kernel);
  const blocks = product(axes.map(({ factor }) => factor));
  const along = plan.axes.map(shuffleTaps);
  const places: { readonly residue: number; readonly tap: number }[] = [];
  forEachPosition(
    plan.axes.map((axis) => axis.kernel),
    (position) => {
      const taps = position.map((at, axis) => along[axis][at]);
      places.push({
        residue: taps.reduce((all, { residue }, axis) => all * axes[axis].factor + residue, 0),
        tap: taps.reduce((all, { tap }, axis) => all * kernel[axis] + tap, 0),
      });
    },
  );
  for (let input = 0; input < plan.inputChannels; input++) {
    const group = Math.floor(input / inputPerGroup);
    for (let each = 0; each < outputPerGroup; each++) {
      const from = (input * outputPerGroup + each) * kernelArea;
      const output = group * outputPerGroup + each;
      places.forEach(({ residue, tap }, at) => {
        const row = output * blocks + residue;
        to.data[(row * inputPerGroup + (input % inputPerGroup)) * area + tap] = weight.data[from + at];
      });
    }
  }
}

/** A pixel shuffle by `factors`: `(N, C·Πs, …)` or `(C·Πs, …)` to `(N, C, …·s)`, cropped at the end. */
export function pixelShuffle(
  input: Tensor,
  factors: readonly number[],
  cropEnd: readonly number[],
  allocate: (shape: readonly number[]) => Tensor,
): Tensor {
  const rank = factors.length;
  const blocks = product(factors);
  const leading = input.shape.slice(0, -rank);
  const sizes = input.shape.slice(-rank);
  const channels = leading[leading.length - 1] / blocks;
  const outer = leading.slice(0, -1);
  const spatial = sizes.map((size, axis) => size * factors[axis] - cropEnd[axis]);
  const output = allocate([...outer, channels, ...spatial]);
  const area = product(sizes);
  forEachPosition([product(outer), channels, ...spatial], (position, flat) => {
    const [item, channel, ...place] = position;
    const residue = place.reduce((all, at, axis) => all * factors[axis] + (at % factors[axis]), 0);
    const from = place.reduce((all, at, axis) => all * sizes[axis] + Math.floor(at / factors[axis]), 0);
    output.data[flat] = input.data[((item * channels + channel) * blocks + residue) * area + from];
  });
  return output;
}
