import type { FrameworkCall } from '../../../src/core/frameworks/call';
import { layoutOf } from '../../../src/core/frameworks/recipeParts';
import type { Result } from '../../../src/core/frameworks/results';
import { format } from '../../../src/core/problem';
import { SPATIAL_LETTERS, spelled } from '../../../src/core/tensor/layouts';
import type { Words } from '../../drawing/scene';
import { wordsOf } from '../../drawing/words';
import type { Frame, Table } from '../../film/film';
import { brief } from '../../film/naming';
import {
  beginsOf,
  brieflyOf,
  endsOf,
  frameworksOf,
  type Line,
  namesOf,
  shortNameOf,
  sizesOf,
  timesOf,
  type Told,
  valuesAlong,
} from './frameworksTold';

/** How a result differs from the document's own, by what decides it. */
interface Verdict {
  readonly isOwn: boolean;
  readonly turned: boolean;
  readonly moved: readonly number[];
  readonly sameSize: boolean;
  readonly dropped: boolean;
  readonly mode: boolean;
}

function verdictOf({ results: [own], compared }: Told, result: Result): Verdict {
  const begins = beginsOf(own);
  const some = (is: (at: number) => boolean): boolean => begins.some((_, at) => is(at));
  return {
    isOwn: result === own,
    turned: result.answer.turned,
    moved: beginsOf(result).map((begin, at) => begin - begins[at]),
    sameSize: sizesOf(result).join() === sizesOf(own).join(),
    dropped: some(
      (at) => compared.plan.axes[at].kernel > 1 && result.answer.axes[at].dilation !== own.answer.axes[at].dilation,
    ),
    mode: result.answer.paddingMode !== own.answer.paddingMode,
  };
}

/** What stands beside a result: its title in words, and how many values differ. */
export function verdictLines(
  told: Told,
  result: Result,
): { readonly title: string; readonly notes: readonly string[] } {
  const { strings, results, compared } = told;
  const { isOwn, turned, moved, sameSize, dropped, mode } = verdictOf(told, result);
  if (isOwn) return { title: strings.verdictOwn, notes: [strings.verdictOwnNote] };
  const by = brieflyOf(moved.map((each) => -each));
  const sizes = timesOf(sizesOf(result));
  const own = timesOf(sizesOf(results[0]));
  const isMoved = moved.some((each) => each !== 0);
  const padded = brieflyOf(beginsOf(result)) + ' : ' + brieflyOf(endsOf(result));
  const title = dropped
    ? strings.verdictDropped
    : !sameSize
      ? format(strings.verdictSize, [sizes, own])
      : turned
        ? isMoved
          ? format(strings.verdictTurnedMoved, [by])
          : strings.verdictTurned
        : mode && !isMoved
          ? strings.verdictMode
          : compared.plan.kind === 'conv'
            ? format(strings.verdictPads, [padded])
            : format(strings.verdictMoved, [by]);
  const { difference, outcome } = result;
  if (!difference)
    return {
      title,
      notes: [format(strings.verdictNoMap, [outcome.output.data.length, results[0].outcome.output.data.length])],
    };
  if (difference.differing === 0) return { title, notes: [strings.verdictAlike] };
  return {
    title,
    notes: [
      format(strings.verdictDiffer, [difference.differing, outcome.output.data.length]),
      format(strings.verdictLargest, [brief(difference.largest)]),
    ],
  };
}

/** The values of one row as they are read one after another. */
const read = (values: readonly number[] | undefined): string =>
  !values ? '—' : values.length > 18 ? `${values.slice(0, 18).map(brief).join(' ')} …` : values.map(brief).join(' ');

/** The line of a tensor that a result keeps part of. */
export function fullLine(told: Told, line: Line): readonly number[] | undefined {
  const [own] = told.results;
  if (!own.outcome.full) return undefined;
  const begins = beginsOf(own);
  const lead = [...line.leading, ...(begins.length > 1 ? [line.row] : [])];
  return lead.map((at, axis) => at + begins[axis]);
}

function kept(told: Told, result: Result, line: Line): readonly number[] | undefined {
  const lead = fullLine(told, line);
  if (!lead) return undefined;
  const begins = beginsOf(result);
  return valuesAlong(
    result.outcome.output,
    lead.map((at, axis) => at - begins[axis]),
  );
}

const isOne = ({ calls }: Result): boolean => frameworksOf(calls).length === 1;

const padsText = ({ strings }: Told, result: Result, names: string): string =>
  format(isOne(result) ? strings.numbersPads : strings.numbersPad, [
    names,
    `${brieflyOf(beginsOf(result))} : ${brieflyOf(endsOf(result))}`,
  ]);

const keepsText = (told: Told, result: Result, names: string, line: Line): string =>
  format(isOne(result) ? told.strings.numbersKeeps : told.strings.numbersKeep, [names, read(kept(told, result, line))]);

/** So many letters, marks among them, stand in a line; two results are always told, so that they can be compared. */
const LINE_LENGTH = 110;

function firstFew(results: readonly Result[], textOf: (result: Result) => string): string {
  const texts = results.map(textOf);
  const fits = (count: number): boolean => texts.slice(0, count).join('; ').length <= LINE_LENGTH;
  return texts.filter((_, at) => at < 2 || fits(at + 1)).join('; ');
}

