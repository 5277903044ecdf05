import type { Extent, Region } from './viewport';

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells from where it was begun to the cursor. */
export interface Selection {
  readonly anchor: Place;
  readonly active: Place;
  /** The corner opposite to the anchor while Enter or Tab walks the cursor within the rectangle. */
  readonly reach?: Place;
}

export const ORIGIN: Selection = { anchor: { row: 0, column: 0 }, active: { row: 0, column: 0 } };

export const at = (place: Place): Selection => ({ anchor: place, active: place });

const into = (value: number, size: number): number => Math.min(Math.max(value, 0), Math.max(0, size - 1));

/** The selection cut to a plane that may have shrunk; the same object if nothing had to be cut. */
export function within(selection: Selection, { rows, columns }: Extent): Selection {
  const cut = (place: Place): Place => ({ row: into(place.row, rows), column: into(place.column, columns) });
  const { reach } = selection;
  const all = [selection.anchor, selection.active, ...(reach ? [reach] : [])];
  const same = all.every((place) => place.row === cut(place).row && place.column === cut(place).column);
  if (same) return selection;
  const [anchor, active, corner] = all.map(cut);
  return reach ? { anchor, active, reach: corner } : { anchor, active };
}

export function regionOf({ anchor, active, reach = active }: Selection): Region {
  return {
    row: Math.min(anchor.row, reach.row),
    column: Math.min(anchor.column, reach.column),
    rows: Math.abs(anchor.row - reach.row) + 1,
    columns: Math.abs(anchor.column - reach.column) + 1,
  };
}

/** The rectangle as a selection, with the cursor in its first cell. */
export function selectionOf({ row, column, rows, columns }: Region): Selection {
  const first = { row, column };
  const last = { row: row + rows - 1, column: column + columns - 1 };
  return rows * columns === 1 ? at(first) : { anchor: first, active: first, reach: last };
}

export const isSelected = ({ row, column, rows, columns }: Region, place: Place): boolean =>
  place.row >= row && place.row < row + rows && place.column >= column && place.column < column + columns;

/** The cursor moved by so many cells; with `extend` the range grows from its anchor instead of collapsing. */
export function moved(selection: Selection, rows: number, columns: number, extent: Extent, extend = false): Selection {
  const from = extend ? (selection.reach ?? selection.active) : selection.active;
  const active = {
    row: into(from.row + rows, extent.rows),
    column: into(from.column + columns, extent.columns),
  };
  return { anchor: extend ? selection.anchor : active, active };
}

/** Where the walk along rows or down columns goes from a place of a block: round at the end of a line, and of all. */
function stepped(place: Place, along: 'row' | 'column', by: 1 | -1, { row, column, rows, columns }: Region): Place {
  const count = Math.max(1, rows * columns);
  const [y, x] = [place.row - row, place.column - column];
  const next = ((along === 'row' ? y * columns + x : x * rows + y) + by + count) % count;
  return along === 'row'
    ? { row: row + Math.floor(next / columns), column: column + (next % columns) }
    : { row: row + (next % rows), column: column + Math.floor(next / rows) };
}

/**
 * As Tab and Enter do after a value was typed: within the selected block where there is one, which stays selected;
 * else Enter goes down and Tab to the next cell, from the end of a line to the start of the next one.
 */
export function walked(selection: Selection, along: 'row' | 'column', by: 1 | -1, extent: Extent): Selection {
  const region = regionOf(selection);
  if (region.rows * region.columns > 1) {
    const { anchor, reach = selection.active } = selection;
    return { anchor, active: stepped(selection.active, along, by, region), reach };
  }
  if (along === 'column') return moved(selection, by, 0, extent);
  return at(stepped(selection.active, along, by, { row: 0, column: 0, ...extent }));
}

export function all({ rows, columns }: Extent): Selection {
  return { anchor: { row: 0, column: 0 }, active: { row: Math.max(0, rows - 1), column: Math.max(0, columns - 1) } };
}

/** Where a movement key of a spreadsheet takes the cursor; nothing for keys that move nothing. `page` is in rows. */
export function movedByKey(
  selection: Selection,
  key: string,
  modifiers: { readonly shift: boolean; readonly jump: boolean },
  extent: Extent,
  page: number,
): Selection | undefined {
  const { shift, jump } = modifiers;
  const far = jump ? Math.max(extent.rows, extent.columns) : 1;
  switch (key) {
    case 'ArrowUp':
      return moved(selection, -far, 0, extent, shift);
    case 'ArrowDown':
      return moved(selection, far, 0, extent, shift);
    case 'ArrowLeft':
      return moved(selection, 0, -far, extent, shift);
    case 'ArrowRight':
      return moved(selection, 0, far, extent, shift);
    case 'Home':
      return moved(selection, jump ? -extent.rows : 0, -extent.columns, extent, shift);
    case 'End':
      return moved(selection, jump ? extent.rows : 0, extent.columns, extent, shift);
    case 'PageUp':
      return moved(selection, -page, 0, extent, shift);
    case 'PageDown':
      return moved(selection, page, 0, extent, shift);
    default:
      return undefined;
  }
}
