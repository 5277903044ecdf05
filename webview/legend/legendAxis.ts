import type { Statistics } from '../../src/core/tensor/statistics';
import type { Limits } from '../view';
import { naturalLimits } from '../../src/core/tensor/colourSteps';

/**
 * The range of numbers that a legend shows. It contains all values and both limits, so that a handle dragged inwards
 * can be dragged back.
 */
export function axisOf(
  statistics: Pick<Statistics, 'min' | 'max'> | undefined,
  diverging: boolean,
  limits: Limits,
): Limits {
  const [low, high] = naturalLimits(statistics ?? { min: 0, max: 0 }, diverging);
  return [Math.min(low, limits[0]), Math.max(high, limits[1])];
}

/** Place of a value on the axis, from 0 to 1. */
export function shareOf([low, high]: Limits, value: number): number {
  return Math.min(1, Math.max(0, (value / 2 - low / 2) / (high / 2 - low / 2)));
}

export function valueAt([low, high]: Limits, share: number): number {
  return low * (1 - share) + high * share;
}

/** Rounded to about a thousandth of the axis: for a dragged limit 0.371 says as much as 0.3712345678. */
export function rounded([low, high]: Limits, value: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(high - low, Number.MIN_VALUE) / 500));
  const tidy = Number((Math.round(value / step) * step).toPrecision(12));
  return Number.isFinite(tidy) ? tidy : value;
}

/** The limits with one of them moved. They are kept apart, because a scale of no length has no colours. */
export function withLimit(axis: Limits, limits: Limits, end: 0 | 1, value: number): Limits {
  const gap = (axis[1] - axis[0]) / 500;
  const [low, high] = limits;
  return end === 0
    ? [Math.min(rounded(axis, value), high - gap), high]
    : [low, Math.max(rounded(axis, value), low + gap)];
}

/**
 * Heights of the bars from 0 to 1, by the square roots of the counts. Otherwise the bar of a single value beside ten
 * thousand zeros could not be seen.
 */
export function barHeights(histogram: ArrayLike<number>): readonly number[] {
  const counts = Array.from(histogram);
  const most = Math.sqrt(Math.max(1, ...counts));
  return counts.map((count) => Math.sqrt(count) / most);
}
