import type { Verdict } from '../sheet';
import { median, percentile } from './lines';

/** What the two builds took for one thing, in turns: entry `i` of both lists is of the same round. */
export type Both = readonly [before: readonly number[], now: readonly number[]];

/** One thing measured with two builds. */
export interface Pair {
  readonly name: string;
  readonly unit: 'ms' | 'MB';
  readonly measured: Both;
  /**
   * Of times on the clock also those of the processor, whatever of this process used it: another program makes the
   * clock run on, and not that.
   */
  readonly processor?: Both;
  /** At most so many times what it was. */
  readonly goal?: number;
}

/** Ratios, now by before. */
export interface Compared extends Pair {
  /** The median of the ratios within a round, so that what disturbs the machine for a while disturbs both alike. */
  readonly ratio: number;
  /** Of what nine rounds in ten stay below. */
  readonly ninth: number;
  /** The median of the ratios of processor time within a round. */
  readonly processorRatio?: number;
}

const ratioOf = ([before, now]: Both): number => median(now.map((value, round) => value / before[round]));

export const compared = (pair: Pair): Compared => ({
  ...pair,
  ratio: ratioOf(pair.measured),
  ninth: percentile(pair.measured[1], 0.9) / percentile(pair.measured[0], 0.9),
  processorRatio: pair.processor && ratioOf(pair.processor),
});

/**
 * What a goal is held against: processor time where there is one, since this is run on machines that do other things.
 */
const judged = ({ ratio, processorRatio }: Compared): number => processorRatio ?? ratio;

const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

export const goalsOf = (rows: readonly Compared[]): Verdict[] =>
  rows.flatMap((row) => {
    const { name, goal } = row;
    if (goal === undefined) return [];
    return [{ name, goal: `≤ ${times(goal)}`, measured: times(judged(row)), met: judged(row) <= goal }];
  });

/** Everything that was measured, as Markdown. */
export function markdown(rows: readonly Compared[], title: string): string {
  const goals = goalsOf(rows);
  const lines = rows.map((row) => {
    const { name, unit, measured, ratio, ninth, processorRatio, goal } = row;
    const figure = (values: readonly number[]): string => `${median(values).toFixed(unit === 'ms' ? 2 : 1)} ${unit}`;
    const cells = [
      name,
      ...measured.map(figure),
      times(ratio),
      measured[0].length > 4 ? times(ninth) : '',
      processorRatio === undefined ? '' : times(processorRatio),
      ...(goal === undefined ? ['', ''] : [`≤ ${times(goal)}`, judged(row) <= goal ? 'met' : '**missed**']),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `## ${title}`,
    '',
    'The builds take turns. Old and new are medians on the clock. A ratio is new by old: the median of those within a',
    'round, on the clock and of processor time, and of what nine rounds in ten stay below. Goals are held against',
    'processor time.',
    '',
    '| | old | new | ratio | nine in ten | processor | goal | |',
    '|---|--:|--:|--:|--:|--:|--:|:-:|',
    ...lines,
    '',
    `${goals.filter(({ met }) => met).length} of ${goals.length} goals met.`,
  ].join('\n');
}
