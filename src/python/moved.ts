import type { PlacedReport, Report, Span, Use } from './report';

/** A report as it reads where it stands; a file of its own, so that who moves reports need not load a parser. */
export const inPlace = ({ report, by, stale }: PlacedReport): Report =>
  by === 0 && stale === (report.stale === true) ? report : moved(report, by, stale);

/** Field by field: to spread all but some of a report took four times as long, and a new line moves all of a file's. */
function moved(report: Report, by: number, stale: boolean): Report {
  const shift = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  const argumentSpans: Record<string, Span> = {};
  for (const name in report.argumentSpans) argumentSpans[name] = shift(report.argumentSpans[name]);
  const uses = report.uses.map((use): Use => ({ ...use, span: use.span && shift(use.span) }));
  const mentions = report.mentions.map(({ span, role, name }) => ({ span: shift(span), role, name }));
  const problems = report.problems.map((problem) => ({ ...problem, span: shift(problem.span) }));
  const { callee, framework, family, rank, parameters, weightShape, parameterCount, weights } = report;
  const [span, calleeSpan, insertAt] = [shift(report.span), shift(report.calleeSpan), report.insertAt + by];
  const known = { callee, framework, family, rank, span, calleeSpan, parameters, argumentSpans, insertAt };
  const { refused } = report;
  const attempt = refused && { refused: { ...refused, span: refused.span && shift(refused.span) } };
  const found = { weightShape, parameterCount, uses, ...attempt };
  if (!stale && !weights) return { ...known, ...found, mentions, problems };
  return { ...known, ...found, ...(stale ? { stale } : {}), mentions, ...(weights ? { weights } : {}), problems };
}
