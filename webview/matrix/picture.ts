import { pixelsOf, type MatrixCounts } from '../../src/core/matrix/density';
import { type Entry, entriesIn, type MatrixWindow } from '../../src/core/matrix/entries';
import { columnName, matrixColumns, matrixRows, rowName } from '../../src/core/matrix/layout';
import { pngAddress, TRANSPARENT } from '../drawing/indexedPng';
import { sizeThatFits, widthOfWords } from '../drawing/matrixFigure';
import type { Palette } from '../drawing/palette';
import type { Scene, Shape, Words } from '../drawing/scene';
import type { Picture } from '../drawing/svgText';
import { run } from '../drawing/words';
import { parseColour, type Rgb, wantsDarkText } from '../legend/contrast';
import { nameOf } from './matrixFrame';
import type { ShownMatrix } from './scene';
import { fill, type Wording } from './wording';

/** What a slide has room for, in CSS pixels. */
const ROOM = { width: 900, height: 480 } as const;
const LARGEST = { width: 56, height: 30 } as const;
/** From this size of a cell on it has its number. */
const LEAST_WITH_NUMBER = { width: 26, height: 14 } as const;
const SIZE = 12;
const HEAD = 34;
const SMALL = 11;
const NAME_WIDTH = 104;
/** Steps of the picture of densities, whose faintest is still seen. */
const SHADES = 64;
const FAINTEST = 0.25;

