import type { Dtype } from '../../src/core/operation';
import { printNumber } from '../../src/core/formats/numbers';
import { parsePastedCells } from '../../src/core/formats/pastedCells';
import type { Strings } from '../../src/protocol/strings';
import { typedColour } from '../state/typed';
import type { Place } from './selection';
import type { Extent, Region } from './viewport';
import type { Block } from './writes';

const PASTE_LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * Rows of cells as spreadsheets exchange them. A cell with several channels becomes its values with blanks between
 * them.
 */
export function cellsToText(
  { rows, columns }: Extent,
  dtype: Dtype,
  valuesAt: (row: number, column: number) => readonly number[],
): string {
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const cells = Array.from({ length: columns }, (_, column) =>
      valuesAt(row, column)
        .map((value) => printNumber(value, dtype))
        .join(' '),
    );
    lines.push(cells.join('\t'));
  }
  return lines.join('\n');
}

/** Pasted text: cells, an array of more axes than a plane has, or something that the host must say is wrong. */
export type Pasted =
  | { readonly kind: 'cells'; readonly block: Block }
  | { readonly kind: 'array'; readonly shape: readonly number[] }
  | { readonly kind: 'unreadable' };

/** Cells of three numbers each, as they are copied from a picture. */
function colourCells(text: string, dtype: Dtype, strings: Strings): Block | undefined {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const cells = lines.map((line) => line.split('\t'));
  const [{ length: columns }] = cells;
  if (cells.some((line) => line.length !== columns)) return undefined;
  const flat = cells.flat();
  const holes = Uint8Array.from(flat, (cell) => (cell.trim() === '' ? 1 : 0));
  const colours = flat.map((cell) => (cell.trim() === '' ? undefined : typedColour(cell, dtype, strings)));
  if (colours.some((colour) => colour?.ok === false)) return undefined;
  const channels = [0, 1, 2].map((channel) => colours.map((colour) => (colour?.ok ? colour.value[channel] : 0)));
  return { rows: lines.length, columns, channels, ...(holes.includes(1) ? { holes } : {}) };
}

/** `colour`: the cells that it is pasted into have three channels each. */
export function readPasted(text: string, colour: boolean, dtype: Dtype, strings: Strings): Pasted {
  if (colour) {
    const block = colourCells(text, dtype, strings);
    if (block) return { kind: 'cells', block };
  }
  const parsed = parsePastedCells(text, { limit: PASTE_LIMIT_BYTES });
  if (!parsed.ok) return { kind: 'unreadable' };
  const { shape } = parsed.value;
  // One number for each cell says nothing about three channels.
  if (parsed.value.kind === 'array' || colour) return { kind: 'array', shape };
  const { values, holes } = parsed.value;
  return { kind: 'cells', block: { rows: shape[0], columns: shape[1], channels: [values], holes } };
}

/** How many cells of a block, put at a place, lie beyond a plane. */
export function outside(place: Place, block: Extent, plane: Extent): number {
  const rows = Math.max(0, Math.min(block.rows, plane.rows - place.row));
  const columns = Math.max(0, Math.min(block.columns, plane.columns - place.column));
  return block.rows * block.columns - rows * columns;
}

/** Where a block goes: over all of a selection that it divides without a rest, as spreadsheets have it, else once. */
export function pasteRegion(selected: Region, block: Extent): Region {
  const tiles = selected.rows % block.rows === 0 && selected.columns % block.columns === 0;
  return tiles ? selected : { ...selected, rows: block.rows, columns: block.columns };
}

/**
 * The spatial sizes at which a tensor has room for a block at a place; nothing where it has no axis to grow along.
 * `axes` are those of the plane's rows and columns; a signal has no rows.
 */
export function grownSizes(
  spatial: readonly number[],
  place: Place,
  block: Extent,
  [down, across]: readonly [down: number | undefined, across: number],
): readonly number[] | undefined {
  const [rows, columns] = [place.row + block.rows, place.column + block.columns];
  if (down === undefined && rows > 1) return undefined;
  return spatial.map((size, axis) => {
    if (axis === across) return Math.max(size, columns);
    return axis === down ? Math.max(size, rows) : size;
  });
}
