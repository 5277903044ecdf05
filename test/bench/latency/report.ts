import { cpus } from 'node:os';
import type { Sample } from './probe';
import { percentile } from './statistics';

/** What was measured of one task; of each build, in the order in which the builds are given. */
export interface Measured {
  readonly name: string;
  readonly size?: number;
  readonly goal?: number;
  readonly samples: readonly (readonly Sample[])[];
}

interface Figure {
  readonly median: number;
  readonly worst: number;
  /** Of the page's tasks. */
  readonly longest: number;
}

export interface Row {
  readonly task: string;
  readonly figures: readonly Figure[];
  /** Of the medians; nothing where only one build was measured. */
  readonly ratio?: number;
  readonly goal?: number;
}

export interface Report {
  readonly processor: string;
  readonly builds: readonly string[];
  readonly rows: readonly Row[];
}

const figureOf = (samples: readonly Sample[]): Figure => ({
  median: percentile(
    samples.map(({ drawn }) => drawn),
    0.5,
  ),
  worst: percentile(
    samples.map(({ drawn }) => drawn),
    0.95,
  ),
  longest: Math.max(...samples.map(({ longest }) => longest)),
});

/** The last build is the one in question, the first what it is held against. */
export function reportOf(builds: readonly string[], measured: readonly Measured[]): Report {
  const [first] = cpus();
  return {
    processor: `${first?.model.trim() ?? 'unknown'}, ${cpus().length} processors`,
    builds,
    rows: measured.map(({ name, size, goal, samples }) => {
      const figures = samples.map(figureOf);
      const ratio = figures.length > 1 ? figures[figures.length - 1].median / figures[0].median : undefined;
      return { task: size === undefined ? name : `${name}, ${size}²`, figures, ratio, goal };
    }),
  };
}

/** One task, said as soon as it has been measured. */
export function lineOf(measured: Measured): string {
  const [row] = reportOf([], [measured]).rows;
  const medians = row.figures.map(({ median }) => median.toFixed(1)).join(' → ');
  return `${row.task}: ${medians} ms${row.ratio === undefined ? '' : `, ${row.ratio.toFixed(2)} times`}`;
}

export function table({ processor, builds, rows }: Report): string {
  const heads = builds.flatMap((build) => [`${build} p50`, 'p95', 'longest task']);
  const isCompared = builds.length > 1;
  const columns = ['from key press to picture, ms', ...heads, ...(isCompared ? ['ratio', 'goal'] : [])];
  const lines = rows.map(({ task, figures, ratio, goal }) => [
    task,
    ...figures.flatMap(({ median, worst, longest }) => [
      median.toFixed(1),
      worst.toFixed(1),
      longest > 0 ? longest.toFixed(0) : '< 50',
    ]),
    ...(isCompared ? [ratio?.toFixed(2) ?? '', goal === undefined ? '' : `≤ ${goal}`] : []),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [processor, '', line(columns), `|${columns.map(() => '---|').join('')}`, ...lines.map(line)].join('\n');
}
