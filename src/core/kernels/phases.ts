import type { AxisPlan } from '../axis';
import type { Tensor } from '../operation';
import { type Plan, resolve } from '../plan';
import { ProblemError } from '../problem';
import { zeros } from '../tensor/tensor';
import { gather } from './gather';
import { forEachPosition, stridesOf } from './positions';
import { remap } from './windows';
import { flipKernel } from './zeroInsertion';

/**
 * The outputs of one axis whose distance from the first stamp leaves the same remainder by the stride. They see the
 * same taps, every `s/gcd(s,d)`-th one, so together they are a dense stride-1 convolution of the input with that
 * sub-kernel.
 */
export interface AxisPhase {
  /** Outputs `firstOutput + n·s`, `outputs` of them. */
  readonly firstOutput: number;
  readonly outputs: number;
  /** Taps `firstTap + n·tapStep`, `taps` of them; with none, these outputs are the bias. */
  readonly firstTap: number;
  readonly tapStep: number;
  readonly taps: number;
  /** Of the sub-kernel over the input: `d/gcd(s,d)`. */
  readonly dilation: number;
  /** Input index under the sub-kernel's first (flipped) tap for the first output; may lie outside the input. */
  readonly firstInput: number;
}

export const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** The `s` phases of one axis of a transposed convolution, in the order of `(output + padBegin) mod s`. */
export function phasesOfAxis(axis: AxisPlan): readonly AxisPhase[] {
  const { stride, dilation, kernel, padBegin, output } = axis;
  const common = greatestCommonDivisor(stride, dilation);
  const tapStep = stride / common;
  return Array.from({ length: stride }, (_, residue) => {
    const firstOutput = (((residue - padBegin) % stride) + stride) % stride;
    const outputs = firstOutput < output ? Math.floor((output - 1 - firstOutput) / stride) + 1 : 0;
    let firstTap = 0;
    while (firstTap < tapStep && (firstTap * dilation) % stride !== residue) firstTap++;
    const reachable = firstTap < tapStep && firstTap < kernel;
    const taps = reachable ? Math.floor((kernel - 1 - firstTap) / tapStep) + 1 : 0;
    // Tap `firstTap + n·tapStep` of output `q·s + residue − padBegin` lies over input `q − (firstTap·d − residue)/s −
    // n·d/common`.
    const over = (firstOutput + padBegin - firstTap * dilation) / stride;
    const firstInput = reachable ? over - ((taps - 1) * dilation) / common : 0;
    return { firstOutput, outputs, firstTap, tapStep, taps, dilation: dilation / common, firstInput };
  });
}

/**
 * A transposed convolution as `Πs` dense convolutions with sub-kernels, interleaved: no zero is multiplied, nothing is
 * scattered.
 */
export function phases(plan: Plan, input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const output = zeros(input.dtype, plan.outputShape);
  if (bias)
    output.data.forEach(
      (_, at) => (output.data[at] = bias.data[Math.floor(at / plan.outputArea) % plan.outputChannels]),
    );
  const flipped = flipKernel(plan, weight);
  const alongAxes = plan.axes.map(phasesOfAxis);

  forEachPosition(
    plan.axes.map((axis) => axis.stride),
    (residues) => {
      const phase = residues.map((residue, axis) => alongAxes[axis][residue]);
      if (phase.some((axis) => axis.taps === 0 || axis.outputs === 0)) return;
      interleave(plan, phase, dense(plan, phase, input, flipped, bias), output);
    },
  );
  return output;
}

/** One phase: a stride-1 convolution of a window of the input with every `tapStep`-th tap. */
function dense(plan: Plan, phase: readonly AxisPhase[], input: Tensor, flipped: Tensor, bias?: Tensor): Tensor {
  const leading = plan.inputShape.length - plan.rank;
  const windowShape = [
    ...plan.inputShape.slice(0, leading),
    ...phase.map(({ outputs, taps, dilation }) => outputs + (taps - 1) * dilation),
  ];
  const window = remap(input, windowShape, (index, at) =>
    at < leading ? index : index + phase[at - leading].firstInput,
  );
  const kernel = remap(flipped, [...flipped.shape.slice(0, 2), ...phase.map(({ taps }) => taps)], (index, at) => {
    if (at < 2) return index;
    const { firstTap, tapStep, taps } = phase[at - 2];
    return plan.axes[at - 2].kernel - 1 - (firstTap + (taps - 1 - index) * tapStep);
  });
  const op = {
    kind: 'conv' as const,
    groups: plan.groups,
    stride: phase.map(() => 1),
    padding: phase.map(() => 0),
    dilation: phase.map(({ dilation }) => dilation),
  };
  const resolution = resolve(op, window.shape, kernel.shape, bias?.shape);
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  return gather(resolution.plan, window, kernel, bias);
}

function interleave(plan: Plan, phase: readonly AxisPhase[], part: Tensor, output: Tensor): void {
  const strides = stridesOf(plan.outputShape);
  const leading = plan.outputShape.length - plan.rank;
  forEachPosition(part.shape, (position, flat) => {
    const offset = position.reduce((sum, index, at) => {
      const placed = at < leading ? index : phase[at - leading].firstOutput + index * plan.axes[at - leading].stride;
      return sum + placed * strides[at];
    }, 0);
    output.data[offset] = part.data[flat];
  });
}
