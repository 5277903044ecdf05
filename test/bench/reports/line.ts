import type { ModuleAnalysis, Report } from '../../../src/python';

/** One line: a report, or what else was told of a file, or that reading the file failed. */
export type ReportLine = { readonly file: string } & (
  | { readonly report: Report }
  | { readonly rest: Omit<ModuleAnalysis, 'memo' | 'path' | 'reports' | 'dependencies'> & { dependencies: string[] } }
  | { readonly threw: string }
);

/** What a line is told of, whatever it says: two builds' lines of one place are compared with each other. */
export function placeOf(line: ReportLine): string {
  if (!('report' in line)) return line.file;
  const { span, callee } = line.report;
  return `${line.file}:${span.start}-${span.end} ${callee}`;
}
