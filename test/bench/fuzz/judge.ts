import type { ModuleAnalysis, Report, ReportProblem } from '../../../src/python';
import { type Verdict, judge } from '../coverage/agree';
import { type Site, offsetOf } from '../coverage/compare';

/** A program that `generate.py` drew, and what PyTorch made of it. */
export interface Program {
  readonly id: string;
  readonly source: string;
  /** Names of constructs, each with the step in which it is used. */
  readonly constructs: readonly (readonly [step: number, name: string])[];
  /** For each line of the source, the step to which it belongs. */
  readonly lines: readonly number[];
  readonly sites: readonly Omit<Site, 'file'>[];
  /** `lines` lead to where it raised, outermost first. */
  readonly raised: { readonly lines: readonly number[]; readonly kind: string; readonly error: string } | null;
}

/** A call site, and how what is told of it compares with what it saw. */
export interface JudgedSite {
  readonly verdict: Verdict;
  readonly line: number;
  readonly told: string;
}

export interface Judgement {
  readonly sites: readonly JudgedSite[];
  /** Errors that are told where none is: anywhere in a program that runs through, or before the line that raises. */
  readonly falseErrors: readonly string[];
  /** Of a program that raises: whether an error is told there, and whether in PyTorch's words. */
  readonly raised?: { readonly told: boolean; readonly verbatim: boolean; readonly said: readonly string[] };
  readonly faults: readonly string[];
}

const spanOf = (source: string, [line, column, endLine, endColumn]: Site['at']): string =>
  `${offsetOf(source, line, column)}-${offsetOf(source, endLine, endColumn)}`;

const textAt = (source: string, [line, column, endLine, endColumn]: Site['at']): string =>
  source.slice(offsetOf(source, line, column), offsetOf(source, endLine, endColumn));

const shapes = (report: Report | undefined): string =>
  report?.uses.map((use) => `(${use.inputShape.join(', ')}) → (${use.outputShape.join(', ')})`).join('; ') ??
  'no report';

/** What the text of a program is told to do against what it did. */
export function compareProgram(program: Program, { reports, problems, faults: found = [] }: ModuleAnalysis): Judgement {
  const faults = found.map(({ name, message }) => `${name}: ${message}`);
  const { source, raised } = program;
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length;
  const sites = program.sites
    // A copy of a layer has no call that made it: what it runs is seen at the call that applies it.
    .filter(
      (site) => site.uses.length > 0 && (!site.callee.includes('functional') || /conv/.test(textAt(source, site.at))),
    )
    .map((site): JudgedSite => {
      const [line, column, endLine, endColumn] = site.at;
      const start = offsetOf(source, line, column);
      const end = offsetOf(source, endLine, endColumn);
      const report = reports.find((each) => each.span.start === start && each.span.end === end);
      return {
        verdict: verdictOf(report, site, raised !== null),
        line,
        told: `${source.slice(start, end)}\n    saw  ${site.uses.map(([input, output]) => `(${input.join(', ')}) → (${output.join(', ')})`).join('; ')}\n    told ${shapes(report)}`,
      };
    });
  // The shapes that are written in a program are those that it has: nothing may be told of them.
  const errors = [...reports.flatMap((each) => each.problems), ...problems].filter(
    (each) => each.severity === 'error' || each.code === 'written-shape',
  );
  const said = (each: ReportProblem): string =>
    `${lineAt(each.span.start)}: ${each.code}: ${each.message} | ${each.framework ?? '-'}`;
  if (!raised) return { sites, falseErrors: errors.map(said), faults };
  const refused = program.sites.filter((each) => each.error !== null).map(({ at }) => [at[0], at[2]] as const);
  const onTheWay = (each: ReportProblem): boolean => {
    const from = lineAt(each.span.start);
    const to = lineAt(each.span.end);
    return (
      raised.lines.some((line) => from <= line && line <= to) ||
      refused.some(([start, end]) => from <= end && start <= to)
    );
  };
  const applied = new Set(program.sites.filter((each) => each.uses.length > 0).map(({ at }) => spanOf(source, at)));
  const unapplied = new Set(
    reports.filter(({ span }) => !applied.has(`${span.start}-${span.end}`)).flatMap((each) => each.problems),
  );
  const there = errors.filter(onTheWay);
  const last = raised.lines.at(-1) ?? 0;
  return {
    sites,
    // What stands behind the line that raises was not reached, nor a layer that was made before it and never applied:
    // of those there is no truth.
    falseErrors: errors
      .filter((each) => !onTheWay(each) && !unapplied.has(each) && lineAt(each.span.end) < last)
      .map(said),
    raised: {
      told: there.length > 0,
      verbatim: there.some((each) => each.framework !== undefined && sameWords(each.framework, raised.error)),
      said: there.map(said),
    },
    faults,
  };
}

function verdictOf(report: Report | undefined, site: Omit<Site, 'file'>, raised: boolean): Verdict {
  const verdict = judge(report, site.uses);
  if (verdict !== 'wrong' || !raised || !report) return verdict;
  // A use that is told and was not seen may be one that the error came before.
  const seen = report.uses.filter((use) => judge({ ...report, uses: [use] }, site.uses) !== 'wrong');
  return seen.length > 0 ? judge({ ...report, uses: seen }, site.uses) : 'wrong';
}

const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
const sameWords = (ours: string, theirs: string): boolean =>
  words(theirs).includes(words(ours)) || words(ours).includes(words(theirs));
