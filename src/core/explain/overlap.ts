import { meetingsOfOutput } from '../kernels/meetings';
import type { Plan } from '../plan';

/**
 * Entry `r` is the number of taps of a transposed convolution that reach outputs at residue `r` of the stride: the `t`
 * with `t·d ≡ r (mod s)` (Odena et al., "Deconvolution and Checkerboard Artifacts", 2016, with dilation). The residue
 * is that of the output before it is cropped, `(output + padBegin) mod s`. Border outputs have fewer.
 */
export function tapsPerResidue(kernel: number, stride: number, dilation: number): number[] {
  const taps = Array.from({ length: stride }, () => 0);
  for (let tap = 0; tap < kernel; tap++) taps[(tap * dilation) % stride]++;
  return taps;
}

/** Whether every residue has as many taps: no checkerboard. */
export function isEven(taps: readonly number[]): boolean {
  return taps.every((count) => count === taps[0]);
}

/** Whether some residue has no tap at all: there the output is the bias, whatever the weights. */
export function hasHoles(taps: readonly number[]): boolean {
  return taps.includes(0);
}

/** The checkerboard of a transposed convolution, as numbers. */
export interface Overlap {
  /** `tapsPerResidue` of every axis. */
  readonly taps: readonly (readonly number[])[];
  /** Taps that reach each residue of all axes together, `s × s…` in C order: `[[4,2],[2,1]]` for k3 s2. */
  readonly grid: readonly number[];
  readonly even: boolean;
  /** Share of the residues that no tap reaches, 0 to 1: ¾ for k3 s2 d2. */
  readonly holes: number;
}

export function overlapOf(plan: Plan): Overlap {
  const taps = plan.axes.map(({ kernel, stride, dilation }) => tapsPerResidue(kernel, stride, dilation));
  const grid = taps.reduce<readonly number[]>(
    (all, along) => all.flatMap((count) => along.map((each) => count * each)),
    [1],
  );
  return { taps, grid, even: taps.every(isEven), holes: grid.filter((count) => count === 0).length / grid.length };
}

/**
 * Along one axis: how many (input, tap) pairs make each output, borders included, for either operation. At a position
 * of all axes the count is the product, per input channel. Costs the axis's length times the kernel's, not the
 * tensor's.
 */
export function contributionsAlong(plan: Plan, axis: number): readonly number[] {
  return Array.from(
    { length: plan.axes[axis].output },
    (_, output) => meetingsOfOutput(plan, plan.axes[axis], output).length,
  );
}

/** Outputs of one channel that nothing makes but the bias, borders included. */
export function emptyOutputs(plan: Plan): number {
  const made = plan.axes.map((_, axis) => contributionsAlong(plan, axis).filter((count) => count > 0).length);
  return plan.outputArea - made.reduce((all, count) => all * count, 1);
}
