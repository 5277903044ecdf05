import { format } from '../../../src/core/problem';
import { type CellLook, drawGrid, type Figure } from '../../drawing/gridFigure';
import { drawMatrix, elementOf, type ElementLook } from '../../drawing/matrixFigure';
import type { Shape } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Focus, Frame, Room } from '../../film/film';
import { same, unflat } from '../../film/naming';
import { fittedNumber } from '../../grid/numberText';
import { type Im2colLayout, im2colLayout } from './im2colLayout';
import { type Im2colAt, im2colSentences, im2colTables, type Im2colTold, kernelOf, outputOf } from './im2colWords';
import { moving } from './moving';
import { drawPadded, windowShapes } from './paddedInput';
import { symbolWords, tapWords } from './sumWords';

const LATER = 0.38;

interface Step {
  readonly told: Im2colTold;
  readonly at: Im2colAt;
  readonly layout: Im2colLayout;
  readonly focus: Focus;
  /** Columns that are unrolled, products that are made, and the column that this step is about. */
  readonly unrolled: number;
  readonly done: number;
  readonly now: number | undefined;
}

/** One step of im2col as it stands. */
export function im2colFrame(told: Im2colTold, at: Im2colAt, room: Room, focus: Focus): Frame {
  const layout = im2colLayout(told, at, room);
  const outputs = told.derived.columns.length;
  const now = at.kind === 'unroll' || at.kind === 'times' ? at.column : undefined;
  const step: Step = {
    told,
    at,
    layout,
    focus,
    unrolled: at.kind === 'unroll' ? at.column + 1 : outputs,
    done: at.kind === 'times' ? at.column + 1 : at.kind === 'reshape' ? outputs : 0,
    now,
  };
  const input = inputFigure(step);
  const isReplaced = at.kind === 'reshape' && layout.outputAt === undefined;
  const shapes: Shape[] = [
    ...input.shapes,
    ...(at.kind === 'unroll' ? windowOn(step, input, at.column) : []),
    ...(isReplaced ? [] : columnShapes(step, input)),
    ...(at.kind === 'unroll' ? [] : rowShapes(step)),
    ...(isReplaced ? [] : lineShapes(step)),
    ...outputShapes(step),
  ];
  return {
    scene: { width: layout.width, height: layout.height, shapes },
    ...im2colSentences(told, at, focus.followed('output')),
    cell: now === undefined ? undefined : { tensor: 'output', index: unflat(outputOf(told), now) },
    tables: im2colTables(told, at),
  };
}

function inputFigure({ told, at, layout, focus }: Step): Figure {
  const read = new Set(
    at.kind === 'unroll' || at.kind === 'times' ? told.derived.columns[at.column].map(({ place }) => place.join()) : [],
  );
  return drawPadded(
    { subject: told.subject, x: 4, y: 0, cell: layout.inputCell, focus, isRead: (place) => read.has(place.join()) },
    told.strings,
  );
}

const windowOn = ({ told, layout }: Step, figure: Figure, column: number): readonly Shape[] =>
  windowShapes(
    figure,
    layout.inputCell,
    told.derived.columns[column].map(({ place }) => place),
    column > 0 ? told.derived.columns[column - 1].map(({ place }) => place) : undefined,
  );

function columnShapes(step: Step, input: Figure): readonly Shape[] {
  const { told, at, layout, focus, unrolled, now } = step;
  const { derived, strings, subject } = told;
  const { left, top, cellWidth, cellHeight, rows, first, columns } = layout;
  const all = derived.columns.length;
  const followedTap = focus.followed('weight');
  const part = columns < all ? format(strings.columnsShown, [first, first + columns - 1, all]) : '';
  const size = `${subject.plan.kernelArea} × ${all}`;
  const matrix = drawMatrix({
    key: 'cols',
    rows,
    columns,
    x: left,
    y: top,
    cellWidth,
    cellHeight,
    title: wordsOf(`<i>${strings.windowsAsColumns}</i>  <f>${part || size}</f>`),
    ink: 'input',
    rowName: (row) => tapWords(kernelOf(told), row),
    columnName: (column) => symbolWords('y', [column + first], column + first === now ? 'output' : 'faint'),
    bars:
      now === undefined ? [] : [{ column: now - first, ink: at.kind === 'times' ? 'output' : 'kernel', heavy: true }],
    look: (row, column): ElementLook => {
      const index = column + first;
      const { lies, value } = derived.columns[index][row];
      if (index >= unrolled) return { opacity: LATER };
      const fill = lies === 'input' ? (index === now ? 'input-strong' : 'input-tint') : undefined;
      const ring = same(followedTap, unflat(kernelOf(told), row)) ? 'kernel' : undefined;
      const place = derived.columns[index][row].input;
      const cell = place && { tensor: 'input' as const, index: place };
      if (lies === 'zero') return { dot: true, ring };
      return {
        words: elementOf(fittedNumber(value, 4), lies === 'image' ? 'faint' : 'ink', index === now),
        fill,
        ring,
        at: cell,
      };
    },
  });
  const moved =
    at.kind === 'unroll'
      ? moving(matrix, 'cols', (cell) => {
          const [row, column] = cell.split(',').map(Number);
          if (column + first !== at.column) return undefined;
          const [fromX, fromY] = input.at(derived.columns[at.column][row].place);
          const half = layout.inputCell / 2;
          return [fromX + half - (left + (column + 0.5) * cellWidth), fromY + half - (top + (row + 0.5) * cellHeight)];
        })
      : matrix;
  if (rows === subject.plan.kernelArea) return moved;
  const more: Shape = {
    kind: 'text',
    key: 'cols-more',
    x: left,
    y: top + rows * cellHeight + 10,
    words: [run(format(strings.rowsLeftOut, [subject.plan.kernelArea - rows]), 'faint')],
    size: 12,
  };
  return [...moved, more];
}

