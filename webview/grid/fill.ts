import { format } from '../../src/core/problem';
import { shortest } from '../../src/core/formats/numbers';
import { valuesHere, valuesOf } from './regionValues';
import { regionOf } from './selection';
import { addedBy, type FillMode, filled } from './series';
import type { Surface } from './surface';
import type { Region } from './viewport';
import { blockWrites } from './writes';

/** More cells than this are not set one by one. */
export const MOST_FILLED = 4_000_000;

/** Whether so many cells can be set at once; says so when they cannot. */
export function canFill({ actions, strings }: Surface, { rows, columns }: Region): boolean {
  if (rows * columns <= MOST_FILLED) return true;
  actions.announce(format(strings.gridFillLarge, [rows, columns, MOST_FILLED]));
  return false;
}

/** Fills what `target` has beyond `source`, from the values of `source`. One undo. */
export function fillFrom(surface: Surface, source: Region, target: Region, mode: FillMode): void {
  const { view } = surface;
  const added = addedBy(source, target);
  if (!view.plane || added.rows < 1 || added.columns < 1 || !canFill(surface, added)) return;
  const plane = view.plane;
  const channels = view.channels();
  // The decimal that a float32 shows: after 0.1 and 0.2 comes 0.3, not 0.30000000447.
  const dtype = view.model?.edited.head.dtype ?? 'float64';
  const read = (value: number): number => (Number.isFinite(value) ? Number(shortest(value, dtype)) : value);
  const write = (values: readonly ArrayLike<number>[]): void => {
    surface.write(blockWrites(plane, added, channels, filled(source, added, values, mode, read)));
  };
  const here = valuesHere(surface, source);
  if (here) write(here);
  else valuesOf(surface, source).then(write, (error: unknown) => surface.actions.announce(String(error)));
}

/**
 * Fills the selection from its first row or column, as Ctrl+D and Ctrl+R do; a series goes on from its first two. A
 * selection of one row or column is filled from the one before it.
 */
export function fillSelection(surface: Surface, way: 'down' | 'right', mode: FillMode): void {
  const region = regionOf(surface.selection);
  const down = way === 'down';
  const length = down ? region.rows : region.columns;
  const seed = mode === 'series' && length > 2 ? 2 : 1;
  if (length > 1) {
    fillFrom(surface, down ? { ...region, rows: seed } : { ...region, columns: seed }, region, mode);
    return;
  }
  const source = down ? { ...region, row: region.row - 1 } : { ...region, column: region.column - 1 };
  if (source.row < 0 || source.column < 0) return;
  fillFrom(surface, source, down ? { ...source, rows: 2 } : { ...source, columns: 2 }, mode);
}
