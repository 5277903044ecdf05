import type { Place } from './selection';
import { type Box, type CellSize, type Extent, boxOf, cellAt, scrollAfterZoom, scrollToShow } from './viewport';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the stage gives a grid: the size of its cells, and the most that its box may take, in CSS pixels. */
export interface GridPlace {
  readonly cell: CellSize;
  readonly width: number;
  readonly height: number;
  /** Height of the plot over a 1-D tensor's cells; 0 for none. */
  readonly plot: number;
}

/** Which part of a plane is in view. */
interface InView {
  readonly scroll: { readonly left: number; readonly top: number };
  readonly box: Box;
}

/**
 * Where the cells of a plane lie in the box through which it is seen, and which of them are in view. Lengths are CSS
 * pixels, and places count from the box's corner.
 */
export interface GridLayout {
  readonly cell: CellSize;
  readonly plot: number;
  /** Whether the whole plane is in view. */
  readonly isWhole: boolean;
  /** False until the page has been laid out, and while the grid is hidden. */
  readonly hasRoom: boolean;
  setExtent(extent: Extent): void;
  /** Takes the place that there is; the cell at the middle, or at the last `anchor`, stays where it is. */
  setPlace(place: GridPlace): void;
  /** Where the next change of the cells' size leaves what it finds. */
  anchor(centre: { readonly x: number; readonly y: number }): void;
  /** Which part of the plane is in view. */
  view(): InView;
  /** Which part of a plane will be in view at another place, if it is put there. */
  viewAt(extent: Extent, place: GridPlace): InView;
  /** Rows that a page key goes. */
  pageRows(): number;
  placeAt(event: MouseEvent): Place;
  rectangleOf(place: Place): CellSize & { readonly left: number; readonly top: number };
  middleOf(place: Place): Point;
  reveal(place: Place): void;
}

/** `scroller` is the box, `space` in it has the size of the whole plane. */
export function createGridLayout(scroller: HTMLElement, space: HTMLElement): GridLayout {
  let extent: Extent | undefined;
  let place: GridPlace = { cell: { width: 1, height: 1 }, width: 0, height: 0, plot: 0 };
  let anchored: Point | undefined;

  /** Whether all of a plane is in view, and so where it stands, without asking the page, which costs it a layout. */
  const isWhole = (of: Extent, { cell, width, height }: GridPlace): boolean =>
    of.columns * cell.width <= width && of.rows * cell.height <= height;
  const wholeView = (of: Extent, at: GridPlace): InView => {
    const { width, height } = boxOf(of, at.cell, at);
    return { scroll: { left: 0, top: 0 }, box: { width: Math.round(width), height: Math.round(height) } };
  };

  const layOut = (): void => {
    if (!extent) return;
    const box = boxOf(extent, place.cell, place);
    setLength(scroller, 'width', box.width);
    setLength(scroller, 'height', box.height);
    setLength(space, 'width', extent.columns * place.cell.width);
    setLength(space, 'height', extent.rows * place.cell.height);
  };

  return {
    get cell() {
      return place.cell;
    },
    get plot() {
      return place.plot;
    },
    get isWhole() {
      const { rows, columns } = extent ?? { rows: 0, columns: 0 };
      return columns * place.cell.width <= place.width + 1 && rows * place.cell.height <= place.height + 1;
    },
    get hasRoom() {
      return place.width > 0 && place.height > 0;
    },
    setExtent(next) {
      extent = next;
      layOut();
    },
    setPlace(next) {
      const before = place.cell;
      const wasWhole = extent !== undefined && isWhole(extent, place);
      place = next;
      const isSame = before.width === next.cell.width && before.height === next.cell.height;
      if (isSame || (extent && wasWhole && isWhole(extent, next))) {
        layOut();
        if (!isSame) anchored = undefined;
        return;
      }
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller;
      const { x, y } = anchored ?? { x: clientWidth / 2, y: clientHeight / 2 };
      layOut();
      anchored = undefined;
      scroller.scrollLeft = scrollAfterZoom(scrollLeft, x, before.width, next.cell.width);
      scroller.scrollTop = scrollAfterZoom(scrollTop, y, before.height, next.cell.height);
    },
    anchor(centre) {
      anchored = centre;
    },
    view: () =>
      extent && isWhole(extent, place)
        ? wholeView(extent, place)
        : {
            scroll: { left: scroller.scrollLeft, top: scroller.scrollTop },
            box: { width: scroller.clientWidth, height: scroller.clientHeight },
          },
    viewAt(next, at) {
      if (isWhole(next, at)) return wholeView(next, at);
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller;
      const { width, height } = boxOf(next, at.cell, at);
      const box = { width: Math.round(width), height: Math.round(height) };
      const isSame = at.cell.width === place.cell.width && at.cell.height === place.cell.height;
      const { x, y } = anchored ?? { x: clientWidth / 2, y: clientHeight / 2 };
      const along = (start: number, offset: number, cell: number, nextCell: number, length: number): number => {
        const wanted = isSame ? start : scrollAfterZoom(start, offset, cell, nextCell);
        return Math.max(0, Math.min(wanted, length));
      };
      const { cell } = place;
      const left = along(scrollLeft, x, cell.width, at.cell.width, next.columns * at.cell.width - box.width);
      const top = along(scrollTop, y, cell.height, at.cell.height, next.rows * at.cell.height - box.height);
      return { scroll: { left, top }, box };
    },
    pageRows: () => Math.max(1, Math.floor(scroller.clientHeight / place.cell.height) - 1),
    placeAt(event) {
      const corner = scroller.getBoundingClientRect();
      const x = event.clientX - corner.left + scroller.scrollLeft;
      const y = event.clientY - corner.top + scroller.scrollTop;
      return cellAt(extent ?? { rows: 1, columns: 1 }, place.cell, x, y);
    },
    rectangleOf: ({ row, column }) => ({
      left: column * place.cell.width - scroller.scrollLeft,
      top: row * place.cell.height - scroller.scrollTop,
      ...place.cell,
    }),
    middleOf: ({ row, column }) => ({
      x: (column + 0.5) * place.cell.width - scroller.scrollLeft,
      y: (row + 0.5) * place.cell.height - scroller.scrollTop,
    }),
    reveal({ row, column }) {
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller;
      const { width, height } = place.cell;
      scroller.scrollLeft = scrollToShow(scrollLeft, clientWidth, column * width, width);
      scroller.scrollTop = scrollToShow(scrollTop, clientHeight, row * height, height);
    },
  };
}

export function setLength(element: HTMLElement, side: 'width' | 'height', pixels: number): void {
  const text = `${pixels}px`;
  if (element.style[side] !== text) element.style[side] = text;
}
