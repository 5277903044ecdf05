import { NUMBERS } from '../formulas';
import { crossMeetings, meetingsOfOutput } from '../kernels/meetings';
import { forEachPosition, inputSizes, kernelSizes } from '../kernels/positions';
import type { Tensor } from '../operation';
import type { Plan } from '../plan';
import type { Region } from './counts';

/**
 * What an input of ones becomes under one plane of the kernel, `(1, 1, k…)`, in a region of the output, in C order: at
 * each output the sum of the taps that reach it. With a kernel of ones that is their count. Of either operation.
 */
export function constantIn(plan: Plan, kernel: Tensor, { origin, shape }: Region): readonly number[] {
  const along = plan.axes.map((axis, at) =>
    Array.from({ length: shape[at] }, (_, place) => meetingsOfOutput(plan, axis, origin[at] + place)),
  );
  const inputs = inputSizes(plan);
  const kernels = kernelSizes(plan);
  const values: number[] = [];
  forEachPosition(shape, (place) => {
    const met = crossMeetings(
      place.map((index, axis) => along[axis][index]),
      inputs,
      kernels,
    );
    values.push(met.taps.reduce((sum, tap) => sum + kernel.data[tap], 0));
  });
  return values;
}

/**
 * The sums of the taps of each phase of a transposed convolution, `s…` of them in C order of the outputs' remainders:
 * the pattern into which a constant input falls, away from the border.
 */
export function phaseSums({ axes }: Plan, kernel: Tensor): readonly number[] {
  const strides = axes.map(({ stride }) => stride);
  const sums = new Array<number>(strides.reduce((all, stride) => all * stride, 1)).fill(0);
  forEachPosition(
    axes.map((axis) => axis.kernel),
    (tap, flat) => {
      const phase = tap.reduce((all, at, axis) => {
        const { stride, dilation, padBegin } = axes[axis];
        return all * stride + NUMBERS.modulo(at * dilation - padBegin, stride);
      }, 0);
      sums[phase] += kernel.data[flat];
    },
  );
  return sums;
}

/** How much a pattern ripples. */
export interface Ripple {
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** `(most − least) / |mean|`; undefined where the mean is 0 and the pattern is not flat. */
  readonly share: number | undefined;
}

/** Sums that differ by rounding alone are one: float32 has 24 bits. */
const ROUNDING = 1e-6;

export function rippleOf(sums: readonly number[], scale: number): Ripple {
  const least = Math.min(...sums);
  const most = Math.max(...sums);
  const mean = sums.reduce((all, each) => all + each, 0) / sums.length;
  if (most - least <= ROUNDING * scale) return { least, most, mean, share: 0 };
  return { least, most, mean, share: Math.abs(mean) <= ROUNDING * scale ? undefined : (most - least) / Math.abs(mean) };
}

/** The largest absolute weight: what rounding is measured by. */
export function scaleOf({ data }: Tensor): number {
  let most = 0;
  for (const each of data) most = Math.max(most, Math.abs(each));
  return most;
}

/**
 * The kernel that makes one row of a constant input's output: along the last axis, the sums over the taps that reach
 * that row along the others. `place` is any output of the row.
 */
export function rowKernel(plan: Plan, kernel: Tensor, place: readonly number[]): readonly number[] {
  const last = plan.rank - 1;
  const size = plan.axes[last].kernel;
  const others = plan.axes.slice(0, last).map((axis, at) => meetingsOfOutput(plan, axis, place[at]));
  const taps = others.reduce<readonly number[]>(
    (bases, met, axis) => bases.flatMap((base) => met.map(({ tap }) => base * plan.axes[axis].kernel + tap)),
    [0],
  );
  return Array.from({ length: size }, (_, at) => taps.reduce((sum, base) => sum + kernel.data[base * size + at], 0));
}
