import { format } from '../../../src/core/problem';
import { type CellLook, drawGrid } from '../../drawing/gridFigure';
import { drawMatrix, elementOf, type ElementLook } from '../../drawing/matrixFigure';
import type { Shape } from '../../drawing/scene';
import { wordsOf } from '../../drawing/words';
import type { Focus } from '../../film/film';
import { same } from '../../film/naming';
import { fittedNumber } from '../../grid/numberText';
import { type MatrixLayout, SUM_SIZE, VALUE } from './matrixLayout';
import { type MatrixAt, type MatrixTold, outputPlaceOf, outputShape } from './matrixWords';
import { moving } from './moving';

/** Not computed yet. */
export const LATER = 0.38;

/** The sums with their values, and the output that they are. */
export function drawResults(
  told: MatrixTold,
  at: MatrixAt,
  layout: MatrixLayout,
  focus: Focus,
  done: number,
  now: number | undefined,
): readonly Shape[] {
  const { form, subject, strings } = told;
  const { outputArea: rows } = subject.plan;
  const { y, sums, top, cellHeight, outputX, outputCell } = layout;
  const isFollowed = (row: number): boolean => same(focus.followed('output'), outputPlaceOf(told, row));
  const shapes: Shape[] = [];
  if (sums > 0)
    shapes.push(
      ...drawMatrix(
        {
          key: 'sums',
          rows,
          columns: 1,
          x: y,
          y: top,
          cellWidth: sums,
          cellHeight,
          title: [],
          ink: 'line',
          look: (row) => ({
            words: told.symbols[row],
            fill: row === now ? 'output-tint' : undefined,
            opacity: row < done ? undefined : LATER,
            at: { tensor: 'output', index: outputPlaceOf(told, row) },
          }),
        },
        SUM_SIZE,
      ),
    );
  shapes.push(
    ...drawMatrix({
      key: 'y',
      rows,
      columns: 1,
      x: y + sums,
      y: top,
      cellWidth: VALUE,
      cellHeight,
      title: [],
      ink: 'output',
      bars: now === undefined ? [] : [{ row: now, ink: 'output', heavy: true }],
      look: (row): ElementLook => ({
        words: row < done ? elementOf(fittedNumber(form.y[row], 6), 'ink', row === now) : undefined,
        fill: row === now ? 'output-strong' : row < done ? 'output-tint' : undefined,
        opacity: row < done ? undefined : LATER,
        ring: isFollowed(row) ? 'output' : undefined,
        at: { tensor: 'output', index: outputPlaceOf(told, row) },
      }),
    }),
    {
      kind: 'text',
      key: 'y-title',
      x: y,
      y: top - 27,
      words: wordsOf(`<o>y</o>  <f>${sums > 130 ? format(strings.everyRowTimesX, [rows]) : rows}</f>`),
      size: 13,
    },
  );
  const output = drawGrid({
    key: 'out',
    shape: outputShape(told),
    x: outputX,
    y: 0,
    cell: outputCell,
    origin: subject.outputOrigin,
    tensor: 'output',
    ink: 'output',
    title: wordsOf(`<o>${strings.output}</o>  <f>${outputShape(told).join(' × ')}</f>`),
    look: (place, flat): CellLook => ({
      value: flat < done ? form.y[flat] : undefined,
      fill: flat === now ? 'output-strong' : flat < done ? 'output-tint' : undefined,
      opacity: flat < done ? undefined : LATER,
      bold: flat === now,
      ring: flat === now || same(focus.followed('output'), place) ? 'output' : undefined,
      heavy: flat === now,
    }),
  });
  const settles = at.kind === 'reshape' || now !== undefined;
  const landing = settles
    ? moving(output.shapes, 'out', (cell) => {
        const place = cell.split(',').map(Number);
        const flat = place.reduce((all, index, axis) => all * outputShape(told)[axis] + index, 0);
        if (now !== undefined && flat !== now) return undefined;
        const [toX, toY] = output.at(place);
        return [
          y + sums + VALUE / 2 - (toX + outputCell / 2),
          top + (flat + 0.5) * cellHeight - (toY + outputCell / 2),
        ];
      })
    : output.shapes;
  return [...shapes, ...landing];
}
