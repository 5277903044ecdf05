import type { Im2col } from '../../../src/core/derive/im2col';
import type { Subject } from '../../../src/core/derive/subject';
import { cellName } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Frame, Table } from '../../film/film';
import { brief, plus, unflat } from '../../film/naming';
import { outputNumbers } from './outputNumbers';
import { productWords, sumInWords, tapWords } from './sumWords';

/** What a step of im2col is about. */
export type Im2colAt =
  { readonly kind: 'kernel' | 'reshape' } | { readonly kind: 'unroll' | 'times'; readonly column: number };

/** What the film of im2col knows. */
export interface Im2colTold {
  readonly subject: Subject;
  readonly derived: Im2col;
  readonly strings: Strings;
}

export const kernelOf = ({ subject }: Im2colTold): readonly number[] => subject.plan.weightShape.slice(2);
export const outputOf = ({ subject }: Im2colTold): readonly number[] => subject.plan.outputShape.slice(2);
export const columnName = (told: Im2colTold, column: number): string =>
  cellName('out', plus(unflat(outputOf(told), column), told.subject.outputOrigin));

function listed(values: readonly number[]): string {
  const most = 12;
  return `(${values
    .slice(0, most)
    .map(brief)
    .concat(values.length > most ? ['…'] : [])
    .join(', ')})`;
}

/** What a step says, in words and in numbers. */
export function im2colSentences(
  told: Im2colTold,
  at: Im2colAt,
  followed: readonly number[] | undefined,
): Pick<Frame, 'sentence' | 'numbers'> {
  const { subject, derived, strings } = told;
  const { inputArea, outputArea, kernelArea } = subject.plan;
  switch (at.kind) {
    case 'unroll': {
      const values = derived.columns[at.column].map(({ value }) => value);
      const numbers: Words = [run(format(strings.numbersColumn, [at.column])), run(listed(values), 'input')];
      return { sentence: wordsOf(strings.sayUnroll, [columnName(told, at.column)]), numbers };
    }
    case 'kernel':
      return {
        sentence: wordsOf(strings.sayKernelRow),
        numbers: wordsOf(strings.numbersCopied, [inputArea, kernelArea, outputArea, kernelArea * outputArea]),
      };
    case 'times': {
      const terms = derived.columns[at.column].map(({ tap, value, input }) => ({
        symbol: [
          ...tapWords(kernelOf(told), tap),
          run('·'),
          run(input ? cellName('in', plus(input, subject.inputOrigin)) : '0', input && 'input'),
        ],
        numbers: productWords(derived.row[tap], 'kernel', value, 'input'),
      }));
      return {
        sentence: wordsOf(strings.sayTimesColumn),
        numbers: sumInWords(columnName(told, at.column), terms, derived.products[at.column], strings),
      };
    }
    default: {
      const columns = outputOf(told).at(-1) ?? 1;
      return {
        sentence: subject.plan.rank === 1 ? wordsOf(strings.sayReshapeSignal) : wordsOf(strings.sayReshape, [columns]),
        numbers: outputNumbers(subject, followed, strings),
      };
    }
  }
}

/** One column against the row, product by product. */
export function im2colTables(told: Im2colTold, at: Im2colAt): readonly Table[] {
  if (at.kind !== 'times' && at.kind !== 'unroll') return [];
  const { derived, strings } = told;
  let total = 0;
  return [
    {
      title: format(strings.gatheredBy, [columnName(told, at.column)]),
      head: [strings.tap, strings.input, strings.product, strings.total],
      rows: derived.columns[at.column].map(({ tap, value, product }) => {
        total += product;
        const isTimes = at.kind === 'times';
        return {
          cells: [
            [...tapWords(kernelOf(told), tap), run(` ${brief(derived.row[tap])}`, 'kernel')],
            [run(brief(value), 'input', true)],
            [run(isTimes ? brief(product) : '')],
            [run(isTimes ? brief(total) : '', 'output' as const, true)],
          ],
        };
      }),
    },
  ];
}
