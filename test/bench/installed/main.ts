// Compares what is told of models of installed packages, each built and called from a file of ten lines, with what
// every convolution in them really saw.
// usage: npm run bench:installed -- --python PYTHON [--failures] [--only PART] [--recorded FILE] [--json FILE]
// PYTHON has what requirements.txt names. FILE: what run_programs.py printed before.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { analyzeModule } from '../../../src/python';
import type { Verdict } from '../coverage/agree';
import { type Judged, type Site, judgeFile } from '../coverage/compare';
import { Disk } from './disk';

interface Recorded {
  readonly packages: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly programs: readonly {
    readonly program: string;
    readonly sites: readonly Site[];
    readonly raised: string | null;
  }[];
}

interface Told {
  readonly judged: readonly Judged[];
  readonly errors: readonly string[];
  /** ms of the first reading with everything known, and of the next. */
  readonly first: number;
  readonly next: number;
}

type Counts = Record<Verdict, number>;

const HERE = join('test', 'bench', 'installed');
const PROGRAMS = resolve(HERE, 'programs');
const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    files: { type: 'boolean', default: false },
    failures: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    recorded: { type: 'string' },
    json: { type: 'string' },
  },
});

function record(): Recorded {
  const programs = readdirSync(PROGRAMS).sort();
  const output = values.recorded
    ? readFileSync(values.recorded, 'utf8')
    : execFileSync(values.python, [join(HERE, 'run_programs.py'), ...programs.map((name) => join(PROGRAMS, name))], {
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
  return JSON.parse(output) as Recorded;
}

/** What a user sees who has the program on screen, or goes from there to a file of the package. */
function read(packages: string, program: string, sites: readonly Site[]): Told {
  const path = join(PROGRAMS, program);
  const text = readFileSync(path, 'utf8');
  const disk = new Disk(packages, new Map([[path, text]]));
  disk.follow(path, text);
  const { project, late } = disk.view(path, []);
  const timed = (): readonly [ReturnType<typeof analyzeModule>, number] => {
    const started = performance.now();
    return [analyzeModule({ path, text, project }), performance.now() - started];
  };
  const [, first] = timed();
  const [own, next] = timed();
  const errors = [...own.problems, ...own.reports.flatMap(({ problems }) => problems)]
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `error ${program} ${code}: ${message}`);
  const faults = (own.faults ?? []).map((each) => `fault ${program} ${each.stack}`);
  const driver = { path, text, version: 1 };
  const seen = sites.filter(({ uses, error }) => uses.length > 0 && error === null);
  const judged = [...new Set(seen.map(({ file }) => file))].flatMap((file) => {
    const view = disk.view(file, file === path ? [] : [driver]).project;
    const source = file === path ? text : readFileSync(file, 'utf8');
    const analysis = file === path ? own : analyzeModule({ path: file, text: source, project: view });
    return judgeFile(
      source,
      analysis.reports,
      seen.filter((each) => each.file === file),
      (name) => name.slice(name.startsWith(packages) ? packages.length + 1 : PROGRAMS.length + 1),
    );
  });
  const { read: took } = disk;
  console.log(
    `${program.padEnd(28)} ${own.incomplete ? 'INCOMPLETE ' : ''}${took.files} files, ${Math.round(took.length / 1000)} KB, ${took.rounds} rounds, ${late.length} late, ${first.toFixed(0)} ms, then ${next.toFixed(0)} ms`,
  );
  if (values.files) for (const each of disk.paths) console.log(`    read ${each.replace(`${packages}/`, '')}`);
  if (values.failures) for (const each of late) console.log(`    late ${each.replaceAll(`${packages}/`, '')}`);
  return { judged, errors: [...errors, ...faults], first, next };
}

const zero = (): Counts => ({ exact: 0, true: 0, unproved: 0, partial: 0, silent: 0, wrong: 0 });
const sumOf = (counts: Counts): number => Object.values(counts).reduce((sum, each) => sum + each, 0);
const lineOf = (name: string, counts: Counts): string =>
  `${name.padEnd(28)} ${String(sumOf(counts)).padStart(4)} calls: ${Object.entries(counts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ')} – ${((100 * counts.exact) / Math.max(1, sumOf(counts))).toFixed(1)} % exact`;

const { packages, versions, programs } = record();
console.log(
  Object.entries(versions)
    .map((pair) => pair.join(' '))
    .join(', '),
);
const byLibrary = new Map<string, Counts>();
const sites = zero();
const all = zero();
let errors = 0;
for (const { program, sites: seen, raised } of programs) {
  if (!program.includes(values.only)) continue;
  if (raised !== null) {
    console.log(`${program} did not run: ${raised}`);
    process.exitCode = 1;
    continue;
  }
  const told = read(packages, program, seen);
  const [library] = program.split('_');
  const counts = byLibrary.get(library) ?? zero();
  byLibrary.set(library, counts);
  for (const { verdict, told: text, calls } of told.judged) {
    sites[verdict]++;
    counts[verdict] += calls;
    all[verdict] += calls;
    if (values.failures && verdict !== 'exact') console.log(text);
  }
  errors += told.errors.length;
  for (const each of told.errors) console.log(each);
}
for (const [library, counts] of byLibrary) console.log(lineOf(library, counts));
console.log(lineOf('all', all));
console.log(`${sumOf(sites)} call sites: ${sites.exact} exact, ${sites.wrong} wrong; ${errors} errors told`);
const share = (100 * all.exact) / Math.max(1, sumOf(all));
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ versions, all, sites, errors, libraries: Object.fromEntries(byLibrary) }, null, 2)}\n`,
  );
if (all.wrong > 0 || errors > 0 || share < 60) process.exitCode = 1;
