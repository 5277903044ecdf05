import type { Place } from './selection';
import {
  type Box,
  type CellSize,
  type Extent,
  boxOf,
  cellAt,
  cellOfWidth,
  fitCell,
  scrollAfterZoom,
  scrollToShow,
} from './viewport';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Where the cells of a plane lie in the box through which it is seen: how large they are, which of them are in view,
 * and how fitting, zooming and scrolling change that. Lengths are CSS pixels, and places count from the box's corner.
 */
export interface GridLayout {
  readonly cell: CellSize;
  /** Whether the whole plane is in view, and is to stay in view when the room for it changes. */
  readonly isFitted: boolean;
  /** False until the page has been laid out, and while the grid is hidden. */
  readonly hasRoom: boolean;
  setExtent(extent: Extent): void;
  /** The width that there is for the box; false when it is as it was. */
  setRoom(width: number): boolean;
  /** Which part of the plane is in view. */
  view(): { readonly scroll: { readonly left: number; readonly top: number }; readonly box: Box };
  /** Rows that a page key goes. */
  pageRows(): number;
  placeAt(event: MouseEvent): Place;
  rectangleOf(place: Place): CellSize & { readonly left: number; readonly top: number };
  middleOf(place: Place): Point;
  reveal(place: Place): void;
  /** Leaves what is at `centre` where it is. */
  zoom(factor: number, centre: Point): void;
  fit(): void;
}

/** `scroller` is the box, `space` in it has the size of the whole plane. */
export function createGridLayout(scroller: HTMLElement, space: HTMLElement): GridLayout {
  let extent: Extent | undefined;
  let cell: CellSize = { width: 1, height: 1 };
  let room = 0;
  let fitted = true;

  const layOut = (): void => {
    if (!extent) return;
    if (fitted) cell = fitCell(extent, room);
    const box = boxOf(extent, cell, room);
    setLength(scroller, 'width', box.width);
    setLength(scroller, 'height', box.height);
    setLength(space, 'width', extent.columns * cell.width);
    setLength(space, 'height', extent.rows * cell.height);
  };

  return {
    get cell() {
      return cell;
    },
    get isFitted() {
      return fitted;
    },
    get hasRoom() {
      return room > 0;
    },
    setExtent(next) {
      // A plane that has shrunk until it is all in view is fitted from then on.
      if (extent?.rows !== next.rows || extent.columns !== next.columns) fitted ||= next.columns * cell.width <= room;
      extent = next;
      layOut();
    },
    setRoom(width) {
      if (width === room) return false;
      room = width;
      layOut();
      return true;
    },
    view: () => ({
      scroll: { left: scroller.scrollLeft, top: scroller.scrollTop },
      box: { width: scroller.clientWidth, height: scroller.clientHeight },
    }),
    pageRows: () => Math.max(1, Math.floor(scroller.clientHeight / cell.height) - 1),
    placeAt(event) {
      const corner = scroller.getBoundingClientRect();
      const x = event.clientX - corner.left + scroller.scrollLeft;
      const y = event.clientY - corner.top + scroller.scrollTop;
      return cellAt(extent ?? { rows: 1, columns: 1 }, cell, x, y);
    },
    rectangleOf: ({ row, column }) => ({
      left: column * cell.width - scroller.scrollLeft,
      top: row * cell.height - scroller.scrollTop,
      ...cell,
    }),
    middleOf: ({ row, column }) => ({
      x: (column + 0.5) * cell.width - scroller.scrollLeft,
      y: (row + 0.5) * cell.height - scroller.scrollTop,
    }),
    reveal({ row, column }) {
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller;
      scroller.scrollLeft = scrollToShow(scrollLeft, clientWidth, column * cell.width, cell.width);
      scroller.scrollTop = scrollToShow(scrollTop, clientHeight, row * cell.height, cell.height);
    },
    zoom(factor, { x, y }) {
      if (!extent) return;
      const before = cell;
      const least = fitCell(extent, room);
      cell = cellOfWidth(Math.max(cell.width * factor, least.width), extent);
      fitted = cell.width <= least.width;
      const { scrollLeft, scrollTop } = scroller;
      layOut();
      scroller.scrollLeft = scrollAfterZoom(scrollLeft, x, before.width, cell.width);
      scroller.scrollTop = scrollAfterZoom(scrollTop, y, before.height, cell.height);
    },
    fit() {
      fitted = true;
      layOut();
    },
  };
}

export function setLength(element: HTMLElement, side: 'width' | 'height', pixels: number): void {
  const text = `${pixels}px`;
  if (element.style[side] !== text) element.style[side] = text;
}
