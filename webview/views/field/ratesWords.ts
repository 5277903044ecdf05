import { hearingOf, type Miss, missesOf, ratesOf, type StageRate } from '../../../src/core/chain/rates';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Words } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import type { Table } from '../../film/film';
import { brief } from '../../film/naming';
import { type ChainModel, type ChainText, MOST_PLACES, type Spot } from './chainModel';
import { chainSentence } from './chainWords';

/** Of speech: what an input has where nobody says another. */
export const SAMPLES_A_SECOND = 16_000;

/** A chain along time. */
export interface Timed {
  readonly model: ChainModel;
  /** Samples a second of the input. */
  readonly rate: number;
  readonly rates: readonly StageRate[];
  readonly misses: readonly Miss[];
}

export function timedOf(model: ChainModel, { rate = SAMPLES_A_SECOND }: ChainText): Timed {
  return {
    model,
    rate,
    rates: ratesOf(model.chain, model.sizes, rate),
    misses: missesOf(model.chain, model.sizes),
  };
}

/** Beside each bar: `hop 8, 2000 Hz`. */
export const rateLines = ({ rates }: Timed, strings: Strings): readonly string[] =>
  rates.map(({ hop, rate }) => `${strings.ratesHop} ${brief(hop)}, ${brief(rate)} ${strings.ratesRate}`);

const missText = ({ stage, input, stride, overhang, outputPadding, cropped, output }: Miss, strings: Strings): string =>
  format(strings.ratesMiss, [stage + 1, input, stride, overhang, outputPadding, cropped, output, input * stride]);

/** The two lines over the drawing: how many samples come back, and which stage makes too many or too few. */
export function ratesSentence(timed: Timed, strings: Strings): { readonly sentence: Words; readonly numbers: Words } {
  const { model, rates, rate, misses } = timed;
  if (model.sizes.stop) return chainSentence(model, strings);
  const [first, last] = [rates[0], rates[rates.length - 1]];
  const by = last.size - first.size;
  const sentence =
    last.hop !== 1
      ? wordsOf(strings.ratesOther, [first.size, brief(rate), last.size, brief(last.rate)])
      : by === 0
        ? wordsOf(strings.ratesSame, [first.size, brief(first.milliseconds)])
        : wordsOf(by < 0 ? strings.ratesLess : strings.ratesMore, [
            first.size,
            last.size,
            Math.abs(by),
            brief((1000 * Math.abs(by)) / rate),
          ]);
  const arrows = rates.map(({ size }) => size).join(' → ');
  return {
    sentence,
    numbers: wordsOf([arrows, ...misses.slice(0, 1).map((each) => missText(each, strings))].join('; ')),
  };
}

function stagesTable({ rates, misses }: Timed, strings: Strings): Table {
  return {
    title: strings.ratesStages,
    head: ['', strings.ratesSize, strings.ratesHop, strings.ratesRate, strings.ratesTime],
    rows: rates.map(({ size, hop, rate, milliseconds }, at) => ({
      cells: [
        [run(at === 0 ? strings.input : format(strings.fieldStage, [at]))],
        [run(size, misses.some(({ stage }) => stage === at - 1) ? 'wrong' : undefined, true)],
        [run(brief(hop))],
        [run(brief(rate))],
        [run(brief(milliseconds))],
      ],
    })),
  };
}

function whyTable(miss: Miss, strings: Strings): Table {
  const { stage, input, stride, overhang, outputPadding, cropped, by, output } = miss;
  const args = [
    input,
    stage + 1,
    stride,
    input * stride,
    overhang,
    outputPadding,
    cropped,
    Math.abs(by),
    by < 0 ? strings.ratesMissing : strings.ratesExtra,
  ];
  return {
    title: format(strings.ratesWhy, [output, input * stride]),
    rows: [],
    note: wordsOf(strings.ratesWhyText, args),
  };
}

function hearsTable({ model, rates, rate }: Timed, { stage, place }: Spot, strings: Strings): readonly Table[] {
  if (stage === 0 || stage >= rates.length || rates[0].size > MOST_PLACES) return [];
  const hearing = hearingOf(model.chain, model.sizes, rates, stage, place);
  if (!hearing) return [];
  const row = (name: string, samples: number): Table['rows'][number] => ({
    cells: [[run(name)], [run(samples)], [run(`${brief((1000 * samples) / rate)} ms`)]],
  });
  return [
    {
      title: format(strings.ratesHears, [place, stage]),
      rows: [
        row(strings.ratesHearsAll, hearing.samples),
        row(strings.ratesHearsBefore, hearing.before),
        row(strings.ratesHearsAhead, hearing.ahead),
      ],
      note: wordsOf(hearing.ahead > 0 ? strings.ratesAheadNote : strings.ratesNoneAhead),
    },
  ];
}

/** What the pane *Cell* has beside a chain along time. */
export function ratesTables(timed: Timed, spot: Spot | undefined, strings: Strings): readonly Table[] {
  return [
    ...timed.misses.slice(0, 2).map((miss) => whyTable(miss, strings)),
    stagesTable(timed, strings),
    ...(spot ? hearsTable(timed, spot, strings) : []),
  ];
}
