import type { Cell } from '../../src/core/explain/contributions';
import { forEachPosition } from '../../src/core/kernels/positions';
import { fittedNumber } from '../grid/numberText';
import type { Ink, Motion, Shape, Words } from './scene';
import { run } from './words';

/** How one cell looks. */
export interface CellLook {
  readonly value?: number;
  /** Instead of a number. */
  readonly text?: string;
  /** A second, smaller line, such as `2+3`. */
  readonly below?: Words;
  readonly fill?: Ink;
  readonly ink?: Ink;
  readonly bold?: boolean;
  /** A zero that was put in. */
  readonly dot?: boolean;
  /** Of its dot, where it is another than that of zeros. */
  readonly dotInk?: Ink;
  readonly hatched?: boolean;
  /** Its number steps back: a product with 0, a sum that is 0. */
  readonly dim?: boolean;
  /** All of it: what is not computed yet. */
  readonly opacity?: number;
  /** An outline of this cell alone; heavy where the cell is followed. */
  readonly ring?: Ink;
  readonly heavy?: boolean;
  /** Instead of the whole grid's. */
  readonly motion?: Motion;
}

/** A tensor's spatial axes as a grid: a signal is one row, a volume its slices side by side. */
export interface GridFigure {
  /** Begins the keys of its shapes. */
  readonly key: string;
  readonly shape: readonly number[];
  readonly x: number;
  readonly y: number;
  /** Width and height of a cell in pixels. */
  readonly cell: number;
  readonly title: Words;
  /** Of the outline. */
  readonly ink: Ink;
  /** Indices along the edges begin with these. None: no indices. */
  readonly origin?: readonly number[];
  /** Which tensor its cells belong to; pointing at a cell points at the same place there. */
  readonly tensor?: Cell['tensor'];
  /** The place in that tensor, where it is another than here. */
  readonly placeOf?: (place: readonly number[]) => readonly number[] | undefined;
  readonly motion?: Motion;
  readonly dashed?: boolean;
  readonly look: (place: readonly number[], flat: number) => CellLook;
}

export interface Figure {
  readonly shapes: readonly Shape[];
  /** Of all of it, from its own `x` and `y`. */
  readonly width: number;
  readonly height: number;
  /** Upper left corner of a cell. */
  at(place: readonly number[]): readonly [x: number, y: number];
}

const TITLE = 20;
const INDEX = 15;
const MARGIN = 18;
/** Under this a cell has no number. */
const LEAST_WITH_NUMBER = 13;

interface Layout {
  readonly slices: number;
  readonly rows: number;
  readonly columns: number;
  readonly left: number;
  readonly top: number;
  readonly gap: number;
}

function layoutOf({ shape, cell, origin }: Pick<GridFigure, 'shape' | 'cell' | 'origin'>): Layout {
  const [slices, rows, columns] = [1, 1, 1, ...shape].slice(-3);
  return {
    slices,
    rows,
    columns,
    left: origin && shape.length > 1 ? MARGIN : 0,
    top: TITLE + (origin ? INDEX : 0) + (slices > 1 ? INDEX : 0),
    gap: Math.max(12, Math.round(cell * 0.6)),
  };
}

/** How much room a figure takes, without drawing it. */
export function sizeOfGrid(figure: Pick<GridFigure, 'shape' | 'cell' | 'origin'>): {
  readonly width: number;
  readonly height: number;
} {
  const { slices, rows, columns, left, top, gap } = layoutOf(figure);
  return { width: left + slices * columns * figure.cell + (slices - 1) * gap, height: top + rows * figure.cell };
}

/** Size of the numbers in a cell of so many pixels. */
export const numberSize = (cell: number): number => Math.max(9, Math.min(22, Math.round(cell * 0.4)));

