import { format } from '../../../src/core/problem';
import { type CellLook, drawGrid } from '../../drawing/gridFigure';
import { drawMatrix, elementOf, type ElementLook } from '../../drawing/matrixFigure';
import type { Shape, Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Focus } from '../../film/film';
import { signOf } from '../../film/layout';
import { same, unflat } from '../../film/naming';
import { fittedNumber } from '../../grid/numberText';
import { type BuildLayout, placeInC } from './matrixBuild';
import { type MatrixLayout, VALUE } from './matrixLayout';
import { drawResults, LATER } from './matrixResults';
import {
  entryWords,
  inputName,
  inputPlace,
  inputShape,
  isConv,
  kernelShape,
  type MatrixAt,
  matrixName,
  type MatrixTold,
  outputName,
} from './matrixWords';
import { moving } from './moving';
import { symbolWords } from './sumWords';

/** How far the film has come: how many rows are multiplied, and which one now. */
function progress(told: MatrixTold, at: MatrixAt): { readonly done: number; readonly now: number | undefined } {
  const now = at.kind === 'row' ? at.row : undefined;
  const before = at.kind === 'flatten' || at.kind === 'transpose' || at.kind === 'build';
  return { done: now === undefined ? (before ? 0 : told.form.rows.length) : now + 1, now };
}

/** The matrix, the input as a column, the output as a column, and the output as it is. */
export function drawProduct(
  told: MatrixTold,
  at: MatrixAt,
  layout: MatrixLayout,
  build: BuildLayout,
  focus: Focus,
): readonly Shape[] {
  const { form, subject } = told;
  const { inputArea: columns, outputArea: rows } = subject.plan;
  const { done, now } = progress(told, at);
  const reads = new Set(now === undefined ? [] : form.rows[now].map(({ input }) => input));
  const inputs = smallGrids(told, at, layout, focus, reads);
  const { left, top, cellWidth, cellHeight, x } = layout;
  const shapes: Shape[] = [...matrixShapes(told, at, layout, build, focus, now), ...inputs];
  const middle = top + (Math.max(rows, columns) * cellHeight) / 2;
  shapes.push(signOf('·', left + columns * cellWidth + 13, Math.min(middle, top + (columns * cellHeight) / 2)));
  const column = drawMatrix({
    key: 'x',
    rows: columns,
    columns: 1,
    x,
    y: top,
    cellWidth: VALUE,
    cellHeight,
    title: wordsOf(`<i>x</i>  <f>${columns}</f>`),
    ink: 'input',
    look: (row): ElementLook => ({
      words: elementOf(fittedNumber(form.x[row], 6), 'ink', reads.has(row)),
      fill: reads.has(row) ? 'input-strong' : 'input-tint',
      ring: same(focus.followed('input'), inputPlace(told, row)) ? 'input' : undefined,
      at: { tensor: 'input', index: inputPlace(told, row) },
    }),
  });
  shapes.push(
    ...(at.kind === 'flatten' && layout.inputAt
      ? moving(column, 'x', (cell) => {
          const flat = Number(cell.split(',')[0]);
          const [fromX, fromY] = placeOnGrid(
            layout.inputAt ?? [0, 0],
            inputShape(told),
            inputPlace(told, flat),
            layout,
          );
          return [fromX - x, fromY - (top + flat * cellHeight)];
        })
      : column),
  );
  shapes.push(signOf('=', layout.y - 15, Math.min(middle, top + (rows * cellHeight) / 2)));
  return [...shapes, ...drawResults(told, at, layout, focus, done, now), ...captions(told, layout)];
}

/** Upper left corner of a cell of a small grid, which has its title and indices above it. */
function placeOnGrid(
  [x, y]: readonly [number, number],
  shape: readonly number[],
  place: readonly number[],
  { smallCell }: MatrixLayout,
): readonly [number, number] {
  const figure = drawGrid({
    key: '',
    shape,
    x,
    y,
    cell: smallCell,
    origin: shape.map(() => 0),
    title: [],
    ink: 'line',
    look: () => ({}),
  });
  return figure.at(place);
}

