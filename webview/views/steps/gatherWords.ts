import type { Gathered, Read } from '../../../src/core/derive/gathering';
import type { Subject } from '../../../src/core/derive/subject';
import { cellName } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Frame, Table } from '../../film/film';
import { brief, plus, rangeName } from '../../film/naming';
import { outputNumbers } from './outputNumbers';
import { paddingWords } from './paddedInput';
import { joinWords, productWords, sumInWords, tapWords, type Term } from './sumWords';

/** An output with one of its three steps, or what comes after all outputs. */
export type GatherAt =
  { readonly kind: 'output'; readonly output: number; readonly within: number } | { readonly kind: 'result' };

/** What the films of gathering and of sliding windows know. */
export interface GatherTold {
  readonly subject: Subject;
  readonly outputs: readonly Gathered[];
  readonly strings: Strings;
}

const kernelShape = ({ subject }: GatherTold): readonly number[] => subject.plan.weightShape.slice(2);
export const gatheredName = ({ subject }: GatherTold, { output }: Gathered): string =>
  cellName('out', plus(output, subject.outputOrigin));
const inputNameOf = ({ subject }: GatherTold, input: readonly number[]): string =>
  cellName('in', plus(input, subject.inputOrigin));

/** What is read, in the order of the taps. */
const onElements = ({ reads }: Gathered): readonly Read[] => reads.filter(({ input }) => input !== undefined);

const termOf = (told: GatherTold, { tap, input = [], value }: Read): Term => ({
  symbol: [run(inputNameOf(told, input), 'input'), run('·'), ...tapWords(kernelShape(told), tap)],
  numbers: productWords(value, 'input', told.subject.weight.data[tap], 'kernel'),
});

/** What a step says, in words and in numbers. */
export function gatherSentences(
  told: GatherTold,
  at: GatherAt,
  followed: readonly number[] | undefined,
): Pick<Frame, 'sentence' | 'numbers'> {
  const { subject, strings } = told;
  if (at.kind === 'result')
    return {
      sentence: wordsOf(strings.sayEveryOutput),
      numbers: outputNumbers(subject, followed, strings),
    };
  const gathered = told.outputs[at.output];
  const name = gatheredName(told, gathered);
  const read = onElements(gathered);
  if (at.within === 0)
    return subject.plan.kind === 'conv' ? windowSentences(told, gathered) : reachSentences(told, gathered);
  if (read.length === 0)
    return { sentence: wordsOf(strings.saySumOf, [name]), numbers: wordsOf(strings.nothingReaches, [name]) };
  if (at.within === 1)
    return {
      sentence: wordsOf(strings.sayProducts, [read.length]),
      numbers: joinWords(
        read
          .slice(0, 6)
          .map((each): Words => [...termOf(told, each).numbers, run(' = '), run(brief(each.product))])
          .concat(read.length > 6 ? [[run(format(strings.moreTerms, [read.length - 6]), 'faint')]] : []),
        ',  ',
      ),
    };
  return {
    sentence: wordsOf(strings.saySumOf, [name]),
    numbers: sumInWords(
      name,
      read.map((each) => termOf(told, each)),
      gathered.sum,
      strings,
    ),
  };
}

function reachSentences(told: GatherTold, gathered: Gathered): Pick<Frame, 'sentence' | 'numbers'> {
  const { subject, strings } = told;
  const strides = [...new Set(subject.plan.axes.map(({ stride }) => stride))].join('×');
  const count = (lies: Read['lies']): number => gathered.reads.filter((read) => read.lies === lies).length;
  const name = gatheredName(told, gathered);
  return {
    sentence: subject.plan.axes.every(({ stride }) => stride === 1)
      ? wordsOf(strings.sayReachOne, [name])
      : wordsOf(strings.sayReach, [name, strides]),
    numbers: wordsOf(strings.numbersReach, [count('input'), gathered.reads.length, count('between'), count('outside')]),
  };
}

function windowSentences(told: GatherTold, gathered: Gathered): Pick<Frame, 'sentence' | 'numbers'> {
  const { subject, strings } = told;
  const name = gatheredName(told, gathered);
  const { axes } = subject.plan;
  const extents = axes.map(({ extent }) => extent);
  const range = rangeName(plus(gathered.reads[0].place, subject.inputOrigin), extents);
  const padding = gathered.reads.filter(({ lies }) => lies === 'zero' || lies === 'image').length;
  if (padding === 0)
    return { sentence: wordsOf(strings.sayRead, [name]), numbers: wordsOf(strings.numbersReadAll, [range]) };
  return {
    sentence: wordsOf(strings.sayReadPadding, [name, paddingWords(subject, strings)]),
    numbers: wordsOf(strings.numbersRead, [`in[${range}]`, padding, gathered.reads.length]),
  };
}

/** Taps that read nothing are told why, unless there are too many. */
const MOST_ROWS = 16;

/** Every tap of an output with what it reads, and the total as it grows. */
export function gatherTable(told: GatherTold, index: number, summed: boolean): Table {
  const { subject, strings } = told;
  const gathered = told.outputs[index];
  const why: Readonly<Record<Read['lies'], string>> = {
    input: '',
    image: '',
    zero: strings.tapOnZero,
    between: strings.tapBetween,
    outside: strings.tapOutside,
  };
  const listed = gathered.reads.length > MOST_ROWS ? onElements(gathered) : gathered.reads;
  let total = 0;
  return {
    title: format(strings.gatheredBy, [gatheredName(told, gathered)]),
    head: [strings.tap, strings.input, strings.product, strings.total],
    rows: listed.map(({ tap, input, value, lies, product }) => {
      if (input) total += product;
      return {
        cells: [
          [...tapWords(kernelShape(told), tap), run(` ${brief(subject.weight.data[tap])}`, 'kernel')],
          input ? wordsOf(`<i>${inputNameOf(told, input)} ${brief(value)}</i>`) : [run(why[lies], 'faint')],
          [run(input ? brief(product) : '')],
          [run(input && summed ? brief(total) : '', 'output', true)],
        ],
      };
    }),
  };
}