function cellShapes(figure: GridFigure, look: CellLook, place: readonly number[], x: number, y: number): Shape[] {
  const { key, cell, tensor, placeOf } = figure;
  const motion = look.motion ?? figure.motion;
  const name = `${key}:${place.join()}`;
  const { opacity } = look;
  const owner = placeOf ? placeOf(place) : place;
  const at = tensor && owner ? { tensor, index: owner } : undefined;
  const shapes: Shape[] = [
    {
      kind: 'rect',
      key: name,
      x,
      y,
      width: cell,
      height: cell,
      fill: look.fill,
      stroke: 'line',
      hatched: look.hatched,
      at,
      motion,
      opacity,
    },
  ];
  const middle = [x + cell / 2, y + cell / 2] as const;
  if (look.dot) {
    const radius = Math.max(1.5, Math.min(3, cell / 9));
    shapes.push({
      kind: 'dot',
      key: `${name}.`,
      x: middle[0],
      y: middle[1],
      radius,
      stroke: look.dotInk ?? 'zero',
      motion,
      opacity,
    });
  }
  const size = numberSize(cell);
  const characters = Math.floor((cell - 4) / (size * 0.62));
  const text =
    look.text ??
    (look.value !== undefined && cell >= LEAST_WITH_NUMBER ? fittedNumber(look.value, characters) : undefined);
  if (text !== undefined && text.length <= Math.max(characters, 1)) {
    const words = [run(text, look.dim ? 'faint' : look.ink, look.bold)];
    const belowSize = Math.max(8, Math.round(cell * 0.22));
    const belowWidth = (look.below ?? []).reduce((all, each) => all + each.text.length * belowSize * 0.62, 0);
    const below = cell >= 34 && belowWidth <= cell ? look.below : undefined;
    const up = below ? cell * 0.14 : 0;
    shapes.push({
      kind: 'text',
      key: `${name}#`,
      x: middle[0],
      y: middle[1] - up,
      words,
      size,
      anchor: 'middle',
      mono: true,
      motion,
      opacity,
    });
    if (below)
      shapes.push({
        kind: 'text',
        key: `${name}~`,
        x: middle[0],
        y: y + cell * 0.78,
        words: below,
        size: belowSize,
        anchor: 'middle',
        mono: true,
        motion,
        opacity,
      });
  }
  return shapes;
}

/** Draws a figure. Outlines of single cells come last, over all cells. */
export function drawGrid(figure: GridFigure): Figure {
  const { key, shape, x, y, cell, origin, ink, motion, dashed } = figure;
  const { slices, rows, columns, left, top, gap } = layoutOf(figure);
  const at = (place: readonly number[]): readonly [number, number] => {
    const [slice, row, column] = [0, 0, 0, ...place].slice(-3);
    return [x + left + slice * (columns * cell + gap) + column * cell, y + top + row * cell];
  };
  const shapes: Shape[] = [];
  const rings: Shape[] = [];
  if (figure.title.length > 0)
    shapes.push({
      kind: 'text',
      key: `${key}-title`,
      x: x + left,
      y: y + TITLE / 2 - 1,
      words: figure.title,
      size: 13,
    });
  forEachPosition(shape, (position, flat) => {
    const place = [...position];
    const look = figure.look(place, flat);
    const [cellX, cellY] = at(place);
    shapes.push(...cellShapes(figure, look, place, cellX, cellY));
    if (look.ring)
      rings.push({
        kind: 'rect',
        key: `${key}:${place.join()}o`,
        x: cellX,
        y: cellY,
        width: cell,
        height: cell,
        stroke: look.ring,
        weight: look.heavy ? 2.5 : 1.5,
        motion: look.motion ?? motion,
      });
  });
  const index = (name: string, value: number, tx: number, ty: number): Shape => ({
    kind: 'text',
    key: `${key}-${name}${value}`,
    x: tx,
    y: ty,
    words: [run(value, 'faint')],
    size: 10,
    anchor: 'middle',
    mono: true,
  });
  for (let slice = 0; slice < slices; slice++) {
    const [left0, top0] = at([slice, 0, 0]);
    shapes.push({
      kind: 'rect',
      key: `${key}-frame${slice}`,
      x: left0,
      y: top0,
      width: columns * cell,
      height: rows * cell,
      stroke: ink,
      weight: 1.5,
      dashed,
      motion,
    });
    if (slices > 1)
      shapes.push({
        kind: 'text',
        key: `${key}-slice${slice}`,
        x: left0,
        y: top0 - INDEX - (origin ? INDEX : 0) + INDEX / 2,
        words: [run(`z ${slice + (origin?.at(-3) ?? 0)}`, 'faint')],
        size: 10,
        mono: true,
      });
    // Where cells are small every second or fifth index is enough.
    const step = cell >= 16 ? 1 : cell >= 9 ? 2 : 5;
    if (origin) {
      for (let column = 0; column < columns; column += step)
        shapes.push(
          index(`c${slice}-`, column + (origin.at(-1) ?? 0), left0 + (column + 0.5) * cell, top0 - INDEX / 2),
        );
      if (shape.length > 1 && slice === 0)
        for (let row = 0; row < rows; row += step)
          shapes.push(index('r', row + (origin.at(-2) ?? 0), left0 - MARGIN / 2, top0 + (row + 0.5) * cell));
    }
  }
  return { shapes: [...shapes, ...rings], ...sizeOfGrid(figure), at };
}