/** The kernel as a row, before the products. */
function rowShapes({ told, at, layout, focus }: Step): readonly Shape[] {
  const { derived, strings, subject } = told;
  const { rowX, rowCell, cellHeight, lineY, taps } = layout;
  if (rowX === undefined) return [];
  const more = taps < subject.plan.kernelArea ? `  … ${subject.plan.kernelArea - taps}` : '';
  return drawMatrix({
    key: 'row',
    rows: 1,
    columns: taps,
    x: rowX,
    y: lineY,
    cellWidth: rowCell,
    cellHeight,
    title: wordsOf(`<k>${strings.kernelAsRow}</k>  <f>1 × ${subject.plan.kernelArea}${more}</f>`),
    ink: 'kernel',
    look: (_, tap): ElementLook => ({
      words: elementOf(fittedNumber(derived.row[tap], 4), 'ink', at.kind === 'times'),
      fill: at.kind === 'times' ? 'kernel-strong' : 'kernel-tint',
      ring: same(focus.followed('weight'), unflat(kernelOf(told), tap)) ? 'kernel' : undefined,
      at: { tensor: 'weight', index: unflat(kernelOf(told), tap) },
    }),
  });
}

/** The products, each under its column. */
function lineShapes({ told, layout, focus, done, now, at }: Step): readonly Shape[] {
  const { derived, strings } = told;
  const { left, lineY, cellWidth, cellHeight, first, columns } = layout;
  return drawMatrix({
    key: 'y',
    rows: 1,
    columns,
    x: left,
    y: lineY,
    cellWidth,
    cellHeight,
    title: wordsOf(`<o>y</o>  <f>${strings.rowTimesColumns}</f>`),
    ink: 'output',
    opacity: at.kind === 'unroll' || at.kind === 'kernel' ? LATER : undefined,
    look: (_, column): ElementLook => {
      const index = column + first;
      const place = unflat(outputOf(told), index);
      const isNow = index === now && at.kind === 'times';
      if (index >= done) return { opacity: LATER };
      return {
        words: elementOf(fittedNumber(derived.products[index], 5), 'ink', isNow),
        fill: isNow ? 'output-strong' : 'output-tint',
        ring: isNow || same(focus.followed('output'), place) ? 'output' : undefined,
        at: { tensor: 'output', index: place },
      };
    },
  });
}

function outputShapes({ told, at, layout, focus, done, now }: Step): readonly Shape[] {
  const { derived, strings, subject } = told;
  const { outputAt, outputCell, left, top, lineY, cellWidth, cellHeight, first } = layout;
  const corner = outputAt ?? (at.kind === 'reshape' ? ([left, top - 36] as const) : undefined);
  if (!corner) return [];
  const shape = outputOf(told);
  const figure = drawGrid({
    key: 'out',
    shape,
    x: corner[0],
    y: corner[1],
    cell: outputCell,
    origin: subject.outputOrigin,
    tensor: 'output',
    ink: 'output',
    title: wordsOf(`<o>${strings.output}</o>  <f>${shape.join(' × ')}</f>`),
    look: (place, flat): CellLook => {
      const isNow = at.kind === 'times' && flat === now;
      return {
        value: flat < done ? derived.products[flat] : undefined,
        fill: isNow ? 'output-strong' : flat < done ? 'output-tint' : undefined,
        opacity: flat < done ? undefined : LATER,
        ring: isNow || same(focus.followed('output'), place) ? 'output' : undefined,
        heavy: isNow,
      };
    },
  });
  if (at.kind !== 'reshape' || !outputAt) return figure.shapes;
  return moving(figure.shapes, 'out', (cell) => {
    const place = cell.split(',').map(Number);
    const flat = place.reduce((all, each, axis) => all * shape[axis] + each, 0);
    const [toX, toY] = figure.at(place);
    return [
      left + (flat - first + 0.5) * cellWidth - (toX + outputCell / 2),
      lineY + cellHeight / 2 - (toY + outputCell / 2),
    ];
  });
}
