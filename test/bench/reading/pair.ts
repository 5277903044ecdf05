import type { Goal } from '../goals';
import { median, percentile } from './lines';

/** One thing measured with two builds, in turns: entry `i` of both lists is of the same round. */
export interface Pair {
  readonly name: string;
  readonly before: readonly number[];
  readonly now: readonly number[];
  readonly unit: 'ms' | 'MB';
  /** At most so many times what it was. */
  readonly goal?: number;
}

export interface Compared extends Pair {
  /** The median of the ratios within a round, so that what disturbs the machine for a while disturbs both alike. */
  readonly ratio: number;
  /** Ratio of what nine rounds in ten stay below; of the few in which it is reached none is the partner of another. */
  readonly tail: number;
}

export const compared = (pair: Pair): Compared => ({
  ...pair,
  ratio: median(pair.now.map((time, round) => time / pair.before[round])),
  tail: percentile(pair.now, 0.9) / percentile(pair.before, 0.9),
});

const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

export const goalsOf = (rows: readonly Compared[]): Goal[] =>
  rows.flatMap(({ name, goal, ratio }) =>
    goal === undefined ? [] : [{ name, goal: `≤ ${times(goal)}`, measured: times(ratio), met: ratio <= goal }],
  );

/** Everything that was measured, as Markdown. */
export function markdown(rows: readonly Compared[], title: string): string {
  const figure = (value: number, unit: Pair['unit']): string => `${value.toFixed(unit === 'ms' ? 2 : 1)} ${unit}`;
  const goals = goalsOf(rows);
  return [
    `## ${title}`,
    '',
    'The builds take turns. A ratio is new by old: the median of the ratios within a round, and of what nine in ten stay below.',
    '',
    '| | old | new | ratio | nine in ten | goal | |',
    '|---|--:|--:|--:|--:|--:|:-:|',
    ...rows.map(({ name, before, now, unit, goal, ratio, tail }) =>
      [
        '',
        name,
        figure(median(before), unit),
        figure(median(now), unit),
        times(ratio),
        before.length > 2 ? times(tail) : '',
        goal === undefined ? '' : `≤ ${times(goal)}`,
        goal === undefined ? '' : ratio <= goal ? 'met' : '**missed**',
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    '',
    `${goals.filter(({ met }) => met).length} of ${goals.length} goals met.`,
  ].join('\n');
}
