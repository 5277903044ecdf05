import type { Strings } from '../../src/protocol/strings';
import type { GridName } from '../gridName';
import type { Actions, Model } from '../model';
import type { PlaneView } from './planeOf';
import type { Place, Selection } from './selection';
import type { CellSize } from './viewport';

/** New values of elements, by flat index. */
export interface Writes {
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

/** What the keyboard, the pointer and the clipboard may see and do of a grid. */
export interface Surface {
  readonly name: GridName;
  /** The tensor that an edit goes to; nothing for the output, which is derived. */
  readonly target: 'input' | 'weight' | undefined;
  readonly scroller: HTMLElement;
  readonly actions: Actions;
  readonly strings: Strings;
  model(): Model | undefined;
  plane(): PlaneView | undefined;
  cell(): CellSize;
  selection(): Selection;
  /** Rows that one page key goes. */
  page(): number;
  /** Moves the cursor, brings it into view, and lights what it takes part in. */
  select(selection: Selection): void;
  /** The cell under the pointer. */
  placeAt(event: MouseEvent): Place;
  /** One value, or red, green and blue; nothing where the exact values are not here. */
  valuesAt(place: Place): readonly number[] | undefined;
  /** The channels that a cell shows: one that is not named, or three by their index. */
  channels(): readonly (number | undefined)[];
  write(writes: Writes, group?: string): void;
  /** Opens the cursor's cell for typing, with this text or its own value. */
  edit(text?: string): void;
  /** `centre` is in CSS pixels of the box; the cursor's cell without it. */
  zoom(factor: number, centre?: { readonly x: number; readonly y: number }): void;
  fit(): void;
}
