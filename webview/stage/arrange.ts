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
  /** Whether a band is drawn beyond the last column, and the last row: what padding crops, or adds. */
  readonly after: { readonly column: boolean; readonly row: boolean };
  /** Whether a strip of thumbnails stands under it. */
  readonly thumbnails: boolean;
}

export type Quantities = Readonly<Record<GridName, Quantity>>;

/** How the boxes stand: side by side, the output on a line of its own (1-D), or one large below two small ones. */
export type Order = 'row' | 'lines' | 'narrow';

export interface Wanted {
  readonly order: Order;
  readonly quantities: Quantities;
  readonly room: Room;
  /** 1 shows everything. */
  readonly zoom: number;
  /** In the narrow order, the one that is large. */
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
  /** Height of the plot over a 1-D tensor's cells; 0 for none. */
  readonly plot: number;
}

export interface Arrangement {
  readonly boxes: Readonly<Record<GridName, Placed>>;
  /** Where height is scarce, the colour scales stand upright beside the grids. */
  readonly legend: 'below' | 'beside';
  /** At this zoom every cell is as large as any becomes. */
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
const COMFORTABLE = 60;
/** A kernel beside a picture can still be read. */
const PICTURED_KERNEL = 24;
/** Of a row of cells. */
const ROW = { least: 24, most: 40 } as const;

/** Measures of the mock-ups; the style sheet has the same. */
export const PADDING = { top: 6, side: 16, bottom: 8 } as const;
export const HEADER = 24;
export const INDICES = 16;
/** 7 of hatching, 2 of ground, 1 of line. */
export const BAND = 10;
export const OPERATOR = 48;
const LEGEND = 66;
const UPRIGHT = 52;
const THUMBNAILS = 62;
/** A legend, and a header with its slicer, need so much. */
const LEAST_BOX = 132;
const GAP = 10;
/** Between two cuts of one tensor, and the line over each. */
const CUT_GAP = 10;
const CAPTION = 20;

/** Below this height a legend stands beside its grid. */
const LOW = 420;

/** Width of the column of row indices: two digits need 22. */
export const indexWidth = (rows: number): number => Math.max(20, 8 + 7 * String(Math.max(0, rows - 1)).length);

const NAMES = ['input', 'weight', 'output'] as const;

/** The largest size at which everything fits, within a 64th of a pixel; whole pixels from `LEAST_CELL` on. */
function largest(most: number, fits: (cell: number) => boolean): number {
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
const zoomedCell = ({ rows, columns }: Quantity, fitted: number, zoom: number): number =>
  Math.min(LARGEST_CELL, fitted * zoom, LONGEST / Math.max(rows, columns, 1));

const across = ({ columns, depth = 0 }: Quantity): number => columns + depth;
const down = ({ rows, depth = 0 }: Quantity): number => rows + depth;

/** What the other cuts take beside their cells: their own indices, and the words over each. */
const aroundCuts = ({ rows, depth = 0 }: Quantity): Room =>
  depth === 0
    ? { width: 0, height: 0 }
    : { width: indexWidth(rows) + BAND + CUT_GAP, height: 2 * CAPTION + INDICES + BAND + CUT_GAP };

/** What a box takes beside its cells. */
function around(quantity: Quantity, legend: Arrangement['legend']): Room {
  const { rows, after, thumbnails } = quantity;
  const cuts = aroundCuts(quantity);
  return {
    width: indexWidth(rows) + BAND + (after.column ? BAND : 0) + (legend === 'beside' ? UPRIGHT : 0) + cuts.width,
    height:
      PADDING.top +
      HEADER +
      INDICES +
      BAND +
      (after.row ? BAND : 0) +
      (legend === 'below' ? LEGEND : 0) +
      (thumbnails ? THUMBNAILS : 0) +
      cuts.height +
      PADDING.bottom,
  };
}

const NO_ROOM: Room = { width: 0, height: 0 };

/** Of the room for a tensor's cells, what the other cuts have: as much as they have cells. */
const depthOf = (quantity: Quantity, width: number, height: number): Room => {
  const { depth = 0 } = quantity;
  return {
    width: Math.ceil((width * depth) / across(quantity)),
    height: Math.ceil((height * depth) / down(quantity)),
  };
};

const boxWidth = (quantity: Quantity, cell: number, beside: number): number =>
  Math.max(LEAST_BOX, across(quantity) * cell + beside);

/** Three boxes with one top edge, and one cell size unless that makes a picture of them. */
function inRow({ quantities, room, zoom }: Wanted, legend: Arrangement['legend']): Arrangement['boxes'] {
  const beside = (name: GridName): Room => around(quantities[name], legend);
  const width = room.width - 2 * PADDING.side - 2 * OPERATOR;
  const high = (name: GridName): number => Math.max(LEAST_CELL, room.height - beside(name).height);
  const fits = (cell: number, kernel: number): boolean => {
    const cells = { input: cell, weight: kernel, output: cell };
    const wide = NAMES.reduce((sum, name) => sum + boxWidth(quantities[name], cells[name], beside(name).width), 0);
    return wide <= width && NAMES.every((name) => down(quantities[name]) * cells[name] <= high(name));
  };
  let cell = largest(COMFORTABLE, (each) => fits(each, each));
  let kernel = cell;
  if (cell < LEAST_CELL) {
    const { weight } = quantities;
    const share = Math.max(LEAST_BOX, width / 4) - beside('weight').width;
    kernel = Math.min(PICTURED_KERNEL, Math.max(1, share) / across(weight), high('weight') / down(weight));
    cell = largest(LEAST_CELL, (each) => fits(each, kernel));
    // A cell of the input is never larger than one of the kernel that slides over it.
    kernel = Math.max(kernel, cell);
  }
  const zoomed = (name: GridName): number => zoomedCell(quantities[name], name === 'weight' ? kernel : cell, zoom);
  const need = (name: GridName): number => boxWidth(quantities[name], zoomed(name), beside(name).width);
  // Zoomed in, the kernel has what it needs up to a quarter; the others share the rest as they need it.
  const total = NAMES.reduce((sum, name) => sum + need(name), 0);
  const forKernel = total <= width ? need('weight') : Math.min(need('weight'), Math.max(LEAST_BOX, width / 4));
  const rest = width - forKernel;
  const both = need('input') + need('output');
  const boxOf = (name: GridName): number => {
    if (total <= width) return need(name);
    return name === 'weight' ? forKernel : Math.max(LEAST_BOX, (rest * need(name)) / both);
  };
  const placed = (name: GridName): Placed => {
    const [wide, height] = [Math.floor(boxOf(name)) - beside(name).width, high(name)];
    return {
      box: Math.floor(boxOf(name)),
      cell: { width: zoomed(name), height: zoomed(name) },
      width: wide,
      height,
      depth: depthOf(quantities[name], wide, height),
      plot: 0,
    };
  };
  return { input: placed('input'), weight: placed('weight'), output: placed('output') };
}

/** A 1-D operation: input and kernel on the first line, the output on the second, each a row with its plot. */
function inLines({ quantities, room, zoom }: Wanted, legend: Arrangement['legend']): Arrangement['boxes'] {
  const beside = (name: GridName): number => around(quantities[name], legend).width;
  const width = room.width - 2 * PADDING.side;
  const first = width - 2 * OPERATOR;
  const fits = (cell: number, kernel: number): boolean =>
    boxWidth(quantities.input, cell, beside('input')) + boxWidth(quantities.weight, kernel, beside('weight')) <=
      first && boxWidth(quantities.output, cell, beside('output')) <= width;
  let cell = largest(COMFORTABLE, (each) => fits(each, each));
  let kernel = cell;
  if (cell < LEAST_CELL) {
    const share = Math.max(LEAST_BOX, first / 4) - beside('weight');
    kernel = Math.min(PICTURED_KERNEL, share / quantities.weight.columns);
    cell = largest(LEAST_CELL, (each) => fits(each, kernel));
    kernel = Math.max(kernel, cell);
  }
  const row = Math.min(ROW.most, Math.max(ROW.least, cell));
  const lines = around(quantities.input, legend).height + around(quantities.output, legend).height + GAP + 2 * row;
  const left = Math.max(0, room.height - lines);
  const plot = (share: number, most: number): number => {
    const high = Math.min(most, Math.floor(left * share));
    return high >= 40 ? high : 0;
  };
  const wide = (name: GridName): number => {
    if (name === 'output') return width;
    const forKernel = Math.min(
      boxWidth(quantities.weight, kernel * zoom, beside('weight')),
      Math.max(LEAST_BOX, first / 4),
    );
    const forInput = boxWidth(quantities.input, cell * zoom, beside('input'));
    return name === 'weight' ? forKernel : Math.min(forInput, first - forKernel);
  };
  const placed = (name: GridName): Placed => ({
    box: Math.floor(wide(name)),
    cell: { width: zoomedCell(quantities[name], name === 'weight' ? kernel : cell, zoom), height: row },
    width: Math.floor(wide(name)) - beside(name),
    height: row,
    depth: NO_ROOM,
    plot: name === 'output' ? plot(0.6, 220) : plot(0.4, 140),
  });
  return { input: placed('input'), weight: placed('weight'), output: placed('output') };
}

/** One large box, and the two others small above it. */
function inNarrow({ quantities, room, zoom, large }: Wanted, legend: Arrangement['legend']): Arrangement['boxes'] {
  const beside = (name: GridName): Room => {
    const own = name === large ? quantities[name] : { ...quantities[name], depth: 0 };
    const whole = around({ ...own, thumbnails: name === large && quantities[name].thumbnails }, 'beside');
    return { width: whole.width - UPRIGHT, height: whole.height + (name === large && legend === 'below' ? LEGEND : 0) };
  };
  const width = room.width - PADDING.side;
  const small = NAMES.filter((name) => name !== large);
  const tiny = largest(
    26,
    (cell) =>
      small.reduce((sum, name) => sum + Math.max(96, quantities[name].columns * cell + beside(name).width), 0) <=
        width - OPERATOR && small.every((name) => quantities[name].rows * cell <= Math.max(48, room.height * 0.22)),
  );
  const above = Math.max(...small.map((name) => beside(name).height + quantities[name].rows * tiny));
  // The stage scrolls rather than make the large one as small as the others: its scale may lie below the fold.
  const left = Math.max(200, room.height - above - beside(large).height + (legend === 'below' ? LEGEND : 0));
  const cell = largest(
    44,
    (each) => across(quantities[large]) * each + beside(large).width <= width && down(quantities[large]) * each <= left,
  );
  const placed = (name: GridName): Placed => {
    const size = name === large ? zoomedCell(quantities[name], cell, zoom) : tiny;
    const flat = quantities[name].rows === 1;
    const room = name === large ? width : (width - OPERATOR) / 2;
    return {
      box: Math.floor(room),
      cell: { width: size, height: flat ? Math.max(size, ROW.least) : size },
      width: Math.floor(room - beside(name).width),
      height: name === large ? left : Math.max(48, room),
      depth: depthOf(quantities[name], Math.floor(room - beside(name).width), left),
      plot: 0,
    };
  };
  return { input: placed('input'), weight: placed('weight'), output: placed('output') };
}

/**
 * Where the grids stand in the stage. It follows from shapes and room alone, never from values: an edit that keeps the
 * shapes moves nothing.
 */
export function arrange(wanted: Wanted): Arrangement {
  const legend = wanted.order !== 'narrow' && wanted.room.height < LOW ? 'beside' : 'below';
  const boxes = boxesOf(wanted, legend);
  const smallest = Math.min(...NAMES.map((name) => boxes[name].cell.width));
  return { boxes, legend, most: Math.max(1, (wanted.zoom * LARGEST_CELL) / smallest) };
}

function boxesOf(wanted: Wanted, legend: Arrangement['legend']): Arrangement['boxes'] {
  switch (wanted.order) {
    case 'row':
      return inRow(wanted, legend);
    case 'lines':
      return inLines(wanted, legend);
    case 'narrow':
      return inNarrow(wanted, legend);
    default:
      return wanted.order satisfies never;
  }
}
