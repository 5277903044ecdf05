import { forEachPosition } from '../kernels/positions';
import type { Operation, Tensor } from '../operation';
import type { Plan } from '../plan';

/** The transposed convolution that a convolution of stride 1 with a pixel shuffle behind it is. */
export interface Unshuffled {
  readonly op: Operation;
  /** `(C_in, C_out/Πr/g, k·r…)`. */
  readonly weightShape: readonly number[];
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/**
 * A convolution of stride 1 and `k` taps, whose channels a pixel shuffle by `r` makes places of, is a transposed
 * convolution of stride `r` and `k·r` taps: from `q = n·r + c` and input `n + j − p_begin` follows tap
 * `c + (k − 1 − j)·r` with padding `(k − 1 − p_begin)·r`. Undefined where there is none: with a stride, a dilation or
 * padding that is not of zeros, with padding above `k − 1`, or where the channels do not divide.
 */
export function unshuffled(plan: Plan, factor: number): Unshuffled | undefined {
  const blocks = factor ** plan.rank;
  const isPlain =
    plan.kind === 'conv' &&
    plan.paddingMode === 'zeros' &&
    plan.axes.every(({ stride, dilation, kernel, padBegin, padEnd }) => {
      return stride === 1 && (dilation === 1 || kernel === 1) && padBegin < kernel && padEnd < kernel;
    });
  if (!isPlain || plan.outputPerGroup % blocks !== 0 || plan.outputPerGroup === 0) return undefined;
  const pads = plan.axes.map(
    ({ kernel, padBegin, padEnd }) => [(kernel - 1 - padBegin) * factor, (kernel - 1 - padEnd) * factor] as const,
  );
  return {
    op: {
      kind: 'convTranspose',
      stride: plan.axes.map(() => factor),
      dilation: plan.axes.map(() => 1),
      padding: pads.every(([begin, end]) => begin === end) ? pads.map(([begin]) => begin) : pads,
      outputPadding: plan.axes.map(() => 0),
      groups: plan.groups,
    },
    weightShape: [plan.inputChannels, plan.outputPerGroup / blocks, ...plan.axes.map(({ kernel }) => kernel * factor)],
  };
}

/** Carries the weights back, each to its one place; `to` has the shape of `unshuffled`. */
export function unshuffleWeight(plan: Plan, factor: number, weight: Tensor, to: Tensor): void {
  const { rank, inputPerGroup, outputPerGroup, kernelArea } = plan;
  const blocks = factor ** rank;
  const [, perGroup, ...kernel] = to.shape;
  const area = product(kernel);
  const sizes = plan.axes.map((axis) => axis.kernel);
  forEachPosition([plan.outputChannels, inputPerGroup], ([row, input], plane) => {
    const group = Math.floor(row / outputPerGroup);
    const within = row % outputPerGroup;
    const residue = within % blocks;
    const places = Array.from(sizes, (_, axis) => Math.floor(residue / factor ** (rank - 1 - axis)) % factor);
    const target = ((group * inputPerGroup + input) * perGroup + Math.floor(within / blocks)) * area;
    forEachPosition(sizes, (tap, at) => {
      const flat = tap.reduce(
        (all, each, axis) => all * kernel[axis] + places[axis] + (sizes[axis] - 1 - each) * factor,
        0,
      );
      to.data[target + flat] = weight.data[plane * kernelArea + at];
    });
  });
}
