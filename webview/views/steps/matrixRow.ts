import type { MatrixElement } from '../../../src/core/derive/matrixForm';
import { format } from '../../../src/core/problem';
import type { Ink, Shape, Words } from '../../drawing/scene';
import { run } from '../../drawing/words';
import { brief } from '../../film/naming';
import { entryWords, isConv, type MatrixAt, type MatrixTold, outputName } from './matrixWords';
import { symbolWords } from './sumWords';

const TITLE = 22;
/** Of an entry of the row that is written in full: a tap over an element of x over their product. */
const FULL_WIDTH = 46;
const FULL_LINE = 20;
/** Of all of it. */
export const FULL_HEIGHT = TITLE + 3 * FULL_LINE + 8;

/** One row: each entry over the element of x that it meets, over their product. */
export function rowInFull(
  told: MatrixTold,
  at: MatrixAt,
  line: readonly MatrixElement[],
  y: number,
  room: number,
): { readonly shapes: readonly Shape[]; readonly width: number } {
  const { form, strings } = told;
  const isRow = at.kind === 'row';
  const fits = Math.max(1, Math.floor((room - 60) / FULL_WIDTH));
  const shown = line.slice(0, fits);
  const index = at.kind === 'row' ? at.row : at.kind === 'build' ? at.site : 0;
  const name = isRow ? outputName(told, at.row) : '';
  const shapes: Shape[] = [
    {
      kind: 'text',
      key: 'full-title',
      x: 4,
      y: y + 8,
      words: [
        run(format(strings.rowInFull, [index, name || 'C']), 'ink'),
        ...(line.length === 0 ? [run(`  ${strings.nothingInRow}`, 'faint')] : []),
      ],
      size: 12,
    },
  ];
  const text = (key: string, x: number, row: number, words: Words): void => {
    shapes.push({
      kind: 'text',
      key: `full-${key}`,
      x,
      y: y + TITLE + (row + 0.5) * FULL_LINE,
      words,
      size: 12,
      anchor: 'middle',
      mono: true,
    });
  };
  shown.forEach((element, place) => {
    const x = 4 + place * FULL_WIDTH;
    const others: readonly (readonly [string, Ink])[] = isRow
      ? [
          ['w', 'kernel-tint'],
          ['x', 'input-tint'],
        ]
      : [['w', 'kernel-tint']];
    others.forEach(([kind, fill], row) =>
      shapes.push({
        kind: 'rect',
        key: `full-${kind}${place}`,
        x,
        y: y + TITLE + row * FULL_LINE,
        width: FULL_WIDTH,
        height: FULL_LINE,
        fill,
        stroke: 'line',
      }),
    );
    text(`a${place}`, x + FULL_WIDTH / 2, 0, entryWords(told, element));
    const letter = isConv(told) || isRow ? 'x' : 'y';
    const under = letter === 'x' ? element.input : element.output;
    text(`b${place}`, x + FULL_WIDTH / 2, 1, symbolWords(letter, [under], letter === 'x' ? 'input' : 'output'));
    if (isRow) text(`c${place}`, x + FULL_WIDTH / 2, 2, [run(brief(element.value * form.x[element.input]))]);
  });
  const end = 4 + shown.length * FULL_WIDTH + 10;
  if (line.length > shown.length)
    shapes.push({
      kind: 'text',
      key: 'full-more',
      x: end,
      y: y + TITLE + 0.5 * FULL_LINE,
      words: [run(format(strings.moreTerms, [line.length - shown.length]), 'faint')],
      size: 12,
    });
  if (isRow && at.kind === 'row')
    shapes.push({
      kind: 'text',
      key: 'full-sum',
      x: end,
      y: y + TITLE + 2.5 * FULL_LINE,
      words: [run('= '), run(brief(form.y[at.row]), 'output', true)],
      size: 13,
      mono: true,
    });
  return { shapes, width: end + 60 };
}
