import type { Statistics } from '../../src/core/tensor/statistics';
import type { Limits, View } from '../view';
import type { GridName } from '../gridName';
import { type ColourTable, STEPS, colourTable } from './colourMaps';

/** Values to colours. */
export interface ColourScale {
  readonly low: number;
  readonly high: number;
  readonly table: ColourTable;
  /** Whether the user has set the limits, so that values may lie outside. */
  readonly fixed: boolean;
}

/** Kinds of values that have a mark drawn over their colour. */
export type Mark = 'nan' | 'positiveInfinity' | 'negativeInfinity' | 'above' | 'below';
export const MARKS: readonly Mark[] = ['nan', 'positiveInfinity', 'negativeInfinity', 'above', 'below'];

/**
 * The range of the values, or the range around zero that contains them. It is never empty, because equal values need a
 * colour too.
 */
export function naturalLimits({ min, max }: Pick<Statistics, 'min' | 'max'>, diverging: boolean): Limits {
  if (diverging) {
    const reach = Math.max(Math.abs(min), Math.abs(max)) || 1;
    return [-reach, reach];
  }
  return max > min ? [min, max] : [min - 0.5, max + 0.5];
}

export function scaleOf(
  name: GridName,
  view: Pick<View, 'colourMap' | 'diverging' | 'limits'>,
  statistics: Pick<Statistics, 'min' | 'max'> | undefined,
): ColourScale {
  const set = view.limits[name];
  const [low, high] = set ?? naturalLimits(statistics ?? { min: 0, max: 0 }, view.diverging);
  return { low, high, table: colourTable(view.colourMap, view.diverging), fixed: set !== undefined };
}

/** Step of the colour table for a value; what lies outside has the colour of the end. NaN has the middle's. */
export function stepOf({ low, high }: Pick<ColourScale, 'low' | 'high'>, value: number): number {
  if (Number.isNaN(value)) return STEPS / 2;
  if (value <= low) return 0;
  if (value >= high) return STEPS - 1;
  // Halves first: the difference of two large limits of opposite sign may be infinite.
  const share = (value / 2 - low / 2) / (high / 2 - low / 2);
  return Math.min(STEPS - 1, Math.floor(share * STEPS));
}

/**
 * The mark that a value needs. Only limits that the user has set can be exceeded. The others follow the values, and a
 * value outside of them is only newer than the statistics.
 */
export function markOf(
  { low, high, fixed }: Pick<ColourScale, 'low' | 'high' | 'fixed'>,
  value: number,
): Mark | undefined {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'positiveInfinity';
  if (value === -Infinity) return 'negativeInfinity';
  if (!fixed) return undefined;
  if (value > high) return 'above';
  return value < low ? 'below' : undefined;
}
