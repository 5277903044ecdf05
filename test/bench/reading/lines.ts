import type { Verdict } from '../sheet';

/** One thing measured; times in ms. */
export interface Line {
  readonly name: string;
  readonly times: readonly number[];
  /** What the goal is held against: the median, unless it says otherwise. */
  readonly measured?: number;
  /** ms, at most. */
  readonly goal?: number;
}

export const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
export const median = (times: readonly number[]): number => percentile(times, 0.5);

const text = (milliseconds: number): string => `${milliseconds.toFixed(milliseconds < 1 ? 3 : 2)} ms`;
const valueOf = (line: Line): number => line.measured ?? median(line.times);

export const goalsOf = (lines: readonly Line[]): Verdict[] =>
  lines.flatMap((line) =>
    line.goal === undefined
      ? []
      : [
          {
            name: line.name,
            goal: `≤ ${text(line.goal)}`,
            measured: text(valueOf(line)),
            met: valueOf(line) <= line.goal,
          },
        ],
  );

/** Everything that was measured, as Markdown. */
export function markdown(lines: readonly Line[], runtime: string): string {
  const rows = lines.map(
    (line) =>
      `| ${line.name} | ${text(valueOf(line))} | ${line.times.length > 2 ? text(percentile(line.times, 0.9)) : ''} | ${line.goal === undefined ? '' : text(line.goal)} | ${line.goal === undefined ? '' : valueOf(line) <= line.goal ? 'yes' : '**no**'} |`,
  );
  const goals = goalsOf(lines);
  return [
    `## Reading Python, ${runtime}`,
    '',
    'Milliseconds on the clock, in the reading thread with the way there and back, or in the extension host.',
    '',
    '| | median | nine in ten | goal | met |',
    '|---|--:|--:|--:|:-:|',
    ...rows,
    '',
    `${goals.filter((goal) => goal.met).length} of ${goals.length} goals met.`,
  ].join('\n');
}
