import type { Extent, Region } from './viewport';

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells from where it was begun to the cursor. */
export interface Selection {
  readonly anchor: Place;
  readonly active: Place;
}

export const ORIGIN: Selection = { anchor: { row: 0, column: 0 }, active: { row: 0, column: 0 } };

export const at = (place: Place): Selection => ({ anchor: place, active: place });

const into = (value: number, size: number): number => Math.min(Math.max(value, 0), Math.max(0, size - 1));

/** The selection cut to a plane that may have shrunk; the same object if nothing had to be cut. */
export function within(selection: Selection, { rows, columns }: Extent): Selection {
  const cut = (place: Place): Place => ({ row: into(place.row, rows), column: into(place.column, columns) });
  const [anchor, active] = [cut(selection.anchor), cut(selection.active)];
  const same =
    anchor.row === selection.anchor.row &&
    anchor.column === selection.anchor.column &&
    active.row === selection.active.row &&
    active.column === selection.active.column;
  return same ? selection : { anchor, active };
}

export function regionOf({ anchor, active }: Selection): Region {
  return {
    row: Math.min(anchor.row, active.row),
    column: Math.min(anchor.column, active.column),
    rows: Math.abs(anchor.row - active.row) + 1,
    columns: Math.abs(anchor.column - active.column) + 1,
  };
}

export const isSelected = ({ row, column, rows, columns }: Region, place: Place): boolean =>
  place.row >= row && place.row < row + rows && place.column >= column && place.column < column + columns;

/** The cursor moved by so many cells; with `extend` the range grows from its anchor instead of collapsing. */
export function moved(selection: Selection, rows: number, columns: number, extent: Extent, extend = false): Selection {
  const active = {
    row: into(selection.active.row + rows, extent.rows),
    column: into(selection.active.column + columns, extent.columns),
  };
  return { anchor: extend ? selection.anchor : active, active };
}

/**
 * As Tab and Enter do: to the next cell, from the end of a line to the start of the next one, round at the plane's end.
 */
export function stepped(
  { active }: Selection,
  along: 'row' | 'column',
  by: 1 | -1,
  { rows, columns }: Extent,
): Selection {
  const count = Math.max(1, rows * columns);
  const flat = along === 'row' ? active.row * columns + active.column : active.column * rows + active.row;
  const next = (flat + by + count) % count;
  return at(
    along === 'row'
      ? { row: Math.floor(next / columns), column: next % columns }
      : { row: next % rows, column: Math.floor(next / rows) },
  );
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