/** What is put into a file of the matrix. */
export interface MatrixInView {
  readonly shown: ShownMatrix;
  readonly window: MatrixWindow;
  readonly counts: MatrixCounts;
  readonly wording: Wording;
  /** Of an entry, as in the pane; nothing where it has none. */
  readonly colourOf: (entry: Entry) => Rgb | undefined;
  /** The sentence of size and entries. */
  readonly size: string;
  /** A template: rows {0}–{1}, columns {2}–{3}. */
  readonly part: string;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

const rowsOf = ({ top, bottom }: MatrixWindow): number => bottom - top;
const columnsOf = ({ left, right }: MatrixWindow): number => right - left;

/** Whether a picture of the window has a pixel for each of its cells. */
export const hasPixels = (window: MatrixWindow): boolean =>
  rowsOf(window) <= ROOM.height && columnsOf(window) <= ROOM.width;

/** Entries in the pane's colours, a pixel each. */
function entryPixels({ window, colourOf }: MatrixInView, entries: readonly Entry[]): string {
  const [rows, columns] = [rowsOf(window), columnsOf(window)];
  const palette: Rgb[] = [];
  const known = new Map<string, number>();
  const indices = new Uint8Array(rows * columns).fill(TRANSPARENT);
  for (const entry of entries) {
    const colour = colourOf(entry);
    if (!colour) continue;
    const name = `${colour.red} ${colour.green} ${colour.blue}`;
    // A colour more than a palette holds looks like the one before it: maps have 256, of which two are neighbours.
    const index = known.get(name) ?? Math.min(palette.length, TRANSPARENT - 1);
    known.set(name, index);
    palette[index] = colour;
    indices[(entry.row - window.top) * columns + entry.column - window.left] = index;
  }
  return pngAddress(indices, columns, rows, palette);
}

/** How many entries there are under each pixel, as shades of the kernel's colour. */
function densityPixels({ shown: { plan }, window, counts }: MatrixInView, palette: Palette): string {
  const [width, height] = [Math.min(ROOM.width, columnsOf(window)), Math.min(ROOM.height, rowsOf(window))];
  const rows = pixelsOf(window.top, height / rowsOf(window), height, matrixRows(plan));
  const columns = pixelsOf(window.left, width / columnsOf(window), width, matrixColumns(plan));
  const density = counts.density(rows, columns).counts;
  const share = (at: number): number => {
    const [row, column] = [Math.floor(at / width), at % width];
    const cells = (rows.to[row] - rows.from[row]) * (columns.to[column] - columns.from[column]);
    return cells === 0 ? 0 : density[at] / cells;
  };
  const shares = Float64Array.from(density, (_, at) => share(at));
  const most = shares.reduce((all, each) => Math.max(all, each), 0);
  const [ink, ground] = [parseColour(palette.kernel), parseColour(palette.ground)];
  const mixed = (part: number, channel: keyof Rgb): number =>
    Math.round(ground[channel] + (ink[channel] - ground[channel]) * part);
  const shades = Array.from({ length: SHADES }, (_, at): Rgb => {
    const part = FAINTEST + ((1 - FAINTEST) * at) / (SHADES - 1);
    return { red: mixed(part, 'red'), green: mixed(part, 'green'), blue: mixed(part, 'blue') };
  });
  const indices = Uint8Array.from(shares, (each) =>
    each === 0 ? TRANSPARENT : Math.round(Math.sqrt(each / most) * (SHADES - 1)),
  );
  return pngAddress(indices, width, height, shades);
}

function numbersOf(view: MatrixInView, entries: readonly Entry[], layout: Layout, cell: Layout): readonly Shape[] {
  const { window, wording, colourOf } = view;
  const shapes: Shape[] = [];
  const known = new Map(entries.map((entry) => [`${entry.row},${entry.column}`, entry]));
  for (let row = window.top; row < window.bottom; row++)
    for (let column = window.left; column < window.right; column++) {
      const entry = known.get(`${row},${column}`);
      const colour = entry && colourOf(entry);
      const words: Words = [
        run(entry ? wording.entry(entry) : '0', !colour ? 'faint' : wantsDarkText(colour) ? 'on-light' : 'on-dark'),
      ];
      const size = sizeThatFits(words, cell.width, cell.height, SIZE);
      if (size !== undefined)
        shapes.push({
          kind: 'text',
          key: `${row},${column}`,
          x: layout.left + (column - window.left + 0.5) * cell.width,
          y: layout.top + (row - window.top + 0.5) * cell.height,
          words,
          size,
          anchor: 'middle',
          mono: true,
        });
    }
  return shapes;
}

/** Where cells are too small for numbers, the names of so many rows and columns as there is room for. */
function namesOf({ shown: { plan, batch }, window }: MatrixInView, layout: Layout, cell: Layout): readonly Shape[] {
  const shapes: Shape[] = [];
  const text = (key: string, x: number, y: number, name: string, anchor: 'start' | 'end'): void => {
    shapes.push({ kind: 'text', key, x, y, words: [run(name, 'faint')], size: SMALL, anchor, mono: true });
  };
  const apart = (room: number, size: number): number => Math.max(1, Math.ceil(room / size));
  for (let column = window.left; column < window.right; column += apart(NAME_WIDTH + 12, cell.width))
    text(
      `name ${column}`,
      layout.left + (column - window.left) * cell.width,
      9,
      columnName(plan, column, batch),
      'start',
    );
  for (let row = window.top; row < window.bottom; row += apart(20, cell.height)) {
    const y = layout.top + (row - window.top + 0.5) * cell.height;
    text(`row ${row}`, layout.left - 6, Math.max(y, layout.top + 5), rowName(plan, row, batch), 'end');
  }
  return shapes;
}

/** Names and values of the inputs over the columns, and of the outputs before the rows. */
function headsOf(
  { shown: { plan, batch }, window, wording }: MatrixInView,
  layout: Layout,
  cell: Layout,
): readonly Shape[] {
  const shapes: Shape[] = [];
  const text = (key: string, x: number, y: number, words: Words, anchor: 'end' | 'middle', room: number): void => {
    const size = sizeThatFits(words, room, 18, SIZE);
    if (size !== undefined) shapes.push({ kind: 'text', key, x, y, words, size, anchor, mono: true });
  };
  for (let column = window.left; column < window.right; column++) {
    const x = layout.left + (column - window.left + 0.5) * cell.width;
    text(`name ${column}`, x, layout.top - 25, [run(columnName(plan, column, batch), 'faint')], 'middle', cell.width);
    text(`value ${column}`, x, layout.top - 9, [run(wording.input(column), 'input')], 'middle', cell.width);
  }
  for (let row = window.top; row < window.bottom; row++) {
    const y = layout.top + (row - window.top + 0.5) * cell.height;
    text(`row ${row}`, layout.left - 6, y, rowHead(plan, row, batch, wording), 'end', layout.left);
  }
  return shapes;
}

const rowHead = (plan: ShownMatrix['plan'], row: number, batch: number, wording: Wording): Words => [
  run(`${rowName(plan, row, batch)} `, 'faint'),
  run(wording.output(row), 'output'),
];

function sceneOf(view: MatrixInView, palette: Palette): Scene {
  const { shown, window } = view;
  const [rows, columns] = [rowsOf(window), columnsOf(window)];
  const cell: Layout = {
    left: 0,
    top: 0,
    width: Math.min(LARGEST.width, ROOM.width / columns),
    height: Math.min(LARGEST.height, ROOM.height / rows),
  };
  const isRead = cell.width >= LEAST_WITH_NUMBER.width && cell.height >= LEAST_WITH_NUMBER.height;
  const heads = Array.from({ length: isRead ? rows : 0 }, (_, at) =>
    widthOfWords(rowHead(shown.plan, window.top + at, shown.batch, view.wording), SIZE),
  );
  const layout: Layout = {
    left: isRead ? Math.ceil(Math.max(...heads)) + 8 : NAME_WIDTH,
    top: isRead ? HEAD : 18,
    width: columns * cell.width,
    height: rows * cell.height,
  };
  const box = { x: layout.left, y: layout.top, width: layout.width, height: layout.height };
  const entries = hasPixels(window) ? entriesIn(shown.plan, window) : [];
  return {
    width: layout.left + layout.width + 1,
    height: layout.top + layout.height + 1,
    shapes: [
      {
        kind: 'pixels',
        key: 'entries',
        ...box,
        address: hasPixels(window) ? entryPixels(view, entries) : densityPixels(view, palette),
      },
      { kind: 'rect', key: 'frame', ...box, stroke: 'kernel', weight: 1.5 },
      ...(isRead
        ? [...headsOf(view, layout, cell), ...numbersOf(view, entries, layout, cell)]
        : namesOf(view, layout, cell)),
    ],
  };
}

/** What is in view of the matrix, for a file: numbers where they can be read, else colours, else how dense it is. */
export function matrixPicture(view: MatrixInView, palette: Palette): Picture {
  const { shown, window, size, part } = view;
  const { plan } = shown;
  const isWhole = rowsOf(window) === matrixRows(plan) && columnsOf(window) === matrixColumns(plan);
  const inView = fill(part, window.top, window.bottom - 1, window.left, window.right - 1);
  return {
    scene: sceneOf(view, palette),
    sentence: [run(`y = ${nameOf(plan)}x`, 'ink', true)],
    numbers: [run(isWhole ? size : `${size} · ${inView}`, 'faint')],
  };
}
