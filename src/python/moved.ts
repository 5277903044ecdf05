import type { Report, Span } from './report';

/**
 * A report as it is when the text before its call has become longer or shorter; a file of its own, so that who moves
 * reports need not load a parser.
 */
export function moved(report: Report, by: number, stale: boolean): Report {
  const shift = (span: Span): Span => ({ start: span.start + by, end: span.end + by });
  const { stale: _before, mentions, problems, ...rest } = report;
  const argumentSpans: Record<string, Span> = {};
  for (const [name, span] of Object.entries(report.argumentSpans)) argumentSpans[name] = shift(span);
  return {
    ...rest,
    span: shift(report.span),
    calleeSpan: shift(report.calleeSpan),
    argumentSpans,
    insertAt: report.insertAt + by,
    uses: report.uses.map((use) => ({ ...use, span: use.span && shift(use.span) })),
    ...(stale ? { stale } : {}),
    mentions: mentions.map((mention) => ({ ...mention, span: shift(mention.span) })),
    problems: problems.map((problem) => ({ ...problem, span: shift(problem.span) })),
  };
}