/** What is said of all results at once: in few letters, since each group has its names beside its drawing. */
export function overview(told: Told, line: Line): Pick<Frame, 'sentence' | 'numbers'> {
  const { strings, results, compared } = told;
  const [own] = results;
  const inputs = timesOf(compared.plan.axes.map(({ input }) => input));
  if (!own.outcome.full)
    return {
      sentence: wordsOf(strings.sayWhoPads, [inputs, timesOf(sizesOf(own)), results.length]),
      numbers: wordsOf(firstFew(results, (result) => padsText(told, result, shortNameOf(result.calls)))),
    };
  const full = timesOf(own.outcome.full.shape.slice(2));
  return {
    sentence: wordsOf(strings.sayWhoCuts, [inputs, full, timesOf(sizesOf(own)), results.length]),
    numbers: wordsOf(
      `${rowNumbers(told, own, line)}: ${firstFew(results, (result) => keepsText(told, result, shortNameOf(result.calls), line))}`,
    ),
  };
}

function rowNumbers(told: Told, result: Result, line: Line): string {
  const { strings } = told;
  const lead = fullLine(told, line);
  const values = read(lead && result.outcome.full && valuesAlong(result.outcome.full, lead));
  return lead?.length ? format(strings.numbersRow, [lead.join(', '), values]) : format(strings.numbersSignal, [values]);
}

/** What is said of one of them. */
export function sayResult(told: Told, result: Result, line: Line): Pick<Frame, 'sentence' | 'numbers'> {
  const { strings, results } = told;
  const { isOwn, turned, sameSize, dropped } = verdictOf(told, result);
  const names = namesOf(result.calls);
  const sizes = [timesOf(sizesOf(result)), timesOf(sizesOf(results[0]))];
  const conv = !result.outcome.full;
  const template = isOwn
    ? strings.sayOwn
    : dropped
      ? strings.sayDropped
      : turned
        ? sameSize
          ? strings.sayTurned
          : strings.sayTurnedSize
        : !sameSize
          ? strings.sayOtherSize
          : conv
            ? strings.sayMovedPads
            : strings.sayMoved;
  const numbers = conv
    ? padsText(told, result, names)
    : `${rowNumbers(told, result, line)}: ${keepsText(told, result, names, line)}`;
  return { sentence: wordsOf(template, [names, ...sizes]), numbers: wordsOf(numbers) };
}

/** `N, H, W, C` and `H, W, O, I`: in which order each framework has the axes of the input, and of the kernel. */
function layoutsTable({ strings, calls, layer }: Told): Table {
  const spatial = Array.from(SPATIAL_LETTERS[layer.rank - 1]);
  const sizes: Readonly<Record<string, number>> = {
    I: layer.kind === 'conv' ? layer.inputPerGroup : layer.inputChannels,
    O: layer.kind === 'conv' ? layer.outputChannels : layer.outputPerGroup,
    ...Object.fromEntries(spatial.map((letter, axis) => [letter, layer.axes[axis].kernel])),
  };
  const groups = new Map<string, FrameworkCall[]>();
  for (const call of calls) {
    // Its converter turns the kernel into an order of its own: Python hands it TensorFlow's.
    if (call.framework === 'TFLite') continue;
    const key = `${call.layout} ${call.channelsLast}`;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const rows = [...groups.values()].map((alike) => {
    const [{ layout, channelsLast }] = alike;
    const { axes, flipped } = layoutOf(layout);
    const letters = Array.from(spelled(axes, layer.rank));
    const input = channelsLast ? ['N', ...spatial, 'C'] : ['N', 'C', ...spatial];
    return {
      cells: [
        wordsOf(namesOf(alike)),
        wordsOf(`<i>${input.join(', ')}</i>`),
        wordsOf(`<k>${letters.join(', ')}</k>${flipped ? ` <f>${strings.layoutMirrored}</f>` : ''}`),
        wordsOf(letters.map((letter) => sizes[letter]).join(' × ')),
      ],
    };
  });
  return {
    title: strings.layouts,
    head: [strings.rule, strings.layoutInput, strings.layoutKernel, strings.layoutShape],
    rows,
    note: wordsOf(strings.layoutNote),
  };
}

/** Beside the drawing: how many each cuts and where, and what each has at the followed cell. */
export function tablesOf(
  told: Told,
  now: Result | undefined,
  followed: readonly number[] | undefined,
): readonly Table[] {
  const { strings, results, layer, compared } = told;
  const conv = layer.kind === 'conv';
  const note: Words = wordsOf(
    [
      strings.notRun,
      ...(compared.whole
        ? []
        : [
            format(strings.drawnOn, [
              timesOf(compared.plan.axes.map(({ input }) => input)),
              timesOf(layer.axes.map(({ input }) => input)),
            ]),
          ]),
    ].join(' '),
  );
  const sides: Table = {
    title: conv ? strings.howManyPadded : strings.howManyCut,
    head: [strings.rule, strings.cutTotal, strings.atBegin, strings.atEnd],
    rows: results.map((result) => {
      const [begins, ends] = [beginsOf(result), endsOf(result)];
      return {
        cells: [
          namesOf(result.calls),
          brieflyOf(begins.map((begin, at) => begin + ends[at])),
          brieflyOf(begins),
          brieflyOf(ends),
        ].map((text) => wordsOf(text)),
        now: result === now,
      };
    }),
    note,
  };
  const layouts = layoutsTable(told);
  if (!followed) return [sides, layouts];
  const values: Table = {
    title: format(strings.valuesAt, [`out[${followed.join(', ')}]`]),
    rows: results.map((result) => {
      const value = valuesAlong(result.outcome.output, followed)?.[followed[followed.length - 1]];
      return {
        cells: [
          wordsOf(namesOf(result.calls)),
          wordsOf(value === undefined ? strings.noSuchCell : `<o>${brief(value)}</o>`),
        ],
        now: result === now,
      };
    }),
  };
  return [values, sides, layouts];
}
