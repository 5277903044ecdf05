// Compares what the analysis reports with what PyTorch and Keras really did at every convolution of public code.
// usage: npm run bench:coverage -- [--python PYTHON] [--failures] [--errors] [--seconds PER_CHECKOUT] [--recorded
// FOLDER] [--checkouts FOLDER] [--only NAME] [--json FILE] [CHECKOUT…]
// Without a CHECKOUT those of checkouts.json, which are sought in the second FOLDER and fetched into it. The first
// holds what was recorded, one NAME.json for each checkout of that name, and is given what is recorded now.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyzeModule } from '../../../src/python';
import type { Verdict } from './agree';
import { type Checkout, listed, obtained } from './checkouts';
import { type Judged, type Site, compare } from './compare';
import { type PassedOver, checkoutProject, pythonFiles, textOf } from './project';

/** A file of the checkout whose models run by themselves, and the lines that run them. */
interface Discovered {
  readonly file: string;
  /** Statements of it, and of others that it uses, that were not executed: of those the recording knows nothing. */
  readonly passedOver: PassedOver;
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
    checkouts: { type: 'string', default: join('.cache', 'checkouts') },
    only: { type: 'string' },
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

/** Scenarios that were written for a checkout that has such a file. */
const scenariosFor = (root: string): string[] =>
  readdirSync(join(HERE, 'scenarios'))
    .map((name) => join(HERE, 'scenarios', name))
    .filter((path) => {
      const [, marker] = /^# in: (.+)$/m.exec(readFileSync(path, 'utf8')) ?? [];
      return marker !== undefined && existsSync(join(root, marker.trim()));
    });

/** What was recorded before under this name, or is now. */
function recording<Result>(name: string, record: () => unknown): Result {
  const kept = values.recorded === undefined ? undefined : join(values.recorded, `${name}.json`);
  if (kept && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Result;
  const result = record();
  if (kept) {
    mkdirSync(values.recorded!, { recursive: true });
    writeFileSync(kept, JSON.stringify(result));
  }
  return result as Result;
}

function byScenario(root: string, scenario: string): Judged[] {
  const { sites, passedOver } = recording<Recording>(`${basename(root)}.${basename(scenario, '.py')}`, () =>
    run('run_scenario.py', root, scenario),
  );
  const driver = { path: join(root, 'coverage_scenario.py'), text: readFileSync(scenario, 'utf8') };
  return compare(root, driver, sites, passedOver);
}

function discovered(root: string): Judged[] {
  const found = recording<readonly Discovered[]>(basename(root), () => run('discover.py', root, values.seconds));
  const bySite = new Map<string, Judged>();
  for (const { file, passedOver, lines, sites } of found) {
    const path = join(root, file);
    const text = `${textOf(path, passedOver)}\n\nimport torch\n${lines.join('\n')}\n`;
    for (const each of compare(root, { path, text }, sites, passedOver)) {
      const before = bySite.get(each.site);
      if (!before || WORST.indexOf(each.verdict) < WORST.indexOf(before.verdict)) bySite.set(each.site, each);
    }
  }
  return [...bySite.values()];
}

/**
 * What was written by hand for a checkout; otherwise, or where that is for another one, whatever of it runs by itself.
 */
function judged(root: string, checkout?: Checkout): Judged[] {
  const scenarios = checkout
    ? [checkout.scenario].flatMap((name) => (name === undefined ? [] : [join(HERE, 'scenarios', `${name}.py`)]))
    : scenariosFor(root);
  const written = scenarios.flatMap((path) => byScenario(root, path));
  return written.length > 0 ? written : discovered(root);
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
const repositories: {
  readonly name: string;
  readonly commit?: string;
  readonly fresh?: boolean;
  readonly sites: Counts;
}[] = [];
let errors = 0;
const chosen: readonly (readonly [root: () => string, checkout?: Checkout])[] =
  positionals.length > 0
    ? positionals.map((path) => [() => path] as const)
    : listed()
        .filter(({ repository }) => values.only === undefined || repository.includes(values.only))
        .map((each) => [() => obtained(each, values.checkouts), each] as const);
const fresh = { ...NONE };
for (const [rootOf, checkout] of chosen) {
  const root = realpathSync(rootOf());
  const counts = { ...NONE };
  for (const { verdict, told } of judged(root, checkout)) {
    counts[verdict]++;
    total[verdict]++;
    if (checkout?.fresh) fresh[verdict]++;
    if (values.failures && verdict !== 'exact' && verdict !== 'true') console.log(told);
  }
  const { repository = basename(root), commit } = checkout ?? {};
  repositories.push({
    name: repository,
    ...(commit === undefined ? {} : { commit, fresh: checkout?.fresh === true }),
    sites: counts,
  });
  line(basename(root), counts);
  if (!values.errors) continue;
  const found = errorsIn(root);
  errors += found.length;
  for (const each of found) console.log(each);
}
line('all', total);
if (sitesOf(fresh) > 0) line('those that were read for the first time', fresh);
const share = shareOf(total);
const goals = [
  {
    name: 'call sites exact or true',
    goal: '≥ 97 %',
    measured: `${share.toFixed(1)} % of ${sitesOf(total)}`,
    met: share >= 97,
  },
  { name: 'call sites wrong', goal: '0', measured: String(total.wrong), met: total.wrong === 0 },
];
if (values.errors) console.log(`${errors} problems of severity error in the files as published`);
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ goals, total, fresh, errors, repositories }, null, 2)}\n`);
if (total.wrong > 0) process.exitCode = 1;
