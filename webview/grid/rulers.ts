import { make, setHidden } from '../dom';
import type { GridName } from '../gridName';
import { GRID_ROLES, roleColour } from '../theme';
import { INDICES, indexWidth } from '../stage/measures';
import { setLength } from './gridLayout';
import { rulerIndices } from './rulerIndices';
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

const FONT_PIXELS = 11;
/** Of a digit in the editor's font, in CSS pixels. */
const DIGIT = 6.8;
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
    context.fillStyle = bold ? roleColour(GRID_ROLES[name]) : roleColour('faint');
    context.fillText(text, x, y);
  };

  return {
    columns,
    rows,
    paint(frame) {
      const { extent, cell, box, scroll, lit } = frame;
      const litRows = new Set(lit.map(({ row }) => row));
      const litColumns = new Set(lit.map(({ column }) => column));
      const colours = [roleColour(GRID_ROLES[name]), roleColour('faint'), window.devicePixelRatio].join();
      const state = [
        [extent.rows, extent.columns, cell.width, cell.height, box.width, box.height, scroll.left, scroll.top].join(),
        [...litRows].join(),
        [...litColumns].join(),
        colours,
      ].join(' ');
      if (state === shown) return;
      shown = state;
      const family = getComputedStyle(columns).fontFamily;
      const above = prepare(columns, box.width, INDICES);
      if (above) {
        above.textAlign = 'center';
        above.textBaseline = 'middle';
        for (const { index, at, bold } of rulerIndices(
          {
            count: extent.columns,
            cell: cell.width,
            offset: scroll.left,
            room: box.width,
            lengthOf: (each) => String(each).length * DIGIT,
          },
          litColumns,
        ))
          write(above, family, bold, String(index), at, INDICES / 2);
      }
      const wide = indexWidth(extent.rows);
      const beside = prepare(rows, wide, box.height);
      if (beside && extent.rows > 1) {
        beside.textAlign = 'right';
        beside.textBaseline = 'middle';
        for (const { index, at, bold } of rulerIndices(
          { count: extent.rows, cell: cell.height, offset: scroll.top, room: box.height, lengthOf: () => FONT_PIXELS },
          litRows,
        ))
          write(beside, family, bold, String(index), wide - 4, at);
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
