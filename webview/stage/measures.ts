import type { GridName } from '../gridName';

/** Room, in CSS pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** What is to be drawn of one quantity. */
export interface Quantity {
  readonly rows: number;
  readonly columns: number;
  /** Of a 3-D tensor that is shown in three cuts: how many more rows and columns that makes. */
  readonly depth?: number;
  /** How these cuts stand: two above and one below, unless it is told; in a line; or the first one alone. */
  readonly cuts?: 'line' | 'first';
  /** Whether a band is drawn beyond the last column, and the last row: what padding crops, or adds. */
  readonly after: { readonly column: boolean; readonly row: boolean };
  /** Whether a strip of thumbnails stands under it, where there is height for one. */
  readonly thumbnails: boolean;
}

export type Quantities = Readonly<Record<GridName, Quantity>>;

/**
 * How the boxes stand: side by side; so, with the cuts of one volume in a line and one cut of the others; the output on
 * a line of its own (1-D); or one large below two small ones.
 */
export type Order = 'row' | 'volumes' | 'lines' | 'narrow';

export interface Wanted {
  readonly order: Order;
  readonly quantities: Quantities;
  readonly room: Room;
  /** 1 shows everything. */
  readonly zoom: number;
  /** Where one is large, which it is. */
  readonly large: GridName;
}

/** The place of one grid: the size of a cell, and the most that its box may take. */
export interface Placed {
  /** Width of the whole box. */
  readonly box: number;
  readonly cell: { readonly width: number; readonly height: number };
  readonly width: number;
  readonly height: number;
  /** What of the width and the height is for the cuts beside and under the first one. */
  readonly depth: Room;
  /** Where all cuts stand in a line: the width of the first one's cells. */
  readonly first?: number;
  /** Height of the plot over a 1-D tensor's cells; 0 for none. */
  readonly plot: number;
}

export interface Arrangement {
  readonly boxes: Readonly<Record<GridName, Placed>>;
  /** Where height is scarce, the colour scales stand upright beside the grids. */
  readonly legend: 'below' | 'beside';
  /** The largest zoom that still makes a difference: there every cell of every grid is `LARGEST_CELL` wide. */
  readonly most: number;
}

/** Below this, cells carry neither numbers nor rings, and what does not fit is drawn whole, as a picture. */
export const LEAST_CELL = 12;
export const LARGEST_CELL = 96;
/** Browsers limit the length of an element to 2²⁵ CSS pixels; beyond that nothing can be scrolled to. */
const LONGEST = 30_000_000;
/** While the page is laid out there may be no room at all. */
const SMALLEST_CELL = 1 / 4096;
/** Cells of what fits are no larger: a 2×2 kernel need not fill the panel. */
export const COMFORTABLE = 60;
/** A kernel beside a picture can still be read. */
export const PICTURED_KERNEL = 24;
/** Of a row of cells. */
export const ROW = { least: 24, most: 40 } as const;

/** Measures of the mock-ups; the style sheet has the same. */
export const PADDING = { top: 6, side: 16, bottom: 8 } as const;
export const HEADER = 24;
export const INDICES = 16;
/** 7 of hatching, 2 of ground, 1 of line. */
export const BAND = 10;
export const OPERATOR = 48;
export const LEGEND = 66;
/** Where one is large above a bar of tabs: its colours and its limits, no histogram and no numbers. */
export const FLAT_LEGEND = 42;
export const UPRIGHT = 52;
export const THUMBNAILS = 62;
/** A legend, and a header with its slicer, need so much. */
export const LEAST_BOX = 132;
/** One cut has neither: its caption alone. */
const LEAST_CUT = 108;
export const GAP = 10;
/** Between two cuts of one tensor, and the line over each. */
const CUT_GAP = 10;
const CAPTION = 20;

/** Below this height a legend stands beside its grid. */
export const LOW = 420;

/** Width of the column of row indices: two digits need 22. */
export const indexWidth = (rows: number): number => Math.max(20, 8 + 7 * String(Math.max(0, rows - 1)).length);

/** The largest size at which everything fits, within a 64th of a pixel; whole pixels from `LEAST_CELL` on. */
export function largest(most: number, fits: (cell: number) => boolean): number {
  if (fits(most)) return most;
  let [low, high] = [0, most];
  while (high - low > 1 / 64) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low >= LEAST_CELL ? Math.floor(low) : Math.max(low, SMALLEST_CELL);
}

/** The size of a cell when it is seen so many times larger. */
export const zoomedCell = ({ rows, columns }: Quantity, fitted: number, zoom: number): number =>
  Math.min(LARGEST_CELL, fitted * zoom, LONGEST / Math.max(rows, columns, 1));

/** In a line the second cut has the depth as its columns, and the third the columns of the first. */
export const across = ({ columns, depth = 0, cuts }: Quantity): number =>
  cuts === 'first' ? columns : columns + depth + (cuts === 'line' ? columns : 0);
export const down = ({ rows, depth = 0, cuts }: Quantity): number =>
  cuts === 'first' ? rows : cuts === 'line' ? Math.max(rows, depth) : rows + depth;

/** What the other cuts take beside their cells: their own indices, and the words over each. */
function aroundCuts({ rows, depth = 0, cuts }: Quantity): Room {
  if (depth === 0) return { width: 0, height: 0 };
  const beside = indexWidth(rows) + BAND + CUT_GAP;
  if (cuts === 'first') return { width: 0, height: CAPTION };
  if (cuts === 'line') return { width: 2 * beside, height: CAPTION };
  return { width: beside, height: 2 * CAPTION + INDICES + BAND + CUT_GAP };
}

/** What a box takes beside its cells. */
export function around(quantity: Quantity, legend: Arrangement['legend']): Room {
  const { rows, after, thumbnails } = quantity;
  const cuts = aroundCuts(quantity);
  const hasLegend = legend === 'beside' && quantity.cuts !== 'first';
  return {
    width: indexWidth(rows) + BAND + (after.column ? BAND : 0) + (hasLegend ? UPRIGHT : 0) + cuts.width,
    height:
      PADDING.top +
      HEADER +
      INDICES +
      BAND +
      (after.row ? BAND : 0) +
      (legend === 'below' ? LEGEND : 0) +
      (thumbnails && legend === 'below' ? THUMBNAILS : 0) +
      cuts.height +
      PADDING.bottom,
  };
}

export const NO_ROOM: Room = { width: 0, height: 0 };

/** Of the room for a tensor's cells, what the other cuts have: as much as they have cells. */
export function depthOf(quantity: Quantity, width: number, height: number): Pick<Placed, 'depth' | 'first'> {
  const { columns, depth = 0, cuts } = quantity;
  if (cuts === 'first') return { depth: NO_ROOM };
  const beside = Math.ceil((width * depth) / across(quantity));
  if (cuts === 'line')
    return { depth: { width: beside, height: 0 }, first: Math.ceil((width * columns) / across(quantity)) };
  return { depth: { width: beside, height: Math.ceil((height * depth) / down(quantity)) } };
}

export const boxWidth = (quantity: Quantity, cell: number, beside: number): number =>
  Math.max(quantity.cuts === 'first' ? LEAST_CUT : LEAST_BOX, across(quantity) * cell + beside);
