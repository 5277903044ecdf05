import { naturalLimits } from '../../src/core/tensor/colourSteps';
import type { Statistics } from '../../src/core/tensor/statistics';
import type { View } from '../view';
import type { GridName } from '../gridName';
import { type ColourTable, colourTable } from './colourMaps';

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

export function scaleOf(
  name: GridName,
  view: Pick<View, 'colourMap' | 'diverging' | 'limits'>,
  statistics: Pick<Statistics, 'min' | 'max'> | undefined,
): ColourScale {
  const set = view.limits[name];
  const [low, high] = set ?? naturalLimits(statistics ?? { min: 0, max: 0 }, view.diverging);
  return { low, high, table: colourTable(view.colourMap, view.diverging), fixed: set !== undefined };
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
