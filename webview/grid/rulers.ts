import { make, setHidden } from '../dom';
import type { GridName } from '../gridName';
import { roleColour } from '../theme';
import { INDICES, indexWidth } from '../stage/arrange';
import { setLength } from './gridLayout';
import type { Place } from './selection';
import type { Box, CellSize, Extent } from './viewport';

export interface RulerFrame {
  readonly extent: Extent;
  readonly cell: CellSize;
  readonly box: Box;
  readonly scroll: { readonly left: number; readonly top: number };
  /** Rows and columns of these are bold: colour alone would not do. */
  readonly lit: readonly Place[];
}

/** The row and column indices along a grid. They stand in its box, so that they never move it. */
export interface Rulers {
  readonly columns: HTMLCanvasElement;
  readonly rows: HTMLCanvasElement;
  paint(frame: RulerFrame): void;
}

const ROLES = { input: 'input', weight: 'kernel', output: 'ink' } as const;
const FONT_PIXELS = 11;
/** Of a digit in the editor's font, in CSS pixels. */
const DIGIT = 6.8;
/** With more lit rows or columns than this, only those on the step are written. */
const MOST_MARKED = 16;

/** Indices are so far apart that none touches the next: every one, every second, fifth, tenth … */
export function indexStep(cell: number, last: number): number {
  const least = (String(last).length * DIGIT + 6) / Math.max(cell, 1e-6);
  for (let ten = 1; ; ten *= 10) for (const each of [1, 2, 5]) if (each * ten >= least) return each * ten;
}

/** A text so long, with its middle there, or as near as it is whole. */
const inside = (middle: number, length: number, room: number): number =>
  Math.max(length / 2, Math.min(middle, room - length / 2));

export function createRulers(name: GridName): Rulers {
  const canvas = (side: string): HTMLCanvasElement => make('canvas', { class: `ruler ${side}`, 'aria-hidden': 'true' });
  const columns = canvas('columns');
  const rows = canvas('rows');
  let shown = '';

  const prepare = (element: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null => {
    const ratio = window.devicePixelRatio;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    setLength(element, 'width', width);
    setLength(element, 'height', height);
    const context = element.getContext('2d');
    context?.scale(ratio, ratio);
    return context;
  };

  const write = (
    context: CanvasRenderingContext2D,
    family: string,
    bold: boolean,
    text: string,
    x: number,
    y: number,
  ): void => {
    context.font = `${bold ? 'bold ' : ''}${FONT_PIXELS}px ${family}`;
    context.fillStyle = bold ? roleColour(ROLES[name]) : roleColour('faint');
    context.fillText(text, x, y);
  };

  return {
    columns,
    rows,
    paint(frame) {
      const { extent, cell, box, scroll, lit } = frame;
      const litRows = new Set(lit.map(({ row }) => row));
      const litColumns = new Set(lit.map(({ column }) => column));
      const colours = [roleColour(ROLES[name]), roleColour('faint'), window.devicePixelRatio].join();
      const state = [
        [extent.rows, extent.columns, cell.width, cell.height, box.width, box.height, scroll.left, scroll.top].join(),
        [...litRows].join(),
        [...litColumns].join(),
        colours,
      ].join(' ');
      if (state === shown) return;
      shown = state;
      const family = getComputedStyle(columns).fontFamily;
      /** The indices to write: those on the step, but for neighbours of a lit one, which is always written. */
      const chosen = (count: number, size: number, offset: number, length: number, marked: ReadonlySet<number>) => {
        const step = indexStep(size, count - 1);
        const first = Math.max(0, Math.floor(offset / size));
        const end = Math.min(count, Math.ceil((offset + length) / size));
        const few = marked.size <= MOST_MARKED ? [...marked].filter((each) => each >= first && each < end) : [];
        const found = new Set(few);
        for (let index = Math.ceil(first / step) * step; index < end; index += step)
          if (!few.some((each) => Math.abs(each - index) < step)) found.add(index);
        return [...found].map((index) => ({
          index,
          at: (index + 0.5) * size - offset,
          bold: marked.has(index),
        }));
      };
      const above = prepare(columns, box.width, INDICES);
      if (above) {
        above.textAlign = 'center';
        above.textBaseline = 'middle';
        for (const { index, at, bold } of chosen(extent.columns, cell.width, scroll.left, box.width, litColumns))
          write(above, family, bold, String(index), inside(at, String(index).length * DIGIT, box.width), INDICES / 2);
      }
      const wide = indexWidth(extent.rows);
      const beside = prepare(rows, wide, box.height);
      if (beside && extent.rows > 1) {
        beside.textAlign = 'right';
        beside.textBaseline = 'middle';
        for (const { index, at, bold } of chosen(extent.rows, cell.height, scroll.top, box.height, litRows))
          write(beside, family, bold, String(index), wide - 4, inside(at, FONT_PIXELS, box.height));
      }
      rows.parentElement?.style.setProperty('--index-width', `${wide}px`);
    },
  };
}

/** What a band beyond the edges of a grid stands for, and on which sides. */
export interface Edges {
  readonly kind: 'cropped' | 'padded';
  readonly top: boolean;
  readonly left: boolean;
  readonly bottom: boolean;
  readonly right: boolean;
}

export const NO_EDGES: Edges = { kind: 'cropped', top: false, left: false, bottom: false, right: false };

/** Draws the band, hatched for what is cut away and dotted for the zeros that are added. */
export function createBand(): { readonly element: HTMLElement; show(edges: Edges): void } {
  const names = ['top', 'left', 'bottom', 'right'] as const;
  const sides = names.map((name) => ({ name, side: make('span', { class: name, hidden: '' }) }));
  const element = make('div', { class: 'grid-band', 'aria-hidden': 'true' }, ...sides.map(({ side }) => side));
  return {
    element,
    show(edges) {
      element.dataset.kind = edges.kind;
      for (const { name, side } of sides) setHidden(side, !edges[name]);
    },
  };
}
