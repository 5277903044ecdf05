import type { Report, Span } from './report';

/** A report of which another is a copy, so many code units further on. */
export interface Origin {
  readonly report: Report;
  readonly by: number;
}

const origins = new WeakMap<Report, Origin>();

/** The report of which this one is a moved copy, when it is one. */
export const originOf = (report: Report): Origin | undefined => origins.get(report);

/**
 * A report as it is when the text before its call has become longer or shorter; a file of its own, so that who moves
 * reports need not load a parser.
 */
export function moved(report: Report, by: number, stale: boolean): Report {
  const shift = (span: Span): Span => ({ start: span.start + by, end: span.end + by });
  const { stale: _before, mentions, problems, ...rest } = report;
  const argumentSpans: Record<string, Span> = {};
  for (const [name, span] of Object.entries(report.argumentSpans)) argumentSpans[name] = shift(span);
  const copy: Report = {
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
  origins.set(copy, { report, by });
  // One step back is enough; a chain of them would keep every report alive that ever was.
  origins.delete(report);
  return copy;
}
