import type { SiteProblem } from '../model/site';
import type { Report, ReportProblem, Span } from '../report';

type Base = Omit<Report, 'problems'>;

/** Problems of a layer, each once, at the argument that they speak of. */
export function problemsOf(problems: readonly SiteProblem[], report: Base, path: string): ReportProblem[] {
  const seen = new Set<string>();
  return problems.flatMap((found): ReportProblem[] => {
    const span = spanOf(found, report, path);
    // The rules speak per axis; the framework's message names all of them at once.
    const key = JSON.stringify([span, found.problem.code, found.problem.framework ?? found.problem.message]);
    if (seen.has(key)) return [];
    seen.add(key);
    const { code, severity, template, args, message, framework } = found.problem;
    return [
      {
        code,
        severity,
        span,
        template,
        args,
        message,
        ...(framework === undefined ? {} : { framework }),
        repairs: found.repairs,
      },
    ];
  });
}

function spanOf(found: SiteProblem, report: Base, path: string): Span {
  const written = found.arguments.map((name) => report.argumentSpans[name]).find((span) => span !== undefined);
  if (written) return written;
  if (found.place?.chunk?.path === path)
    return { start: found.place.chunk.absolute(found.place.start), end: found.place.chunk.absolute(found.place.end) };
  return report.span;
}
