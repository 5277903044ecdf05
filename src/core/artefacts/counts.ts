import type { AxisPlan } from '../axis';
import { contributionsAlong } from '../explain/overlap';
import { NUMBERS } from '../formulas';
import { meetingsOfOutput } from '../kernels/meetings';
import { greatestCommonDivisor } from '../kernels/phases';
import { forEachPosition } from '../kernels/positions';
import type { Plan } from '../plan';

/** Why no product reaches an output of a transposed convolution. */
export type HoleCause =
  /** Stride and dilation share a factor: taps fall on every `gcd(s, d)`-th position alone. */
  | 'common'
  /** There are fewer taps than the stride skips. */
  | 'kernel'
  /** It lies beyond the last stamp, where output padding put it. */
  | 'beyond'
  /** Its taps would read inputs that are not there: the input is shorter than the gaps of the kernel. */
  | 'short';

const remainder = (value: number, by: number): number => NUMBERS.modulo(value, by);

/** Why nothing reaches an output along one axis of a transposed convolution; nothing if something does. */
export function causeAlong(plan: Plan, at: number, output: number): HoleCause | undefined {
  const axis = plan.axes[at];
  if (meetingsOfOutput(plan, axis, output).length > 0) return undefined;
  const { stride, dilation, kernel, padBegin, input, extent } = axis;
  const place = output + padBegin;
  if (place > (input - 1) * stride + extent - 1) return 'beyond';
  const common = greatestCommonDivisor(stride, dilation);
  if (remainder(place, common) !== 0) return 'common';
  const reaches = Array.from({ length: kernel }, (_, tap) => tap).some(
    (tap) => remainder(place - tap * dilation, stride) === 0,
  );
  return reaches ? 'short' : 'kernel';
}

/** Outputs of one channel that no product reaches, by the first axis that is to blame. */
export interface Hole {
  readonly axis: number;
  readonly cause: HoleCause;
  /** Positions along that axis. */
  readonly positions: number;
}

export function holesOf(plan: Plan): readonly Hole[] {
  return plan.axes.flatMap((_, axis) => {
    const counted = new Map<HoleCause, number>();
    contributionsAlong(plan, axis).forEach((count, output) => {
      const cause = count === 0 ? causeAlong(plan, axis, output) : undefined;
      if (cause) counted.set(cause, (counted.get(cause) ?? 0) + 1);
    });
    return [...counted].map(([cause, positions]) => ({ axis, cause, positions }));
  });
}

/**
 * How many outputs of one channel get how many taps, borders included, ascending by taps. At a position of all axes the
 * count is the product of the axes' counts, so this costs the axes' lengths, not the tensor's.
 */
export function histogramOf(plan: Plan): readonly (readonly [taps: number, outputs: number])[] {
  let all = new Map<number, number>([[1, 1]]);
  plan.axes.forEach((_, axis) => {
    const along = new Map<number, number>();
    for (const count of contributionsAlong(plan, axis)) along.set(count, (along.get(count) ?? 0) + 1);
    const next = new Map<number, number>();
    for (const [taps, outputs] of all)
      for (const [count, positions] of along)
        next.set(taps * count, (next.get(taps * count) ?? 0) + outputs * positions);
    all = next;
  });
  return [...all].sort(([one], [other]) => one - other);
}

/** Taps per remainder along an axis, in the order of the outputs: entry `r` is that of outputs `r`, `r + s`, … */
export function tapsByPhase({ kernel, stride, dilation, padBegin }: AxisPlan): readonly number[] {
  return Array.from(
    { length: stride },
    (_, residue) =>
      Array.from({ length: kernel }, (_each, tap) => tap).filter(
        (tap) => remainder(residue + padBegin - tap * dilation, stride) === 0,
      ).length,
  );
}

/**
 * Whether outputs away from the border all get as many taps: no checkerboard by the geometry. Taps fall on all
 * remainders by the stride equally often if and only if it divides their number and shares no factor with the dilation.
 */
export const isEvenPlan = ({ axes }: Plan): boolean =>
  axes.every(
    ({ stride, dilation, kernel }) =>
      stride === 1 || (greatestCommonDivisor(stride, dilation) === 1 && kernel % stride === 0),
  );

/** A block of one channel's outputs: from `origin` on, `shape` along each axis. */
export interface Region {
  readonly origin: readonly number[];
  readonly shape: readonly number[];
}

/** How many taps reach each output of a region, in C order. */
export function countsIn(plan: Plan, { origin, shape }: Region): readonly number[] {
  const along = plan.axes.map((axis, at) =>
    Array.from({ length: shape[at] }, (_, place) => meetingsOfOutput(plan, axis, origin[at] + place).length),
  );
  const counts: number[] = [];
  forEachPosition(shape, (place) => {
    counts.push(place.reduce((all, index, axis) => all * along[axis][index], 1));
  });
  return counts;
}
