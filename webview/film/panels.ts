import { drawGrid, type Figure, type GridFigure, sizeOfGrid } from '../drawing/gridFigure';
import type { Shape, Words } from '../drawing/scene';
import { run } from '../drawing/words';
import { signOf } from './layout';

/** A grid with what is said about it: over it two lines, under it one. */
export interface Panel extends Omit<GridFigure, 'x' | 'y' | 'cell' | 'title'> {
  readonly caption: Words;
  /** Second line: its size, and how that comes about. */
  readonly size: Words;
  readonly note?: Words;
}

/** Panels side by side, with a sign or an arrow between them. */
export interface PanelRow {
  readonly panels: readonly Panel[];
  readonly joins: readonly string[];
  /** Both lines over a panel in one: where panels stand one under the other. */
  readonly flat?: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const LINE = 18;
const NOTE = 17;
const JOIN = 40;
const TEXT = 13;
const SMALL = 11;

/** About how wide a text is; Chinese signs are as wide as they are high. */
export const textWidth = (words: Words, size: number): number =>
  words.reduce(
    (all, { text, bold }) =>
      all + [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 1 : bold ? 0.58 : 0.54) * size, 0),
    0,
  );

const titleOf = ({ caption, size }: Panel, flat: boolean): Words => (flat ? [...caption, run('  '), ...size] : size);

/** How wide its lines are: the same whatever the size of a cell, and asked for many sizes. */
const texts = new WeakMap<Panel, number>();

function textsOf(panel: Panel, flat: boolean): number {
  const known = texts.get(panel);
  if (known) return known;
  const lines = [titleOf(panel, flat), ...(flat ? [] : [panel.caption])].map((words) => textWidth(words, TEXT));
  const measured = Math.max(...lines) + 18;
  texts.set(panel, measured);
  return measured;
}

function sizeOfPanel(panel: Panel, cell: number, flat: boolean): Size {
  const grid = sizeOfGrid({ shape: panel.shape, origin: panel.origin, cell });
  // A note may run on under what stands beside it; a line above may not.
  return {
    width: Math.max(grid.width, textsOf(panel, flat)),
    height: grid.height + (flat ? 0 : LINE) + (panel.note ? NOTE : 0),
  };
}

export function sizeOfRow({ panels, flat = false }: PanelRow, cell: number): Size {
  const sizes = panels.map((panel) => sizeOfPanel(panel, cell, flat));
  return {
    width: sizes.reduce((all, { width }) => all + width, 0) + Math.max(0, panels.length - 1) * JOIN,
    height: Math.max(0, ...sizes.map(({ height }) => height)),
  };
}

/** Rows one under the other, with so much between them. */
export const sizeOfRows = (rows: readonly PanelRow[], cell: number, gap: number): Size => {
  const sizes = rows.map((row) => sizeOfRow(row, cell));
  return {
    width: Math.max(0, ...sizes.map(({ width }) => width)),
    height: sizes.reduce((all, { height }) => all + height, 0) + Math.max(0, rows.length - 1) * gap,
  };
};

/** The panels of a row, drawn; each figure under its key says where its cells are. */
export function drawRow(
  { panels, joins, flat = false }: PanelRow,
  x: number,
  y: number,
  cell: number,
): { readonly shapes: readonly Shape[]; readonly figures: ReadonlyMap<string, Figure> } {
  const shapes: Shape[] = [];
  const figures = new Map<string, Figure>();
  const middle = Math.max(
    ...panels.map((panel) => (panel.shape.length > 1 ? panel.shape[panel.shape.length - 2] : 1) * cell),
  );
  let left = x;
  for (const [index, panel] of panels.entries()) {
    const size = sizeOfPanel(panel, cell, flat);
    const top = y + (flat ? 0 : LINE);
    const figure = drawGrid({ ...panel, x: left, y: top, cell, title: titleOf(panel, flat) });
    figures.set(panel.key, figure);
    const [gridX, gridY] = figure.at(panel.shape.map(() => 0));
    if (!flat)
      shapes.push({
        kind: 'text',
        key: `${panel.key}-caption`,
        x: gridX,
        y: y + LINE / 2,
        words: panel.caption,
        size: TEXT,
      });
    shapes.push(...figure.shapes);
    if (panel.note)
      shapes.push({
        kind: 'text',
        key: `${panel.key}-note`,
        x: gridX,
        y: top + figure.height + NOTE / 2 + 1,
        words: panel.note,
        size: SMALL,
      });
    left += size.width;
    const join = joins.at(index);
    if (join && index < panels.length - 1) {
      const at = gridY + Math.min(middle, (panel.shape.at(-2) ?? 1) * cell) / 2;
      if (join === '→')
        shapes.push({
          kind: 'line',
          key: `join ${panel.key}`,
          points: [
            [left - size.width + figure.width + 6, at],
            [left + JOIN - 22, at],
          ],
          stroke: 'faint',
          arrow: true,
        });
      else shapes.push(signOf(join, left + JOIN / 2 - 4, at));
    }
    left += JOIN;
  }
  return { shapes, figures };
}
