import { entryAt, type Entry, productsOf } from '../../src/core/matrix/entries';
import { columnName, rowName } from '../../src/core/matrix/layout';
import type { Strings } from '../../src/protocol/strings';
import { setText } from '../dom';
import type { Actions } from '../model';
import type { Place, ShownMatrix } from './scene';
import type { Values } from './values';
import { createWording, fill } from './wording';

/** What pointer and cursor are on: the entry there is said in words, and lit on the whole page. */
export interface MatrixFocus {
  /** The pointer or the cursor is at a place, or at none. */
  point(shown: ShownMatrix, place: Place | undefined, readout: HTMLElement): void;
  pin(shown: ShownMatrix, place: Place): void;
}

export function createMatrixFocus(actions: Actions, values: Values, strings: Strings): MatrixFocus {
  const words = ({ plan, batch }: ShownMatrix, place: Place | undefined, entry: Entry | undefined): string => {
    if (entry) return createWording(plan, batch, true, values, strings).sentence(entry);
    if (!place) return '';
    return fill(strings.matrixEmpty, rowName(plan, place.row, batch), columnName(plan, place.column, batch));
  };
  return {
    point(shown, place, readout) {
      const { plan, batch } = shown;
      const entry = place && entryAt(plan, place.row, place.column);
      actions.pointEntry(entry ? productsOf(plan, entry, batch) : []);
      setText(readout, words(shown, place, entry));
    },
    pin({ plan, batch }, place) {
      const entry = entryAt(plan, place.row, place.column);
      if (entry) actions.pinEntry(productsOf(plan, entry, batch));
    },
  };
}
