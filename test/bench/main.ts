// npm run bench [-- --json FILE --only d4,u1 --rounds N --fastest --keep]: started by scripts/bench.mjs, which has
// installed the peers.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contestant, contestants, type Means } from './contestants';
import { kindOf, type Machine, machine, machineText } from './machine';
import { Figures, median, type Singles } from './figures';
import { judge } from './goals';
import { measure } from './measure';
import type { PeerProcess } from './process';
import { markdown } from './report';
import { NAMED } from './workloads';

/** By kind of machine, a line a run: a change is judged on every kind that has been seen. */
const RESULTS = 'test/bench/results';
const SLICE_MS = 50;
const COLD_STARTS = 3;
const PAIR_TURNS = 5;

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    fastest: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    means: { type: 'string', default: '{}' },
  },
});
const means = JSON.parse(values.means) as Means;
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

function coldStart(): Singles['cold'] {
  const runs = Array.from(
    { length: COLD_STARTS },
    () =>
      JSON.parse(execFileSync(means.node, [join(means.bundles, 'cold.cjs')], { encoding: 'utf8' })) as {
        start: number;
        first: number;
        warm: number;
        pages: number;
      },
  );
  const of = (key: 'start' | 'first' | 'warm' | 'pages'): number => median(runs.map((run) => run[key]));
  return { start: of('start'), first: of('first'), warm: of('warm'), pages: of('pages') };
}

/** What two copies of the peak loop reach together, of what one reaches alone; the best of some turns. */
async function together(named: ReadonlyMap<string, PeerProcess>): Promise<number | undefined> {
  const pair = ['engine', 'direct'].flatMap((name) => named.get(name) ?? []);
  const peaks = async (peers: readonly PeerProcess[]): Promise<number> => {
    const rates = await Promise.all(peers.map((peer) => peer.ask({ extra: 'peak' })));
    return rates.reduce((all, { gflops }) => all + Number(gflops), 0);
  };
  const ratios: number[] = [];
  for (let turn = 0; turn < PAIR_TURNS; turn++) ratios.push((await peaks(pair)) / (await peaks(pair.slice(0, 1))));
  return Math.min(2, Math.max(...ratios));
}

async function measureSingles(
  running: readonly [Contestant, PeerProcess][],
  { copy, page }: Machine,
): Promise<Singles> {
  const named = new Map(running.map(([contestant, peer]) => [contestant.name, peer]));
  const extra = async <Figure>(name: string, figure: string): Promise<Figure | undefined> =>
    (await named.get(name)?.ask({ extra: figure })) as Figure | undefined;
  const wasmBytes = ['relaxed', 'simd128'].reduce((all, build) => all + statSync(`dist/engine.${build}.wasm`).size, 0);
  say('matrix, edits, memory, round trip, cold start');
  return {
    matrix: await extra('engine', 'matrix'),
    scipy: await extra('torch', 'matrix'),
    nativePeak: (await extra<{ gflops: number }>('torch', 'peak'))?.gflops,
    copy,
    page,
    together: await together(named),
    edits: await extra('engine', 'edits'),
    held: await extra('engine', 'held'),
    roundTrip: await extra('engine', 'roundTrip'),
    pingPong: await extra('engine', 'pingPong'),
    wasmBytes,
    cold: coldStart(),
  };
}

async function main(): Promise<void> {
  const [load] = loadavg();
  say('the machine');
  const here = machine();
  const chosen = values.only?.split(',') ?? NAMED.map(({ name }) => name);
  const running: [Contestant, PeerProcess][] = contestants(means).map((contestant) => [contestant, contestant.start()]);
  try {
    const singles = await measureSingles(running, here);
    const measured = await measure(
      running,
      chosen,
      Number(values.rounds),
      SLICE_MS,
      values.fastest ? 'fastest' : 'median',
      say,
    );
    const taking = running.map(([contestant]) => contestant);
    const figures = new Figures(measured, taking);
    const goals = judge(figures, singles);
    const version = execFileSync(means.node, ['--version'], { encoding: 'utf8' }).trim();
    const circumstances = {
      runtime: `Node ${version}`,
      statistic: values.fastest ? 'fastest runs' : 'median runs',
      load,
      processors: availableParallelism(),
      machine: machineText(here),
    };
    const table = markdown(measured, figures, taking, goals, singles, circumstances);
    console.log(table);
    if (values.keep) {
      mkdirSync(RESULTS, { recursive: true });
      const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
      const line = {
        date: new Date().toISOString().slice(0, 10),
        commit,
        node: version,
        load,
        machine: here,
        goals: goals.map(({ name, measured: figure, met }) => [name, figure, met]),
      };
      appendFileSync(join(RESULTS, `${kindOf(here)}.jsonl`), `${JSON.stringify(line)}\n`);
    }
    if (values.json)
      writeFileSync(
        values.json,
        `${JSON.stringify({ machine: here, goals, node: version, singles, times: Object.fromEntries([...measured.times].map(([name, series]) => [name, Object.fromEntries(series)])) }, undefined, 2)}\n`,
      );
  } finally {
    for (const [, peer] of running) peer.end();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
