import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Dim, type ModuleAnalysis, type Report, analyzeModule } from '../../src/python';

type Sizes = readonly (number | null)[];

interface Site {
  /** Line from 1, column from 0, end line, end column. */
  readonly at: readonly [number, number, number, number];
  readonly callee: string;
  readonly uses: readonly (readonly [input: Sizes, output: Sizes])[];
  readonly error: string | null;
}

interface Program {
  readonly id: string;
  readonly source: string;
  readonly sites: readonly Site[];
  readonly raised: { readonly line: number | null; readonly error: string } | null;
}

interface Corpus {
  readonly made: { readonly sites: number; readonly refused: number; readonly torch: string; readonly keras: string };
  readonly programs: readonly Program[];
}

const corpus = JSON.parse(
  gunzipSync(readFileSync(join('test', 'oracle', 'python', 'corpus.json.gz'))).toString(),
) as Corpus;

function spanOf(source: string, [line, column, endLine, endColumn]: Site['at']): { start: number; end: number } {
  const lines = source.split('\n');
  const offset = (row: number, at: number): number =>
    lines.slice(0, row - 1).reduce((sum, each) => sum + each.length + 1, at);
  return { start: offset(line, column), end: offset(endLine, endColumn) };
}

/** A batch may stay a name, or be open in Keras; every other size must be the number that the framework gave. */
function same(dims: readonly Dim[], sizes: Sizes): boolean {
  return (
    dims.length === sizes.length &&
    dims.every((dim, axis) => dim === sizes[axis] || (axis === 0 && (sizes[0] === null || typeof dim === 'string')))
  );
}

const text = (uses: readonly (readonly [readonly unknown[], readonly unknown[]])[]): string =>
  uses.map(([input, output]) => `(${input.join(', ')}) → (${output.join(', ')})`).join('; ') || 'no use';
const usesOf = (report: Report | undefined): string =>
  report ? text(report.uses.map((use) => [use.inputShape, use.outputShape])) : 'no report';

function errorsAt(analysis: ModuleAnalysis, { start, end }: { start: number; end: number }): string[] {
  const inside = analysis.problems.filter((each) => each.span.start >= start && each.span.end <= end);
  const own = analysis.reports
    .filter((each) => each.span.start === start && each.span.end === end)
    .flatMap((each) => each.problems);
  return [...own, ...inside].filter((each) => each.severity === 'error').map((each) => each.message);
}

const allErrors = ({ reports, problems }: ModuleAnalysis): string[] =>
  [...reports.flatMap((report) => report.problems), ...problems]
    .filter((each) => each.severity === 'error')
    .map((each) => `${each.code}: ${each.message}`);

/**
 * A transposed layer takes a word for its padding when it is made; PyTorch refuses it when the layer is called, which
 * the recording did here and the program does not.
 */
const isRefusedWhenCalled = (error: string): boolean =>
  /^TypeError: conv_transpose\dd\(\): argument 'padding'.*element of type str/.test(error);

interface Findings {
  right: number;
  readonly wrong: string[];
  readonly untold: string[];
  readonly unflagged: string[];
  readonly falselyFlagged: string[];
}

function examine(program: Program, found: Findings): void {
  const analysis = analyzeModule({ path: `${program.id}.py`, text: program.source });
  const refused = program.sites.filter((site) => site.error !== null);
  if (!program.raised) {
    const errors = allErrors(analysis);
    if (errors.length > 0) found.falselyFlagged.push(`${program.id}: ${errors.join(' | ')}`);
  }
  for (const site of program.sites) {
    const span = spanOf(program.source, site.at);
    const where = `${program.id}:${site.at[0]} ${program.source.slice(span.start, span.end).replace(/\s+/g, ' ')}`;
    if (site.error !== null) {
      if (errorsAt(analysis, span).length === 0 && !isRefusedWhenCalled(site.error))
        found.unflagged.push(`${where}\n      ${site.error}`);
      continue;
    }
    // After a refusal nothing runs, so of what stands behind it there is no truth to compare with.
    if (refused.length > 0 || program.raised) {
      if (site.uses.length === 0) continue;
    }
    const report = analysis.reports.find((each) => each.span.start === span.start && each.span.end === span.end);
    const reported = report?.uses ?? [];
    const strangers = reported.filter(
      (use) => !site.uses.some(([input, output]) => same(use.inputShape, input) && same(use.outputShape, output)),
    );
    const complete = site.uses.every(([input, output]) =>
      reported.some((use) => same(use.inputShape, input) && same(use.outputShape, output)),
    );
    if (strangers.length > 0 && !program.raised)
      found.wrong.push(`${where}\n      ran ${text(site.uses)}\n      reported ${usesOf(report)}`);
    else if (!complete) found.untold.push(`${where}\n      ran ${text(site.uses)}\n      reported ${usesOf(report)}`);
    else found.right++;
  }
}

const shown = (list: readonly string[]): string => `${list.length}:\n    ${list.slice(0, 25).join('\n    ')}`;

describe(`the analysis of ${corpus.made.sites} call sites that PyTorch ${corpus.made.torch} and Keras ${corpus.made.keras} have run`, () => {
  const found: Findings = { right: 0, wrong: [], untold: [], unflagged: [], falselyFlagged: [] };

  before(function () {
    this.timeout(60_000);
    corpus.programs.forEach((program) => examine(program, found));
  });

  it('has a corpus of at least 3,000 sites, with refused ones among them', () => {
    assert.ok(corpus.made.sites >= 3000 && corpus.made.refused >= 300);
    assert.equal(
      corpus.programs.reduce((sum, program) => sum + program.sites.length, 0),
      corpus.made.sites,
    );
  });

  it('reports no shape that is not the framework’s', () => {
    assert.equal(found.wrong.length, 0, shown(found.wrong));
  });

  it('tells every use of every site that ran', () => {
    assert.equal(found.untold.length, 0, shown(found.untold));
    assert.ok(found.right > 2500, String(found.right));
  });

  it('flags every call that the framework refuses', () => {
    assert.equal(found.unflagged.length, 0, shown(found.unflagged));
  });

  it('flags nothing in a program that runs', () => {
    assert.equal(found.falselyFlagged.length, 0, shown(found.falselyFlagged));
  });
});
