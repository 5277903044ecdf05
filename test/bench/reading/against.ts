// npm run bench:reading -- --against COMMIT [--json FILE] [--files FILE…]: started by scripts/bench-reading.mjs, which
// has built both trees.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { placed } from './files';
import { modelFile } from './models';
import type { BenchReader, openReader } from './open';
import { type Both, type Pair, compared, goalsOf, markdown } from './pair';
import { IN_SHARED_BLOCK, KEYS, LINES, MEASURED, timed, typing, WARM, WARM_KEYS } from './texts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    against: { type: 'string' },
    before: { type: 'string' },
    now: { type: 'string' },
    json: { type: 'string' },
    files: { type: 'boolean', default: false },
  },
});

/** Each at most so many times what it was. */
const GOALS = { first: 0.8, key: 0.8, sharedBlock: 0.3, slowFile: 0.25, memory: 0.7 } as const;
const COLD_STARTS = 5;
const MEMORY_ROUNDS = 3;
/** A file is read in so many rounds, or in fewer when it takes long; ms. */
const FILE_ROUNDS = 12;
const LEAST_ROUNDS = 3;
const PER_FILE = 15_000;

/** The folders in which the two builds stand: `reader.js` and `open.cjs`. */
const builds: readonly [before: string, now: string] = [resolve(values.before ?? ''), resolve(values.now ?? '')];
const load = createRequire(resolve(process.argv[1]));

function open(build: string): BenchReader {
  const module = load(join(build, 'open.cjs')) as { readonly openReader: typeof openReader };
  return module.openReader(join(build, 'reader.js'));
}

/** How long something took, on the clock and of processor time, ms. */
type Taken = readonly [clock: number, processor: number];

async function taken(work: () => Promise<unknown>): Promise<Taken> {
  const before = process.cpuUsage();
  const clock = await timed(work);
  const { user, system } = process.cpuUsage(before);
  return [clock, (user + system) / 1000];
}

/** Both builds do the same, and which begins changes with every round. */
async function inTurns<Result>(
  rounds: number,
  work: (build: 0 | 1, round: number) => Promise<Result>,
  enough: (round: number) => boolean = () => false,
): Promise<readonly [Result[], Result[]]> {
  const found: [Result[], Result[]] = [[], []];
  for (let round = 0; round < rounds && !enough(round); round++) {
    const order = round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const build of order) found[build].push(await work(build, round));
  }
  return found;
}

function pair(name: string, found: readonly [readonly Taken[], readonly Taken[]], goal?: number, warm = 0): Pair {
  const column = (which: 0 | 1): Both => {
    const [before, now] = found.map((all) => all.slice(warm).map((each) => each[which]));
    return [before, now];
  };
  return { name, unit: 'ms', measured: column(0), processor: column(1), goal };
}

async function measureTexts(readers: readonly [BenchReader, BenchReader]): Promise<Pair[]> {
  const read = (build: 0 | 1, path: string, text: string): Promise<Taken> =>
    taken(() => readers[build].read(path, text, ['file:///w']));
  const texts = Array.from({ length: WARM + MEASURED }, (_, seed) => modelFile(LINES, seed));
  const first = await inTurns(texts.length, (build, round) => read(build, `file:///w/first${round}.py`, texts[round]));
  const pairs = [pair('first analysis of 2,000 lines', first, GOALS.first, WARM)];
  for (const { what, versions } of typing()) {
    const times = await inTurns(KEYS, (build, round) =>
      read(build, `file:///w/${what}.py`, versions[round % versions.length]),
    );
    const goal = what === IN_SHARED_BLOCK ? GOALS.sharedBlock : GOALS.key;
    pairs.push(pair(`key press ${what}`, times, goal, WARM_KEYS));
  }
  return pairs;
}

/** Every reading comes under a path of its own, in threads that the texts before have warmed. */
async function measureFile(readers: readonly [BenchReader, BenchReader], file: string): Promise<Pair> {
  const started = performance.now();
  const readings = [0, 0];
  const times = await inTurns(
    FILE_ROUNDS,
    async (build, round) => {
      const { path, text, folders, textAt } = placed(resolve(file), `round${round}`);
      return taken(async () => {
        readings[build] = await readers[build].read(path, text, folders, textAt);
      });
    },
    (round) => round >= LEAST_ROUNDS && performance.now() - started > PER_FILE,
  );
  return pair(`${file}, read ${readings.join(' → ')} times with its imports`, times, GOALS.slowFile);
}

/** What a process of its own says of the memory that reading 200 files takes. */
interface Memory {
  readonly resident: number;
  readonly grown: number;
  readonly heap: number;
}

async function measureMemory(): Promise<Pair[]> {
  const found = await inTurns(MEMORY_ROUNDS, async (build) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(__dirname, 'memory.cjs'), builds[build]], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Memory;
  });
  const row = (what: string, key: keyof Memory, goal?: number): Pair => {
    const [before, now] = found.map((all) => all.map((each) => each[key]));
    return { name: `200 files of 200 lines: ${what}`, unit: 'MB', measured: [before, now], goal };
  };
  return [
    row('largest heap of the thread (what V8 has taken for it)', 'heap', GOALS.memory),
    row('by how much the process grew at most (RSS, from before the thread)', 'grown', GOALS.memory),
    row('largest RSS of the process, Node itself in it', 'resident'),
  ];
}

async function main(): Promise<void> {
  const text = modelFile(LINES, 0);
  const cold = await inTurns(COLD_STARTS, async (build) => {
    const reader = open(builds[build]);
    const time = await taken(() => reader.read('file:///w/a.py', text, ['file:///w']));
    await reader.dispose();
    return time;
  });
  const readers = [open(builds[0]), open(builds[1])] as const;
  const pairs = [
    pair('first text of 2,000 lines, the start of the thread included', cold),
    ...(await measureTexts(readers)),
  ];
  for (const file of positionals) pairs.push(await measureFile(readers, file));
  for (const reader of readers) await reader.dispose();
  pairs.push(...(await measureMemory()));
  const rows = pairs.map(compared);
  const runtime = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}`;
  console.log(markdown(rows, `Reading Python against ${values.against}; ${runtime}`));
  if (values.json) {
    const result = { against: values.against, runtime, goals: goalsOf(rows), rows };
    writeFileSync(values.json, `${JSON.stringify(result, undefined, 2)}\n`);
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
