import { whenIdle } from '../engine/idle';
import { analyzeFile, type FileAnalysis, getReady } from '../python';
import type { ReaderApi, SettingsRead } from './api';
import { KnownFiles } from './files';
import { isWithin } from './places';
import { parseProjectSettings, SettingsRefused } from './projectSettings';
import { ReportTeller } from './reportCache';

/**
 * The last analyses are kept, since the next ones build on them, of texts of so many code units together; beyond that
 * the oldest are dropped. Each code unit takes some ninety bytes (6.4 MB for 2,000 lines of models). This is enough for
 * 5,000 lines, more than stand in the editors that one looks at in turns; of 600,000 the thread grew to twice the size.
 */
const KEPT = 200_000;

interface Last {
  readonly length: number;
  readonly analysis: FileAnalysis;
}

function settingsOf(text: string): SettingsRead {
  try {
    return { settings: parseProjectSettings(text) };
  } catch (error) {
    if (!(error instanceof SettingsRefused)) throw error;
    const { template, args, line } = error;
    return { refusal: { template, args, line } };
  }
}

/** What the thread serves; in a test it runs without a thread. */
export function createReader(analyze = analyzeFile): ReaderApi {
  // Behind the answer, which is on its way by then.
  const answered = whenIdle(0, getReady);
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
      // The newest stays, however long it is: its reports are about to be fetched.
      if (length > 0 && length + each.length > KEPT) close(path);
      else length += each.length;
    }
  };
  return {
    read({ path, text, inputShapes, folders, packages = [], lines, asKnown }) {
      const roots = { folders, packages };
      const before = asKnown ? { wanted: [], later: [] } : files.missingFor(path, text, roots);
      if (before.wanted.length > 0) return { wanted: before.wanted, later: [] };
      const previous = last.get(path)?.analysis;
      // Should the analysis throw, the next one starts from nothing: the old one may be what is wrong.
      last.delete(path);
      const analysis = faultsTold(() =>
        analyze({ path, text, inputShapes, project: files.view(roots), previous, lines }),
      );
      answered();
      last.set(path, { length: text.length, analysis });
      // What the next analysis builds on stays in the thread: it is large, and the host has no use for it.
      const { memo: _memo, placed, ...told } = analysis;
      const numbers = teller.tell(path, placed);
      forgetOldest();
      const { wanted, later } = files.takeWanted();
      if (later.length > 0) files.lookAgain(path);
      return { told: { analysis: told, reports: numbers }, wanted, later: [...new Set([...before.later, ...later])] };
    },
    missing: ({ path, text, folders, packages = [] }) => {
      const { wanted, later } = files.missingFor(path, text, { folders, packages });
      return [...wanted, ...later];
    },
    reports: (path, wanted) => teller.reports(path, wanted),
    know: (known) => files.know(known),
    close,
    forget: (paths) => {
      files.forget(paths);
      [...last.keys()].filter((path) => isWithin(path, paths)).forEach(close);
    },
    settings: settingsOf,
    isImported: (path) => files.isImported(path),
  };
}

/** Only the message of an error reaches the host, so the place where it happened goes into it, for the log. */
function faultsTold<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new Error(error instanceof Error ? error.stack : String(error), { cause: error });
  }
}
