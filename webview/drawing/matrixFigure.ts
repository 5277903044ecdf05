import type { Cell } from '../../src/core/explain/contributions';
import type { Ink, Motion, Shape, Words } from './scene';
import { run } from './words';

/** How an element of a matrix looks. */
export interface ElementLook {
  readonly words?: Words;
  readonly fill?: Ink;
  /** Zero whatever the weights. */
  readonly dot?: boolean;
  readonly opacity?: number;
  readonly ring?: Ink;
  /** The cell of the document that it stands for. */
  readonly at?: Cell;
  readonly motion?: Motion;
}

/** A matrix or a column of numbers, with names at its rows and columns; its cells need not be square. */
export interface MatrixFigure {
  /** Begins the keys of its shapes. */
  readonly key: string;
  readonly rows: number;
  readonly columns: number;
  /** Upper left corner of the first element: title and names are outside of it. */
  readonly x: number;
  readonly y: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly title: Words;
  readonly ink: Ink;
  /** Written before each row, and over each column. */
  readonly rowName?: (row: number) => Words;
  readonly columnName?: (column: number) => Words;
  /** Bars around whole rows and columns. */
  readonly bars?: readonly { readonly row?: number; readonly column?: number; readonly ink: Ink; heavy?: boolean }[];
  /** Names an element from step to step; by row and column if it is not said. */
  readonly keyOf?: (row: number, column: number) => string;
  readonly look: (row: number, column: number) => ElementLook;
  readonly opacity?: number;
}

/** Height that title and column names take over a matrix. */
export const MATRIX_TITLE = 20;
export const MATRIX_NAMES = 16;
const SIZE = 13;
/** Width of a letter of the editor's font, as a share of its size. */
const LETTER = 0.61;

/** About how many pixels words take in the editor's font. */
export const widthOfWords = (words: Words, size: number): number =>
  words.reduce((all, { text, sub }) => all + text.length * size * LETTER * (sub ? 0.8 : 1), 0);

/** The largest size of letters, of at most `most`, with which the words fit; nothing where they would be too small. */
export function sizeThatFits(words: Words, width: number, height: number, most: number): number | undefined {
  const size = Math.min(most, height * 0.72, (width - 2) / Math.max(widthOfWords(words, 1), 0.1));
  return size >= 6.5 ? Math.round(size * 2) / 2 : undefined;
}

function elementShapes(figure: MatrixFigure, look: ElementLook, row: number, column: number, size: number): Shape[] {
  const { key, x, y, cellWidth, cellHeight, keyOf } = figure;
  const { motion, at } = look;
  const opacity = look.opacity ?? figure.opacity;
  const name = `${key}:${keyOf ? keyOf(row, column) : `${row},${column}`}`;
  const [left, top] = [x + column * cellWidth, y + row * cellHeight];
  const [middleX, middleY] = [left + cellWidth / 2, top + cellHeight / 2];
  const shapes: Shape[] = [
    {
      kind: 'rect',
      key: name,
      x: left,
      y: top,
      width: cellWidth,
      height: cellHeight,
      fill: look.fill,
      stroke: 'line',
      at,
      motion,
      opacity,
    },
  ];
  if (look.dot)
    shapes.push({
      kind: 'dot',
      key: `${name}.`,
      x: middleX,
      y: middleY,
      radius: Math.max(1, Math.min(2.5, cellWidth / 9, cellHeight / 9)),
      stroke: 'zero',
      motion,
      opacity,
    });
  const letters = look.words && sizeThatFits(look.words, cellWidth, cellHeight, size);
  if (look.words && letters)
    shapes.push({
      kind: 'text',
      key: `${name}#`,
      x: middleX,
      y: middleY,
      words: look.words,
      size: letters,
      anchor: 'middle',
      mono: true,
      motion,
      opacity,
    });
  return shapes;
}

/** Draws a matrix. Its bars come last, over all elements. `size` of its letters at most. */
export function drawMatrix(figure: MatrixFigure, size = SIZE): readonly Shape[] {
  const { key, rows, columns, x, y, cellWidth, cellHeight, title, ink, rowName, columnName, opacity } = figure;
  const shapes: Shape[] = [];
  const rings: { readonly row: number; readonly column: number; readonly ring: Ink }[] = [];
  const names = columnName ? MATRIX_NAMES : 0;
  if (title.length > 0)
    shapes.push({
      kind: 'text',
      key: `${key}-title`,
      x,
      y: y - names - MATRIX_TITLE / 2 - 1,
      words: title,
      size: 13,
      opacity,
    });
  const name = (kind: string, at: number, words: Words, nx: number, ny: number, room: number): void => {
    const fits = sizeThatFits(words, room, MATRIX_NAMES, 11);
    if (fits)
      shapes.push({
        kind: 'text',
        key: `${key}-${kind}${at}`,
        x: nx,
        y: ny,
        words,
        size: fits,
        anchor: kind === 'row' ? 'end' : 'middle',
        mono: true,
        opacity,
      });
  };
  for (let row = 0; row < rows; row++) {
    if (rowName && cellHeight >= 9) name('row', row, rowName(row), x - 5, y + (row + 0.5) * cellHeight, 1000);
    for (let column = 0; column < columns; column++) {
      const look = figure.look(row, column);
      shapes.push(...elementShapes(figure, look, row, column, size));
      if (look.ring) rings.push({ row, column, ring: look.ring });
    }
  }
  if (columnName)
    for (let column = 0; column < columns; column++)
      name('column', column, columnName(column), x + (column + 0.5) * cellWidth, y - MATRIX_NAMES / 2, cellWidth);
  const frame = (part: string, rect: readonly [number, number, number, number], stroke: Ink, weight: number): void => {
    const [left, top, width, height] = rect;
    shapes.push({
      kind: 'rect',
      key: `${key}-${part}`,
      x: left,
      y: top,
      width,
      height,
      stroke,
      weight,
      opacity,
    });
  };
  frame('frame', [x, y, columns * cellWidth, rows * cellHeight], ink, 1.5);
  (figure.bars ?? []).forEach(({ row, column, ink: stroke, heavy }, at) => {
    const [left, width] = column === undefined ? [x, columns * cellWidth] : [x + column * cellWidth, cellWidth];
    const [top, height] = row === undefined ? [y, rows * cellHeight] : [y + row * cellHeight, cellHeight];
    frame(`bar${at}`, [left, top, width, height], stroke, heavy ? 2.5 : 1.5);
  });
  for (const { row, column, ring } of rings)
    frame(`ring${row},${column}`, [x + column * cellWidth, y + row * cellHeight, cellWidth, cellHeight], ring, 1.5);
  return shapes;
}

/** A number as the words of an element. */
export const elementOf = (text: string | number, ink?: Ink, bold?: boolean): Words => [run(text, ink, bold)];
