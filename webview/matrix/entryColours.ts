import type { Entry } from '../../src/core/matrix/entries';
import type { Rgb } from '../legend/contrast';
import { stepOf } from '../../src/core/tensor/colourSteps';
import { scaleOf } from '../legend/scale';
import { statisticsFor } from '../legend/statisticsFor';
import type { Model } from '../model';
import type { Values } from './values';
import { entryValue } from './wording';

export interface EntryColours {
  /**
   * The colour that an entry's value has in the kernel's grid, so that the eye finds the kernel in the matrix; nothing
   * while it is on its way.
   */
  colourOf(entry: Entry): Rgb | undefined;
  valueOf(entry: Entry): number | undefined;
}

export function entryColours(model: Model, values: Pick<Values, 'at'>): EntryColours {
  const scale = scaleOf('weight', model.view, statisticsFor(model, 'weight'));
  const valueOf = (entry: Entry): number | undefined => entryValue(values, entry);
  return {
    valueOf,
    colourOf(entry) {
      const value = valueOf(entry);
      return value === undefined ? undefined : scale.table.colours[stepOf(scale, value)];
    },
  };
}
