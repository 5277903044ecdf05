import { partnersOf } from '../../src/core/explain/contributions';
import { CUT_AXES } from '../../src/core/tensor/plane';
import type { GridName } from '../gridName';
import type { Model } from '../model';
import { agreedPlan } from '../state/agreement';
import { type PlaneView, placeOf } from './planeOf';
import type { Place } from './selection';
import type { CellSize, Region } from './viewport';

/** The cells of a plane that take part in what is pointed at. */
export interface Lit {
  readonly count: number;
  has(row: number, column: number): boolean;
  places(): readonly Place[];
  /** The smallest rectangle around them. */
  readonly around: Region | undefined;
}

const NONE: Lit = { count: 0, has: () => false, places: () => [], around: undefined };

/** All combinations of these rows and columns. */
function combined(rows: readonly number[], columns: readonly number[]): Lit {
  if (rows.length === 0 || columns.length === 0) return NONE;
  const [rowSet, columnSet] = [new Set(rows), new Set(columns)];
  const [top, left] = [rows[0], columns[0]];
  return {
    count: rows.length * columns.length,
    has: (row, column) => rowSet.has(row) && columnSet.has(column),
    places: () => rows.flatMap((row) => columns.map((column) => ({ row, column }))),
    around: {
      row: top,
      column: left,
      rows: rows[rows.length - 1] - top + 1,
      columns: columns[columns.length - 1] - left + 1,
    },
  };
}

/** A few cells, each by itself. */
function listed(places: readonly Place[]): Lit {
  if (places.length === 0) return NONE;
  const keys = new Set(places.map(({ row, column }) => `${row} ${column}`));
  const rows = places.map(({ row }) => row);
  const columns = places.map(({ column }) => column);
  const [row, column] = [Math.min(...rows), Math.min(...columns)];
  return {
    count: places.length,
    has: (y, x) => keys.has(`${y} ${x}`),
    places: () => places,
    around: { row, column, rows: Math.max(...rows) - row + 1, columns: Math.max(...columns) - column + 1 },
  };
}

/** What lies in this plane of all that takes part; in one of three channels as colour, of any of them. */
export function litIn(model: Model, name: GridName, plane: PlaneView, colour: boolean): Lit {
  const { link } = model;
  const plan = agreedPlan(model);
  if (!link || !plan) return NONE;
  if (link.entry) return listed(link.contributions.list.flatMap((each) => placeOf(plane, each[name], colour) ?? []));
  const { leading, along } = partnersOf(plan, link.cell, name);
  const channels = plane.leading.slice(0, plane.shape.length - plane.rank);
  const shown = colour
    ? [0, 1, 2].map((channel) => channels.map((each, axis) => (axis === plane.channelAxis ? channel : each)))
    : [channels];
  const isShown = (each: readonly number[]): boolean => shown.some((one) => one.join() === each.join());
  if (!leading.some(isShown)) return NONE;
  if (plane.rank === 1) return combined([0], along[0]);
  if (plane.rank === 2) return combined(along[0], along[1]);
  const [down, across] = CUT_AXES[plane.cut];
  const fixed = plane.leading[plane.leading.length - 1];
  return along[plane.cut].includes(fixed) ? combined(along[down], along[across]) : NONE;
}

/** Cells smaller than this, in CSS pixels, have no room for an outline of their own beside others that have one. */
const OUTLINED_CELL = 8;
const FEW = 9;
/** More outlines than this take too much of a frame. */
const MOST_OUTLINES = 2048;

/**
 * How lit cells are outlined: each by itself, or all together where their outlines would cover what they are around. On
 * an image of 2048 rows they were a black bar.
 */
export function outlined(lit: Lit, cell: CellSize): { readonly places: readonly Place[]; readonly around?: Region } {
  const isSmall = Math.min(cell.width, cell.height) < OUTLINED_CELL;
  const together = lit.count > MOST_OUTLINES || (isSmall && lit.count > FEW);
  return together ? { places: [], around: lit.around } : { places: lit.places() };
}
