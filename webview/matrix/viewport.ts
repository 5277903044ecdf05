import type { MatrixWindow } from '../../src/core/matrix/entries';

/** What the body of the matrix shows: the cell at its corner and CSS pixels for each cell, each way. */
export interface Viewport {
  readonly column: number;
  readonly row: number;
  readonly columnScale: number;
  readonly rowScale: number;
}

/** What limits a viewport: the cells of the matrix, and the CSS pixels of the body. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

/** CSS pixels of a cell at the nearest zoom: room for a number or a symbol. */
export const NEAREST = { column: 48, row: 26 } as const;

const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most));

/**
 * Each direction fills its room: cells need not be square, and the whole matrix is what is looked at first. With square
 * cells one of 10⁶ rows and 4 columns would be a line.
 */
const fitScales = ({ rows, columns, width, height }: Extent): Pick<Viewport, 'columnScale' | 'rowScale'> => ({
  columnScale: Math.min(NEAREST.column, width / Math.max(1, columns)),
  rowScale: Math.min(NEAREST.row, height / Math.max(1, rows)),
});

export function fit(extent: Extent): Viewport {
  return { column: 0, row: 0, ...fitScales(extent) };
}

/** Whether cells are large enough for text. They then stand at whole positions, so that none is cut by a header. */
export const isNear = ({ columnScale, rowScale }: Viewport): boolean =>
  columnScale >= NEAREST.column && rowScale >= NEAREST.row;

/** Never further out than the whole matrix, never past its last cell. */
export function held(view: Viewport, extent: Extent): Viewport {
  const least = fitScales(extent);
  const columnScale = clamp(view.columnScale, least.columnScale, NEAREST.column);
  const rowScale = clamp(view.rowScale, least.rowScale, NEAREST.row);
  const near = columnScale === NEAREST.column && rowScale === NEAREST.row;
  const last = (size: number, pixels: number, scale: number): number =>
    Math.max(0, near ? Math.ceil(size - Math.floor(pixels / scale)) : size - pixels / scale);
  return {
    columnScale,
    rowScale,
    column: clamp(view.column, 0, last(extent.columns, extent.width, columnScale)),
    row: clamp(view.row, 0, last(extent.rows, extent.height, rowScale)),
  };
}

/** Keeps the cell under `(x, y)`, CSS pixels of the body, where it is. */
export function zoomAt(view: Viewport, extent: Extent, factor: number, x: number, y: number): Viewport {
  const least = fitScales(extent);
  const columnScale = clamp(view.columnScale * factor, least.columnScale, NEAREST.column);
  const rowScale = clamp(view.rowScale * factor, least.rowScale, NEAREST.row);
  return held(
    {
      columnScale,
      rowScale,
      column: view.column + x / view.columnScale - x / columnScale,
      row: view.row + y / view.rowScale - y / rowScale,
    },
    extent,
  );
}

/** Moves by CSS pixels. */
export const panned = (view: Viewport, extent: Extent, x: number, y: number): Viewport =>
  held({ ...view, column: view.column + x / view.columnScale, row: view.row + y / view.rowScale }, extent);

/** As it is drawn: at whole cells where they carry text. */
export const placed = (view: Viewport): Viewport =>
  isNear(view) ? { ...view, column: Math.floor(view.column), row: Math.floor(view.row) } : view;

/** Rows and columns of which some part is in view. */
export function visible(view: Viewport, { rows, columns, width, height }: Extent): MatrixWindow {
  const { column, row, columnScale, rowScale } = placed(view);
  return {
    top: Math.floor(row),
    left: Math.floor(column),
    bottom: Math.min(rows, Math.ceil(row + height / rowScale)),
    right: Math.min(columns, Math.ceil(column + width / columnScale)),
  };
}

/** The least move that brings a cell wholly into view; the same viewport when it is there. */
export function showing(view: Viewport, extent: Extent, row: number, column: number): Viewport {
  const bring = (start: number, at: number, span: number): number => clamp(start, at + 1 - Math.floor(span), at);
  const wide = Math.max(1, extent.width / view.columnScale);
  const high = Math.max(1, extent.height / view.rowScale);
  const moved = { column: bring(view.column, column, wide), row: bring(view.row, row, high) };
  return moved.column === view.column && moved.row === view.row ? view : held({ ...view, ...moved }, extent);
}

/** The cell at `(x, y)`, CSS pixels of the body, or nothing beyond the matrix. */
export function cellAt(
  view: Viewport,
  { rows, columns }: Extent,
  x: number,
  y: number,
): { readonly row: number; readonly column: number } | undefined {
  const from = placed(view);
  const column = Math.floor(from.column + x / from.columnScale);
  const row = Math.floor(from.row + y / from.rowScale);
  return x >= 0 && y >= 0 && row < rows && column < columns ? { row, column } : undefined;
}
