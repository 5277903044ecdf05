/** A plane of cells and the box, in CSS pixels, through which it is seen. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

/** Width and height of one cell in CSS pixels; below 1 for planes that have more cells than the box has pixels. */
export interface CellSize {
  readonly width: number;
  readonly height: number;
}

/** Whole cells from `row`, `column` on. */
export interface Region {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** From this size on a cell has its number printed on it. */
export const TEXT_CELL = 18;
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The box that the plane needs at this cell size, within the room that there is. */
export function boxOf({ rows, columns }: Extent, cell: CellSize, room: Box): Box {
  return {
    width: Math.min(room.width, Math.ceil(columns * cell.width)),
    height: Math.min(room.height, Math.ceil(rows * cell.height)),
  };
}

/** All cells of which any part is in the box, and `margin` times the box's cells on each side. */
export function visibleRegion(
  extent: Extent,
  cell: CellSize,
  scroll: { readonly left: number; readonly top: number },
  box: Box,
  margin = 0,
): Region {
  const marginX = box.width * margin;
  const marginY = box.height * margin;
  const column = clamp(Math.floor((scroll.left - marginX) / cell.width), 0, Math.max(0, extent.columns - 1));
  const row = clamp(Math.floor((scroll.top - marginY) / cell.height), 0, Math.max(0, extent.rows - 1));
  // Scroll positions are rounded, so that a box may seem to end a tiny bit inside of the next cell: that cell is not
  // counted.
  const right = clamp(Math.ceil((scroll.left + box.width + marginX) / cell.width - 5e-4), column, extent.columns);
  const bottom = clamp(Math.ceil((scroll.top + box.height + marginY) / cell.height - 5e-4), row, extent.rows);
  return { row, column, rows: bottom - row, columns: right - column };
}

export function contains(outer: Region, inner: Region): boolean {
  return (
    inner.row >= outer.row &&
    inner.column >= outer.column &&
    inner.row + inner.rows <= outer.row + outer.rows &&
    inner.column + inner.columns <= outer.column + outer.columns
  );
}

/**
 * The cell under a point of the plane, in CSS pixels from its first cell's corner; the nearest one for points outside.
 */
export function cellAt(
  extent: Extent,
  cell: CellSize,
  x: number,
  y: number,
): { readonly row: number; readonly column: number } {
  return {
    row: clamp(Math.floor(y / cell.height), 0, Math.max(0, extent.rows - 1)),
    column: clamp(Math.floor(x / cell.width), 0, Math.max(0, extent.columns - 1)),
  };
}

/** The scroll position nearest to `start` at which `at … at + size` lies within a box of `length`. */
export function scrollToShow(start: number, length: number, at: number, size: number): number {
  if (at < start || size > length) return at;
  return Math.max(start, at + size - length);
}

/** The scroll position after a change of cell size that leaves the point at `offset` of the box where it was. */
export function scrollAfterZoom(start: number, offset: number, before: number, after: number): number {
  return ((start + offset) / before) * after - offset;
}
