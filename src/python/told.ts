import { format } from '../core/problem';
import { PROBLEM_CODES } from './problemCodes';
import type { Ignore, ModuleAnalysis, Report, ReportProblem, Span } from './report';

/** A problem that is told, and the call that it belongs to, if it belongs to one. */
export interface Told {
  readonly problem: ReportProblem;
  readonly report?: Report;
}

/** All problems of a text but those of calls that stand in what does not parse now. */
const problemsOf = ({ reports, problems }: ModuleAnalysis): readonly Told[] => [
  ...reports
    .filter((report) => !report.stale)
    .flatMap((report) => report.problems.map((problem) => ({ problem, report }))),
  ...problems.map((problem) => ({ problem })),
];

const within = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;
const meets = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

/** The call that a problem is told on, where it is told on an argument of that; else what it is told on. */
export const callOf = ({ problem, report }: Told): Span =>
  report && within(problem.span, report.span) ? report.span : problem.span;

function silences({ codes, scope, covers }: Ignore, told: Told): boolean {
  if (codes && !codes.some(({ name }) => name === told.problem.code)) return false;
  return scope === 'line'
    ? meets(callOf(told), covers)
    : told.problem.span.start >= covers.start && told.problem.span.start <= covers.end;
}

const UNUSED = 'unused-ignore';

/** What is left of the problems of a text once its comments have been heard, and what is to be said of the comments. */
export function heard(analysis: ModuleAnalysis): { readonly told: readonly Told[]; readonly idle: readonly Told[] } {
  const all = problemsOf(analysis);
  const { ignores = [], broken, incomplete } = analysis;
  if (ignores.length === 0) return { told: all, idle: [] };
  const told = all.filter((each) => !ignores.some((ignore) => silences(ignore, each)));
  // Of a text that was not read to its end nobody knows what it would have been silent of.
  const idle = broken || incomplete ? [] : ignores.flatMap((ignore) => remarksOn(ignore, all));
  return { told, idle };
}

function remarksOn(ignore: Ignore, all: readonly Told[]): Told[] {
  const { codes, span } = ignore;
  // As mypy has it: who says so knows that there is nothing to silence now.
  if (codes?.some(({ name }) => name === UNUSED)) return [];
  const heard = all.filter((each) => silences(ignore, each));
  if (!codes || codes.length === 0)
    return heard.length > 0 ? [] : [remark(UNUSED, span, 'This comment silences nothing.')];
  return codes.flatMap(({ name, span: place }): Told[] => {
    if (!Object.hasOwn(PROBLEM_CODES, name))
      return [remark('unknown-code', place, 'There is no problem with the code {0}.', [name])];
    return heard.some(({ problem }) => problem.code === name)
      ? []
      : [remark(UNUSED, place, 'No problem with the code {0} is told here.', [name])];
  });
}

const remark = (code: string, span: Span, template: string, args: readonly string[] = []): Told => ({
  problem: { code, severity: 'info', span, template, args, message: format(template, args), repairs: [] },
});
