import type { Entry } from '../../src/core/matrix/entries';
import type { Rgb } from '../legend/contrast';
import { scaleOf, stepOf } from '../legend/scale';
import { statisticsFor } from '../legend/statisticsFor';
import type { Model } from '../model';
import type { Values } from './values';
import { entryValue } from './wording';

/**
 * The colour that an entry's value has in the kernel's grid, so that the eye finds the kernel in the matrix; nothing
 * while it is on its way.
 */
export type ColourOf = (entry: Entry) => Rgb | undefined;

export function entryColours(model: Model, values: Pick<Values, 'at'>): ColourOf {
  const scale = scaleOf('weight', model.view, statisticsFor(model, 'weight'));
  return (entry) => {
    const value = entryValue(values, entry);
    return value === undefined ? undefined : scale.table.colours[stepOf(scale, value)];
  };
}

export const cssColour = ({ red, green, blue }: Rgb): string => `rgb(${red} ${green} ${blue})`;
