import { type MatrixElement, type MatrixForm, matrixForm } from '../../../src/core/derive/matrixForm';
import type { Subject } from '../../../src/core/derive/subject';
import { cellName } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Frame, Table } from '../../film/film';
import { brief, plus, unflat } from '../../film/naming';
import { outputNumbers } from './outputNumbers';
import { isWritten, joinWords, productWords, sumInWords, symbolWords, tapWords, type Term } from './sumWords';

/** What a step of the matrix is about. */
export type MatrixAt =
  | { readonly kind: 'flatten' | 'transpose' | 'reshape' }
  | { readonly kind: 'build'; readonly site: number }
  | { readonly kind: 'row'; readonly row: number };

/** What the film of the matrix knows. */
export interface MatrixTold {
  readonly subject: Subject;
  readonly form: MatrixForm;
  readonly strings: Strings;
  /** By output: its row times x, in symbols. */
  readonly symbols: readonly Words[];
  /** The element of the matrix in a row and a column, if it is not zero whatever the weights. */
  readonly element: (row: number, column: number) => MatrixElement | undefined;
}

/** Works out once what every frame needs. */
export function matrixTold(subject: Subject, strings: Strings): MatrixTold {
  const form = matrixForm(subject);
  const columns = subject.plan.inputArea;
  const elements = new Map(form.rows.flat().map((element) => [element.output * columns + element.input, element]));
  const bare: MatrixTold = {
    subject,
    form,
    strings,
    symbols: [],
    element: (row, column) => elements.get(row * columns + column),
  };
  return { ...bare, symbols: form.rows.map((row) => rowSymbols(bare, row)) };
}

export const isConv = ({ subject }: MatrixTold): boolean => subject.plan.kind === 'conv';
/** The matrix that makes the output of the input. */
export const matrixName = (told: MatrixTold): string => (isConv(told) ? 'C' : 'Cᵀ');
export const inputShape = ({ subject }: MatrixTold): readonly number[] => subject.plan.inputShape.slice(2);
export const outputShape = ({ subject }: MatrixTold): readonly number[] => subject.plan.outputShape.slice(2);
export const kernelShape = ({ subject }: MatrixTold): readonly number[] => subject.plan.weightShape.slice(2);
export const inputPlace = (told: MatrixTold, flat: number): readonly number[] => unflat(inputShape(told), flat);
export const outputPlaceOf = (told: MatrixTold, flat: number): readonly number[] => unflat(outputShape(told), flat);
export const inputName = (told: MatrixTold, flat: number): string =>
  cellName('in', plus(inputPlace(told, flat), told.subject.inputOrigin));
export const outputName = (told: MatrixTold, flat: number): string =>
  cellName('out', plus(outputPlaceOf(told, flat), told.subject.outputOrigin));

/** An entry in symbols: the tap, or the sum of those that padding has under one input. */
export function entryWords(told: MatrixTold, { taps }: MatrixElement, bold = false): Words {
  const sum = joinWords(
    taps.map((tap) => tapWords(kernelShape(told), tap, bold)),
    '+',
  );
  return sum;
}

const termOf = (told: MatrixTold, element: MatrixElement): Term => ({
  symbol: [
    ...(element.taps.length > 1 ? [run('('), ...entryWords(told, element), run(')')] : entryWords(told, element)),
    ...symbolWords('x', [element.input], 'input'),
  ],
  numbers: productWords(element.value, 'kernel', told.form.x[element.input], 'input'),
});

/** A row times x as it stands before its value: `w₀₂x₀+w₀₁x₁`. */
const rowSymbols = (told: MatrixTold, row: readonly MatrixElement[]): Words =>
  joinWords(
    row.map((element) => termOf(told, element).symbol),
    '+',
  );

