import { analyzeModule, type ModuleAnalysis } from '../python';
import type { ReaderApi } from './api';
import { KnownFiles } from './files';
import { isWithin } from './places';
import { ReportTeller } from './reportCache';

/**
 * Code units of text whose last analyses are kept to build the next ones on, the oldest given up first: each takes some
 * ninety bytes (6.4 MB for 2,000 lines of models), and the more there is, the longer every collection of garbage holds
 * up a reading.
 */
const KEPT = 600_000;

interface Last {
  readonly length: number;
  readonly analysis: ModuleAnalysis;
}

/** The reading of Python behind its port: the same in the thread, inline, and in a test. */
export function createReader(analyze = analyzeModule): ReaderApi {
  const files = new KnownFiles();
  const teller = new ReportTeller();
  const last = new Map<string, Last>();
  const close = (path: string): void => {
    last.delete(path);
    teller.forget(path);
  };
  const forgetOldest = (): void => {
    let length = 0;
    for (const [path, each] of [...last].reverse()) {
      // The newest stays, however long: its reports are about to be fetched.
      if (length > 0 && length + each.length > KEPT) close(path);
      else length += each.length;
    }
  };
  return {
    read({ path, text, inputShapes, folders, asKnown }) {
      if (!asKnown) {
        const wanted = files.missingFor(path, text, folders);
        if (wanted.length > 0) return { wanted };
      }
      const previous = last.get(path)?.analysis;
      // Should the analysis fail, the next one builds on nothing: what it would build on may be what is wrong.
      last.delete(path);
      const analysis = faultsTold(() => analyze({ path, text, inputShapes, project: files.view(folders), previous }));
      last.set(path, { length: text.length, analysis });
      // What the next analysis builds on stays here: it is large, and means nothing on the other side.
      const { memo: _memo, reports, ...told } = analysis;
      const numbers = teller.tell(path, reports);
      forgetOldest();
      return { told: { analysis: told, reports: numbers }, wanted: files.takeWanted() };
    },
    reports: (path, wanted) => teller.reports(path, wanted),
    know: (known) => files.know(known),
    close,
    forget: (paths) => {
      files.forget(paths);
      [...last.keys()].filter((path) => isWithin(path, paths)).forEach(close);
    },
    isImported: (path) => files.isImported(path),
  };
}

/** Of an error only the message crosses to the other side; there the log is to say where it happened. */
function faultsTold<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new Error(error instanceof Error ? error.stack : String(error), { cause: error });
  }
}
