// Compares what the analysis reports with what PyTorch and Keras really did at every convolution of public code.
// usage: npm run bench:coverage -- [--python PYTHON] [--failures] [--errors] [--seconds PER_CHECKOUT] [--recorded
// FOLDER] [--json FILE] CHECKOUT… FOLDER: what discover.py printed before, one NAME.json for each checkout of that
// name.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyzeModule } from '../../../src/python';
import type { Verdict } from './agree';
import { type Judged, type Site, compare } from './compare';
import { type PassedOver, checkoutProject, pythonFiles } from './project';

/** A file of the checkout whose models run by themselves, and the lines that run them. */
interface Discovered {
  readonly file: string;
  /** The file without the statements that were not executed: its own examples, which the recording knows nothing of. */
  readonly text: string;
  readonly lines: readonly string[];
  readonly sites: readonly Site[];
}

/** What a scenario written by hand saw. */
interface Recording {
  readonly sites: readonly Site[];
  readonly passedOver: PassedOver;
}

type Counts = Record<Verdict, number>;

const HERE = join('test', 'bench', 'coverage');
const NONE: Readonly<Counts> = { exact: 0, true: 0, unproved: 0, partial: 0, silent: 0, wrong: 0 };
/**
 * From the worst on: of two verdicts on one site, the one that a user who sees both would hold against the analysis.
 */
const WORST: readonly Verdict[] = ['wrong', 'silent', 'partial', 'unproved', 'true', 'exact'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    failures: { type: 'boolean', default: false },
    errors: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '120' },
    json: { type: 'string' },
    recorded: { type: 'string' },
  },
});

function run(script: string, ...args: string[]): unknown {
  const output = execFileSync(values.python, [join(HERE, script), ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output);
}

/**
 * What was written by hand for a checkout; otherwise, or where that is for another one, whatever of it runs by itself.
 */
function judged(root: string): Judged[] {
  const kept = values.recorded === undefined ? undefined : join(values.recorded, `${basename(root)}.json`);
  const known = kept !== undefined && existsSync(kept);
  const scenarios = known ? [] : readdirSync(join(HERE, 'scenarios')).map((name) => join(HERE, 'scenarios', name));
  const own = scenarios.filter((path) => {
    const [, marker] = /^# in: (.+)$/m.exec(readFileSync(path, 'utf8')) ?? [];
    return marker !== undefined && existsSync(join(root, marker.trim()));
  });
  const written = own.flatMap((path) => {
    const { sites, passedOver } = run('run_scenario.py', root, path) as Recording;
    return compare(
      root,
      { path: join(root, 'coverage_scenario.py'), text: readFileSync(path, 'utf8') },
      sites,
      passedOver,
    );
  });
  if (written.length > 0) return written;
  const found = (
    known ? JSON.parse(readFileSync(kept, 'utf8')) : run('discover.py', root, values.seconds)
  ) as readonly Discovered[];
  const bySite = new Map<string, Judged>();
  for (const { file, text, lines, sites } of found) {
    const path = join(root, file);
    for (const each of compare(root, { path, text: `${text}\n\nimport torch\n${lines.join('\n')}\n` }, sites)) {
      const before = bySite.get(each.site);
      if (!before || WORST.indexOf(each.verdict) < WORST.indexOf(before.verdict)) bySite.set(each.site, each);
    }
  }
  return [...bySite.values()];
}

/** Problems of severity `error` in the files as they were published: each is either a bug of theirs or of ours. */
function errorsIn(root: string): string[] {
  return pythonFiles(root).flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const started = performance.now();
    const { reports, problems } = analyzeModule({
      path,
      text,
      project: { resolve: checkoutProject(root, { path, text, version: 1 }).resolve },
    });
    const spent = performance.now() - started;
    if (spent > 2_000) console.log(`slow ${path}: ${Math.round(spent)} ms`);
    const errors = [...problems, ...reports.flatMap((each) => each.problems)].filter(
      (each) => each.severity === 'error',
    );
    return errors.map(
      (each) =>
        `error ${path.slice(root.length + 1)}:${text.slice(0, each.span.start).split('\n').length} ${each.code}: ${each.framework ?? each.message}\n    ${text.slice(each.span.start, each.span.end).replace(/\s+/g, ' ').slice(0, 160)}`,
    );
  });
}

const sitesOf = (counts: Counts): number => Object.values(counts).reduce((sum, each) => sum + each, 0);
const shareOf = (counts: Counts): number =>
  sitesOf(counts) === 0 ? 0 : (100 * (counts.exact + counts.true)) / sitesOf(counts);

function line(name: string, counts: Counts): void {
  console.log(
    `${name.padEnd(52)} ${String(sitesOf(counts)).padStart(4)} sites: ${Object.entries(counts)
      .map(([verdict, count]) => `${count} ${verdict}`)
      .join(', ')} – ${shareOf(counts).toFixed(1)} % exact or true`,
  );
}

const total = { ...NONE };
const repositories: { readonly name: string; readonly sites: Counts }[] = [];
let errors = 0;
for (const checkout of positionals) {
  const root = realpathSync(checkout);
  const counts = { ...NONE };
  for (const { verdict, told } of judged(root)) {
    counts[verdict]++;
    total[verdict]++;
    if (values.failures && verdict !== 'exact' && verdict !== 'true') console.log(told);
  }
  repositories.push({ name: basename(root), sites: counts });
  line(basename(root), counts);
  if (!values.errors) continue;
  const found = errorsIn(root);
  errors += found.length;
  for (const each of found) console.log(each);
}
line('all', total);
const share = shareOf(total);
const goals = [
  {
    name: 'call sites exact or true',
    goal: '≥ 90 %',
    measured: `${share.toFixed(1)} % of ${sitesOf(total)}`,
    met: share >= 90,
  },
  { name: 'call sites wrong', goal: '0', measured: String(total.wrong), met: total.wrong === 0 },
];
if (values.errors) console.log(`${errors} problems of severity error in the files as published`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ goals, total, repositories }, null, 2)}\n`);
if (total.wrong > 0) process.exitCode = 1;