/** What a step says, in words and in numbers. */
export function matrixSentences(told: MatrixTold, at: MatrixAt, followed: readonly number[] | undefined): Sentences {
  const { subject, form, strings } = told;
  const conv = isConv(told);
  switch (at.kind) {
    case 'flatten':
      return {
        sentence: wordsOf(strings.sayFlatten, [subject.plan.inputArea]),
        numbers: [run('x', 'input', true), run(' = '), ...listed(form.x)],
      };
    case 'build': {
      const site = form.sites[at.site];
      const places = conv ? subject.plan.inputArea : subject.plan.outputArea;
      const [output, input] = [outputShape(told), inputShape(told)].map((shape) => shape.join('×'));
      return {
        sentence: conv ? wordsOf(strings.sayBuild) : wordsOf(strings.sayBuildTransposed, [output, input]),
        numbers: wordsOf(strings.numbersBuild, [
          at.site,
          conv ? `<o>${outputName(told, at.site)}</o>` : `<i>${inputName(told, at.site)}</i>`,
          site.length,
          places - site.length,
        ]),
      };
    }
    case 'transpose': {
      const { inputArea, outputArea, kernelArea } = subject.plan;
      return {
        sentence: wordsOf(strings.sayTranspose),
        numbers: wordsOf(strings.numbersTranspose, [
          inputArea,
          outputArea,
          form.entries,
          inputArea * outputArea,
          kernelArea,
        ]),
      };
    }
    case 'row': {
      const row = form.rows[at.row];
      const name = outputName(told, at.row);
      const others = subject.plan.inputArea - row.length;
      const sum = sumInWords(
        name,
        row.map((element) => termOf(told, element)),
        form.y[at.row],
        strings,
      );
      const rest = others > 0 && isWritten(row) ? `; ${format(strings.restOfRow, [others])}` : '';
      return {
        sentence: wordsOf(strings.sayRow, [matrixName(told), at.row, name]),
        numbers:
          row.length === 0
            ? wordsOf(strings.noEntry, [`<o>${name}</o>`])
            : [...sum, ...(rest ? [run(rest, 'faint')] : [])],
      };
    }
    default: {
      const columns = outputShape(told).at(-1) ?? 1;
      return {
        sentence: subject.plan.rank === 1 ? wordsOf(strings.sayReshapeSignal) : wordsOf(strings.sayReshape, [columns]),
        numbers: outputNumbers(subject, followed, strings),
      };
    }
  }
}

type Sentences = Pick<Frame, 'sentence' | 'numbers'>;

/** The first elements of a column, in parentheses. */
function listed(values: ArrayLike<number>): Words {
  const most = 12;
  const shown = Array.from(values).slice(0, most).map(brief);
  return [run(`(${[...shown, ...(values.length > most ? ['…'] : [])].join(', ')})`, 'input')];
}

/** One row with its products and the total as it grows, and what the matrix is made of. */
export function matrixTables(told: MatrixTold, at: MatrixAt): readonly Table[] {
  const { form, strings, subject } = told;
  const { inputArea, outputArea, kernelArea } = subject.plan;
  const counted: Table = {
    title: strings.counted,
    rows: [
      { cells: [wordsOf(strings.countEntries), [run(outputArea * inputArea)]] },
      { cells: [wordsOf(strings.countTaps), [run(form.entries)]] },
      { cells: [wordsOf(strings.countWeights), [run(kernelArea)]] },
    ],
    note: isConv(told) ? undefined : wordsOf(strings.notInverse),
  };
  if (at.kind !== 'row') return [counted];
  let total = 0;
  const rows = form.rows[at.row].map((element) => {
    const product = element.value * form.x[element.input];
    total += product;
    return {
      cells: [
        [...entryWords(told, element), run(` ${brief(element.value)}`, 'kernel')],
        wordsOf(`<i>${inputName(told, element.input)} ${brief(form.x[element.input])}</i>`),
        [run(brief(product))],
        [run(brief(total), 'output' as const, true)],
      ],
    };
  });
  const title = format(strings.rowOf, [at.row, matrixName(told), outputName(told, at.row)]);
  return [{ title, head: [strings.entry, strings.input, strings.product, strings.total], rows }, counted];
}
