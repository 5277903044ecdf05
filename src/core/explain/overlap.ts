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

/** The fewest and the most taps that meet an output, per input channel. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** The checkerboard of a transposed convolution, as it is in an output of this size. */
export interface Overlap {
  /** Of all outputs, borders included. */
  readonly all: Range;
  /**
   * Of those that lie so far inside that no border takes a tap from them. Missing where there are none: a 4×4 kernel on
   * a 1×1 input of stride 1 makes borders only.
   */
  readonly inside: Range | undefined;
  /** Share of the outputs that no tap reaches, 0 to 1. */
  readonly holes: number;
}

export function overlapOf(plan: Plan): Overlap {
  const counted = plan.axes.map((axis, at) => {
    const counts = contributionsAlong(plan, at);
    const full = tapsPerResidue(axis.kernel, axis.stride, axis.dilation);
    const inside = counts.filter((count, output) => count === full[(output + axis.padBegin) % axis.stride]);
    return { counts, inside };
  });
  return {
    all: product(counted.map(({ counts }) => rangeOf(counts))),
    inside: counted.some(({ inside }) => inside.length === 0)
      ? undefined
      : product(counted.map(({ inside }) => rangeOf(inside))),
    holes: emptyOutputs(plan) / plan.outputArea,
  };
}

const rangeOf = (counts: readonly number[]): Range =>
  counts.reduce<Range>(({ least, most }, count) => ({ least: Math.min(least, count), most: Math.max(most, count) }), {
    least: Infinity,
    most: 0,
  });

const product = (ranges: readonly Range[]): Range => ({
  least: ranges.reduce((all, { least }) => all * least, 1),
  most: ranges.reduce((all, { most }) => all * most, 1),
});

/**
 * Along one axis: how many (input, tap) pairs make each output, borders included, for either operation. At a position
 * of all axes the count is the product, per input channel. Costs the axis's length, not the tensor's.
 */
export function contributionsAlong(plan: Plan, at: number): readonly number[] {
  const axis = plan.axes[at];
  const { stride, dilation, kernel, padBegin, input, output } = axis;
  const met = (place: number): number => meetingsOfOutput(plan, axis, place).length;
  if (plan.kind === 'conv') return Array.from({ length: output }, (_, place) => met(place));
  // Between the borders every tap of an output's residue meets an input, so that only borders are looked at one by one.
  const full = tapsPerResidue(kernel, stride, dilation);
  return Array.from({ length: output }, (_, place) => {
    const stamped = place + padBegin;
    const isInside = stamped >= dilation * (kernel - 1) && stamped <= stride * (input - 1);
    return isInside ? full[stamped % stride] : met(place);
  });
}

/** Outputs of one channel that nothing makes but the bias, borders included. */
export function emptyOutputs(plan: Plan): number {
  const made = plan.axes.map((_, axis) => contributionsAlong(plan, axis).filter((count) => count > 0).length);
  return plan.outputArea - made.reduce((all, count) => all * count, 1);
}
