import { join } from 'node:path';
import { type Report, analyzeModule } from '../../../src/python';
import { type Recorded, type Verdict, judge } from './agree';
import { type PassedOver, checkoutProject, textOf } from './project';

/** A convolution call site as a program that ran saw it. */
export interface Site {
  readonly file: string;
  /** Line from 1, column from 0 in UTF-8 bytes, end line, end column. */
  readonly at: readonly [number, number, number, number];
  readonly callee: string;
  readonly uses: readonly Recorded[];
  readonly error: string | null;
}

export interface Judged {
  readonly verdict: Verdict;
  /** The call site, what it saw and what was reported, for a person to read. */
  readonly told: string;
  readonly site: string;
  /** Distinct ways in which the site was run. */
  readonly calls: number;
}

export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1;
  const rest = text.slice(start, text.indexOf('\n', start) < 0 ? undefined : text.indexOf('\n', start));
  return start + Buffer.from(rest).subarray(0, column).toString().length;
}

function shapes(report: Report | undefined): string {
  return report
    ? report.uses.map((use) => `(${use.inputShape.join(', ')}) → (${use.outputShape.join(', ')})`).join('; ') ||
        'no use'
    : 'no report';
}

/** Each site against the report of it, when `driver` (a file of the checkout, or one more) calls the models. */
export function compare(
  root: string,
  driver: { readonly path: string; readonly text: string },
  sites: readonly Site[],
  passedOver: PassedOver = {},
): Judged[] {
  const project = checkoutProject(root, { ...driver, version: 1 }, passedOver);
  const seen = sites.filter((site) => site.uses.length > 0 && site.error === null);
  return [...new Set(seen.map((site) => site.file))].flatMap((file) => {
    const path = join(root, file);
    const text = path === driver.path ? driver.text : textOf(path, passedOver);
    const { reports } = analyzeModule({ path, text, project });
    return judgeFile(
      text,
      reports,
      seen.filter((each) => each.file === file),
    );
  });
}

/** Each site of one file against the report of it. */
export function judgeFile(
  text: string,
  reports: readonly Report[],
  sites: readonly Site[],
  nameOf = (file: string) => file,
): Judged[] {
  return sites.map((site): Judged => {
    const [line, column, endLine, endColumn] = site.at;
    const start = offsetOf(text, line, column);
    const end = offsetOf(text, endLine, endColumn);
    // A call of a name that stands for layers of one and of two axes has a report of each.
    const told = reports.filter((each) => each.span.start === start && each.span.end === end);
    const report = told.length > 1 ? { ...told[0], uses: told.flatMap(({ uses }) => uses) } : told[0];
    const verdict = judge(report, site.uses);
    const wanted = site.uses.map(([input, output]) => `(${input.join(', ')}) → (${output.join(', ')})`).join('; ');
    const file = nameOf(site.file);
    return {
      verdict,
      calls: site.uses.length,
      site: `${file}:${line}:${column}`,
      told: `${verdict} ${file}:${line}:${column + 1} ${text.slice(start, end).replace(/\s+/g, ' ')}\n    saw      ${wanted}\n    reported ${shapes(report)}`,
    };
  });
}