function matrixShapes(
  told: MatrixTold,
  at: MatrixAt,
  layout: MatrixLayout,
  build: BuildLayout,
  focus: Focus,
  now: number | undefined,
): readonly Shape[] {
  const { subject, strings } = told;
  const { inputArea: columns, outputArea: rows } = subject.plan;
  const { left, top, cellWidth, cellHeight } = layout;
  const followedInput = focus.followed('input');
  const followedTap = focus.followed('weight');
  const followedColumn = Array.from({ length: columns }, (_, each) => each).find((each) =>
    same(followedInput, inputPlace(told, each)),
  );
  const matrix = drawMatrix({
    key: 'm',
    rows,
    columns,
    x: left,
    y: top,
    cellWidth,
    cellHeight,
    title: wordsOf(`<k>${matrixName(told)}</k>  <f>${format(strings.stepsMatrixSize, [rows, columns])}</f>`),
    ink: 'kernel',
    opacity: at.kind === 'flatten' ? LATER : undefined,
    rowName: (row) => [run(outputName(told, row), row === now ? 'output' : 'faint', row === now)],
    columnName: (column) =>
      cellWidth >= 44
        ? [run(inputName(told, column), column === followedColumn ? 'input' : 'faint')]
        : symbolWords('x', [column], column === followedColumn ? 'input' : 'faint'),
    bars: [
      ...(followedColumn === undefined ? [] : [{ column: followedColumn, ink: 'input' as const }]),
      ...(now === undefined ? [] : [{ row: now, ink: 'output' as const, heavy: true }]),
    ],
    look: (row, column): ElementLook => {
      const element = told.element(row, column);
      if (!element) return { dot: at.kind !== 'flatten' };
      const [tap] = element.taps;
      const place = unflat(kernelShape(told), tap);
      const isFollowed = same(followedTap, place);
      const strong = row === now || column === followedColumn || isFollowed;
      return {
        words: at.kind === 'flatten' ? undefined : entryWords(told, element, strong),
        fill: strong ? 'kernel-strong' : 'kernel-tint',
        ring: isFollowed ? 'kernel' : undefined,
        at: { tensor: 'weight', index: place },
      };
    },
  });
  if (at.kind !== 'transpose') return matrix;
  return moving(matrix, 'm', (cell) => {
    const [row, column] = cell.split(',').map(Number);
    const [fromX, fromY] = placeInC(build, column, row);
    return [
      fromX + (build.cellWidth - cellWidth) / 2 - (left + column * cellWidth),
      fromY + (build.cellHeight - cellHeight) / 2 - (top + row * cellHeight),
    ];
  });
}

function smallGrids(
  told: MatrixTold,
  at: MatrixAt,
  layout: MatrixLayout,
  focus: Focus,
  reads: ReadonlySet<number>,
): readonly Shape[] {
  const { form, subject, strings } = told;
  const shapes: Shape[] = [];
  const grid = (
    key: string,
    [x, y]: readonly [number, number],
    shape: readonly number[],
    title: Words,
    tensor: 'input' | 'weight',
    look: (place: readonly number[], flat: number) => CellLook,
  ): void => {
    shapes.push(
      ...drawGrid({
        key,
        shape,
        x,
        y,
        cell: layout.smallCell,
        origin: tensor === 'input' ? subject.inputOrigin : shape.map(() => 0),
        title,
        tensor,
        ink: tensor === 'input' ? 'input' : 'kernel',
        look,
      }).shapes,
    );
  };
  if (layout.inputAt)
    grid('in', layout.inputAt, inputShape(told), wordsOf(`<i>${strings.input}</i>`), 'input', (place, flat) => ({
      value: form.x[flat],
      fill: reads.has(flat) || focus.isLit('input', place) ? 'input-strong' : 'input-tint',
      ring: same(focus.followed('input'), place) ? 'input' : undefined,
    }));
  if (layout.kernelAt && at.kind !== 'flatten')
    grid('w', layout.kernelAt, kernelShape(told), wordsOf(`<k>${strings.kernel}</k>`), 'weight', (place, flat) => ({
      value: subject.weight.data[flat],
      fill: focus.isLit('weight', place) ? 'kernel-strong' : 'kernel-tint',
      ring: same(focus.followed('weight'), place) ? 'kernel' : undefined,
    }));
  return shapes;
}

function captions(told: MatrixTold, { left, top, cellHeight, inputAt }: MatrixLayout): readonly Shape[] {
  const { strings, subject } = told;
  const { inputArea, outputArea } = subject.plan;
  const y = top + Math.max(inputArea, outputArea) * cellHeight + 14;
  if (isConv(told) && inputAt && inputAt[1] + 60 > y) return [];
  const words: Words = [
    run(format(strings.rowIsGather, [matrixName(told)]), 'output'),
    run('  ·  ', 'faint'),
    run(isConv(told) ? strings.columnIsUse : strings.columnIsStamp, 'input'),
  ];
  return [{ kind: 'text', key: 'captions', x: left, y, words, size: 12 }];
}
