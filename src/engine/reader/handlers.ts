import { analyzeModule, type ModuleAnalysis, originOf, type Report } from '../../core/python';
import type { ReaderApi, ReportNumber } from '../../protocol/reader';
import { KnownFiles } from './files';

/** Texts whose last analysis is kept to build the next one on; more are rarely open at once. */
const KEPT = 32;

/** The reading of Python behind its port: the same in the thread, inline, and in a test. */
export function createReader(): ReaderApi {
  const files = new KnownFiles();
  const last = new Map<string, ModuleAnalysis>();
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
  return {
    read({ path, text, inputShapes, folders }) {
      const analysis = analyzeModule({ path, text, inputShapes, project: files.view(folders), previous: last.get(path) });
      last.delete(path);
      last.set(path, analysis);
      const [oldest] = last.keys();
      if (last.size > KEPT) last.delete(oldest);
      // What the next analysis builds on stays here: it is large, and means nothing on the other side.
      const { memo: _memo, reports, ...told } = analysis;
      return { analysis: told, reports: reports.map(tell), wanted: files.takeWanted() };
    },
    reports: (path, wanted) => {
      const asked = new Set(wanted);
      return (last.get(path)?.reports ?? []).filter((report) => asked.has(numberOf(report)));
    },
    know: (known) => files.know(known),
    forget: (paths) => files.forget(paths),
    isImported: (path) => files.isImported(path),
  };
}
