import { analyzeModule, type ModuleAnalysis, originOf, type Report } from '../python';
import type { ReaderApi, ReportNumber } from './api';
import { KnownFiles } from './files';

/**
 * Code units of text whose last analyses are kept to build the next ones on, the oldest given up first: each takes some
 * ninety bytes (6.4 MB for 2,000 lines of models), and the more there is, the longer every collection of garbage holds
 * up a reading.
 */
const KEPT = 600_000;

interface Last {
  readonly length: number;
  readonly analysis: ModuleAnalysis;
  readonly reports: ReadonlyMap<number, Report>;
}

/** The reading of Python behind its port: the same in the thread, inline, and in a test. */
export function createReader(): ReaderApi {
  const files = new KnownFiles();
  const last = new Map<string, Last>();
  const numbers = new WeakMap<Report, number>();
  let count = 0;
  const numberOf = (report: Report): number => {
    let number = numbers.get(report);
    if (number === undefined) numbers.set(report, (number = ++count));
    return number;
  };
  const tell = (report: Report): ReportNumber => {
    const origin = originOf(report);
    const number = numberOf(report);
    return origin ? { number, from: numberOf(origin.report), by: origin.by, stale: report.stale } : { number };
  };
  const forgetOldest = (): void => {
    let length = 0;
    for (const [path, each] of [...last].reverse()) {
      // The newest stays, however long: its reports are about to be fetched.
      if (length > 0 && length + each.length > KEPT) last.delete(path);
      else length += each.length;
    }
  };
  return {
    read({ path, text, inputShapes, folders }) {
      const analysis = analyzeModule({
        path,
        text,
        inputShapes,
        project: files.view(folders),
        previous: last.get(path)?.analysis,
      });
      last.delete(path);
      last.set(path, {
        length: text.length,
        analysis,
        reports: new Map(analysis.reports.map((report) => [numberOf(report), report])),
      });
      forgetOldest();
      // What the next analysis builds on stays here: it is large, and means nothing on the other side.
      const { memo: _memo, reports, ...told } = analysis;
      return { analysis: told, reports: reports.map(tell), wanted: files.takeWanted() };
    },
    reports: (path, wanted) => {
      const known = last.get(path)?.reports;
      return wanted.flatMap((number) => known?.get(number) ?? []);
    },
    know: (known) => files.know(known),
    forget: (paths) => files.forget(paths),
    isImported: (path) => files.isImported(path),
  };
}
