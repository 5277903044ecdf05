import { type Contestant, FURTHER, OTHER, TINY } from './contestants';
import { type Figures, median, type Singles } from './figures';
import type { Goal } from './sheet';
import type { Measured } from './measure';
import { NAMED } from './workloads';

const milliseconds = (value: number): string =>
  Number.isNaN(value) ? '—' : value < 0.01 ? `${(1000 * value).toFixed(2)} µs` : value.toPrecision(3);
const ratio = (value: number): string => (Number.isNaN(value) ? '—' : `${value.toFixed(2)}×`);
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** What a reader must know to judge the figures. */
export interface Circumstances {
  readonly runtime: string;
  readonly statistic: string;
  readonly load: number;
  readonly processors: number;
  /** What machine it was, in words. */
  readonly machine: string;
}

/** Everything that was measured, as Markdown. */
export function markdown(
  measured: Measured,
  figures: Figures,
  contestants: readonly Contestant[],
  goals: readonly Goal[],
  singles: Singles,
  { runtime, statistic, load, processors, machine }: Circumstances,
): string {
  const names = NAMED.map(({ name }) => name).filter((name) => measured.times.has(name));
  const lines = [
    `## Benchmark, ${runtime}`,
    '',
    machine,
    '',
    `Milliseconds: ${statistic}, medians of rounds in which all took turns; an output that missed the float64 truth is not listed.`,
    '',
  ];
  if (load > processors / 2)
    lines.push(
      `Other work was running (load ${load.toFixed(1)} on ${processors} processors): whatever takes longer than a slice of the scheduler is too slow here, for every peer.`,
      '',
    );
  lines.push(row(['', ...contestants.map(({ title }) => title), 'share of peak', 'vs JavaScript', 'vs native']));
  lines.push(row(['---', ...contestants.map(() => '--:'), '--:', '--:', '--:']));
  for (const name of names) {
    const share = (TINY as readonly string[]).includes(name) ? Number.NaN : figures.share(name, 'engine');
    lines.push(
      row([
        `${name}: ${NAMED.find((each) => each.name === name)?.title ?? ''}`,
        ...contestants.map((each) => milliseconds(figures.milliseconds(name, each.name))),
        Number.isNaN(share) ? '—' : `${(100 * share).toFixed(0)} %`,
        ratio(figures.against(name, 'engine', 'javascript')),
        ratio(figures.against(name, 'engine', 'native')),
      ]),
    );
  }
  lines.push(
    '',
    `Peak of this machine's wasm, one thread: ${[...measured.peaks].map(([name, rates]) => `${name} ${median(rates).toFixed(1)} GFLOP/s`).join(', ')}.`,
    'The share of it counts the multiply-adds of the operation itself: a layer that minimal filtering does with fewer of them may be above 100 %.',
  );
  lines.push(
    `${OTHER.join(', ')} stand for strided, dilated and 3-D layers; a strided one of 3 × 3 taps has no saving form and is listed as ${FURTHER.join(', ')}. Workloads of one or few channels are limited by memory, not by the peak.`,
  );
  const { roundTrip, pingPong, nativePeak, matrix, scipy, cold } = singles;
  if (nativePeak !== undefined)
    lines.push(`Peak of native code, PyTorch's product of two matrices of 1024²: ${nativePeak.toFixed(1)} GFLOP/s.`);
  if (roundTrip)
    lines.push(
      `Round trip of t2 through the worker: p50 ${roundTrip.p50.toFixed(0)} µs, p99 ${roundTrip.p99.toFixed(0)} µs${pingPong ? `; of a bare message: p50 ${pingPong.p50.toFixed(0)} µs, p99 ${pingPong.p99.toFixed(0)} µs` : ''}.`,
    );
  if (matrix)
    lines.push(
      `C of one channel 1024², k3: ${matrix.build.toFixed(2)} ms${scipy ? `, SciPy ${scipy.build.toFixed(2)} ms` : ''}; C·x ${matrix.product.toFixed(2)} ms${scipy ? `, SciPy ${scipy.product.toFixed(2)} ms` : ''}.`,
    );
  if (cold)
    lines.push(
      `Fresh process: engine ready after ${cold.start.toFixed(1)} ms, first d4 ${cold.first.toFixed(1)} ms in ${cold.pages} new pages, warm ${cold.warm.toFixed(1)} ms.`,
    );
  for (const wrong of measured.wrong) lines.push(`Wrong and left out: ${wrong}.`);
  lines.push(
    '',
    row(['goal', 'wanted', 'measured', 'met', 'bound by', 'which here is']),
    row(['---', '--:', '--:', ':-:', '---', '--:']),
  );
  for (const { name, goal, measured: figure, met, bound, roof } of goals)
    lines.push(row([name, goal, figure, met ? 'yes' : '**no**', bound, roof ?? '']));
  lines.push('', `${goals.filter((goal) => goal.met).length} of ${goals.length} goals met.`);
  return lines.join('\n');
}
