import type { ModuleAnalysis, Report, Span, Use } from '../python';

const covers = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;
const length = ({ start, end }: Span): number => end - start;

/** The call that begins there; of a call that makes layers of several kinds, the one of this kind if there is one. */
export function callBeginningAt(
  reports: readonly Report[],
  offset: number,
  callee: string | undefined,
): Report | undefined {
  const here = reports.filter(({ span }) => span.start === offset);
  return here.find((each) => each.callee === callee) ?? here[0];
}

export interface Found {
  readonly report: Report;
  readonly span: Span;
  /** The use on whose call the place is. */
  readonly use?: Use;
}

/** The layer that stands at a place in the text: as the call that makes it, as its variable, or as its application. */
export function layerAt({ reports }: Pick<ModuleAnalysis, 'reports'>, offset: number): Found | undefined {
  const found: Found[] = [];
  for (const report of reports) {
    if (covers(report.span, offset)) found.push({ report, span: report.span });
    for (const { span, role } of report.mentions) {
      if (!covers(span, offset)) continue;
      const use = role === 'use' ? report.uses.find((each) => each.span && covers(each.span, offset)) : undefined;
      found.push({ report, span, use });
    }
  }
  return found.sort((a, b) => length(a.span) - length(b.span))[0];
}

/** The layers that are made, applied or named on a line, each with those of its uses that stand there. */
export function reportsOn({ reports }: Pick<ModuleAnalysis, 'reports'>, on: Span): readonly Report[] {
  const meets = (each: Span): boolean => each.start < on.end && each.end > on.start;
  return reports.flatMap((report): Report[] => {
    if (meets(report.span)) return [report];
    const uses = report.uses.filter((use) => use.span && meets(use.span));
    if (uses.length > 0) return [{ ...report, uses }];
    return report.mentions.some((mention) => meets(mention.span)) ? [report] : [];
  });
}
