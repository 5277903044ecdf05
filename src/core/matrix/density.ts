import type { Plan } from '../plan';
import { cornerCounts, levelsOf } from './corners';
import { type Level } from './axisCounts';
import type { MatrixWindow } from './entries';

/** What part of the matrix each pixel of a line stands for: rows (or columns) `[from[i], to[i])`. */
export interface Pixels {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/**
 * The pixels of a line that shows `scale` pixels for each cell, from cell `origin` (a fraction of one too) on. Zoomed
 * out, every cell belongs to exactly one pixel; zoomed in, every pixel to exactly one cell. Pixels beyond the last cell
 * are empty.
 */
export function pixelsOf(origin: number, scale: number, length: number, size: number): Pixels {
  const from = new Float64Array(length);
  const to = new Float64Array(length);
  const cut = (value: number): number => Math.min(size, Math.max(0, value));
  for (let pixel = 0; pixel < length; pixel++) {
    const first = Math.floor(origin + pixel / scale);
    from[pixel] = cut(first);
    to[pixel] = cut(Math.max(first + 1, Math.floor(origin + (pixel + 1) / scale)));
  }
  return { from, to };
}

/** How many entries each pixel stands for, `[row][column]`. */
export interface Density {
  readonly counts: Float64Array;
  readonly rows: Pixels;
  readonly columns: Pixels;
}

export interface MatrixCounts {
  /** The picture at any zoom, exact, from the structure alone: its cost is that of its pixels. */
  density(rows: Pixels, columns: Pixels): Density;
  count(window: MatrixWindow): number;
  /** The first entry of a window by rows, found by halving it. */
  firstIn(window: MatrixWindow): { readonly row: number; readonly column: number } | undefined;
  /** The last one. */
  lastIn(window: MatrixWindow): { readonly row: number; readonly column: number } | undefined;
}

/** Counts entries of the shown matrix; with `weight`, a flat index, those alone where that kernel element stands. */
export function matrixCounts(plan: Plan, weight?: number): MatrixCounts {
  const levels = levelsOf(plan, weight);
  const conv = plan.kind === 'conv';

  const density = (rows: Pixels, columns: Pixels): Density => {
    const [sites, places] = conv ? [rows, columns] : [columns, rows];
    const [rowStep, columnStep] = conv ? [columns.from.length, 1] : [1, columns.from.length];
    const counts = new Float64Array(rows.from.length * columns.from.length);
    fill(counts, levels, { pixels: sites, step: rowStep }, { pixels: places, step: columnStep });
    return { counts, rows, columns };
  };

  const count = ({ top, bottom, left, right }: MatrixWindow): number =>
    top >= bottom || left >= right
      ? 0
      : density(
          { from: Float64Array.of(top), to: Float64Array.of(bottom) },
          { from: Float64Array.of(left), to: Float64Array.of(right) },
        ).counts[0];

  /** Halves the rows, then the columns, down to one; the half that is looked at first wins when it holds any. */
  const search = (
    window: MatrixWindow,
    first: boolean,
  ): { readonly row: number; readonly column: number } | undefined => {
    if (count(window) === 0) return undefined;
    let { top, bottom, left, right } = window;
    while (bottom - top > 1) {
      const middle = Math.floor((top + bottom) / 2);
      const upper = first === count({ top: first ? top : middle, bottom: first ? middle : bottom, left, right }) > 0;
      if (upper) bottom = middle;
      else top = middle;
    }
    while (right - left > 1) {
      const middle = Math.floor((left + right) / 2);
      const lower = first === count({ top, bottom, left: first ? left : middle, right: first ? middle : right }) > 0;
      if (lower) right = middle;
      else left = middle;
    }
    return { row: top, column: left };
  };

  return {
    density,
    count,
    firstIn: (window) => search(window, true),
    lastIn: (window) => search(window, false),
  };
}

interface Side {
  readonly pixels: Pixels;
  /** Distance in `counts` from one pixel of this side to the next. */
  readonly step: number;
}

/** Pixels of one cell repeat it, and neighbours share their edges: each distinct edge is counted once. */
function edgesOf({ from, to }: Pixels): {
  readonly edges: Float64Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
} {
  const edges = Float64Array.from(new Set([...from, ...to])).sort();
  const positions = new Map(Array.from(edges, (edge, at) => [edge, at]));
  const position = (edge: number): number => positions.get(edge) ?? 0;
  return { edges, first: Int32Array.from(from, position), last: Int32Array.from(to, position) };
}

function fill(counts: Float64Array, levels: readonly Level[], sites: Side, places: Side): void {
  const across = edgesOf(sites.pixels);
  const down = edgesOf(places.pixels);
  const corners = cornerCounts(levels, across.edges, down.edges);
  const pitch = across.edges.length;
  for (let place = 0; place < down.first.length; place++) {
    const before = down.first[place] * pitch;
    const after = down.last[place] * pitch;
    let at = place * places.step;
    for (let site = 0; site < across.first.length; site++, at += sites.step) {
      const [first, last] = [across.first[site], across.last[site]];
      counts[at] = corners[after + last] - corners[after + first] - corners[before + last] + corners[before + first];
    }
  }
}
