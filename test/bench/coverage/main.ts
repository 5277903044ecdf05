// Compares what the analysis reports with what PyTorch and Keras really did at every convolution of public code.
// usage: npm run bench:coverage -- [--python PYTHON] [--failures] CHECKOUT…
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyzeModule, type Report } from '../../../src/core/python';
import { type Recorded, type Verdict, judge } from './agree';
import { checkoutProject } from './project';

interface Site {
  readonly file: string;
  /** Line from 1, column from 0 in UTF-8 bytes, end line, end column. */
  readonly at: readonly [number, number, number, number];
  readonly callee: string;
  readonly uses: readonly Recorded[];
  readonly error: string | null;
}

const HERE = join('test', 'bench', 'coverage');

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1;
  const rest = text.slice(start, text.indexOf('\n', start) < 0 ? undefined : text.indexOf('\n', start));
  return start + Buffer.from(rest).subarray(0, column).toString().length;
}

function record(python: string, root: string, scenario: string): readonly Site[] {
  const output = execFileSync(python, [join(HERE, 'record.py'), root, scenario], { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(output) as readonly Site[];
}

function shapes(report: Report | undefined): string {
  return report ? report.uses.map((use) => `(${use.inputShape.join(', ')}) → (${use.outputShape.join(', ')})`).join('; ') || 'no use' : 'no report';
}

function compare(root: string, scenario: string, sites: readonly Site[], failures: boolean): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { exact: 0, true: 0, unproved: 0, partial: 0, silent: 0, wrong: 0 };
  const path = join(root, 'coverage_scenario.py');
  const project = checkoutProject(root, { path, text: readFileSync(scenario, 'utf8'), version: 1 });
  const seen = sites.filter((site) => site.uses.length > 0 && site.error === null);
  for (const file of new Set(seen.map((site) => site.file))) {
    const text = readFileSync(join(root, file), 'utf8');
    const { reports } = analyzeModule({ path: join(root, file), text, project });
    for (const site of seen.filter((each) => each.file === file)) {
      const [line, column, endLine, endColumn] = site.at;
      const start = offsetOf(text, line, column);
      const end = offsetOf(text, endLine, endColumn);
      const report = reports.find((each) => each.span.start === start && each.span.end === end);
      const verdict = judge(report, site.uses);
      counts[verdict]++;
      if (!failures || verdict === 'exact' || verdict === 'true') continue;
      const wanted = site.uses.map(([input, output]) => `(${input.join(', ')}) → (${output.join(', ')})`).join('; ');
      console.log(`${verdict} ${file}:${line}:${column + 1} ${text.slice(start, end).replace(/\s+/g, ' ')}\n    saw      ${wanted}\n    reported ${shapes(report)}`);
    }
  }
  return counts;
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { python: { type: 'string', default: 'python3' }, failures: { type: 'boolean', default: false } } });
const scenarios = readdirSync(join(HERE, 'scenarios')).filter((name) => name.endsWith('.py')).map((name) => join(HERE, 'scenarios', name));
const total: Record<Verdict, number> = { exact: 0, true: 0, unproved: 0, partial: 0, silent: 0, wrong: 0 };

function line(name: string, counts: Record<Verdict, number>): void {
  const sites = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const share = sites === 0 ? 0 : (100 * (counts.exact + counts.true)) / sites;
  console.log(`${name.padEnd(44)} ${String(sites).padStart(4)} sites: ${Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`).join(', ')} – ${share.toFixed(1)} % exact or true`);
}

for (const checkout of positionals) {
  const root = realpathSync(checkout);
  for (const scenario of scenarios) {
    const [, marker] = /^# in: (.+)$/m.exec(readFileSync(scenario, 'utf8')) ?? [];
    if (!marker || !existsSync(join(root, marker.trim()))) continue;
    const counts = compare(root, scenario, record(values.python, root, scenario), values.failures);
    for (const verdict of Object.keys(total) as Verdict[]) total[verdict] += counts[verdict];
    line(`${basename(root)} · ${basename(scenario, '.py')}`, counts);
  }
}
line('all', total);
if (total.wrong > 0) process.exitCode = 1;
