import type { Report } from '../python';
import { moved, originOf } from '../python/moved';

/**
 * How reports get from the thread to the host: both halves of the agreement. After a key press most reports of a file
 * are as they were, or the same a few code units further on, and to send all of them again took as long as the reading.
 * So the thread numbers its reports and tells only numbers; a report keeps its number as long as it is the same object.
 * The host keeps the reports by their numbers, makes moved copies by itself, and fetches what it does not have.
 */

/** One report as the thread tells it. */
export interface ReportNumber {
  readonly number: number;
  /** For a moved copy: the number of the original, by how many code units it has moved, and whether it is stale. */
  readonly copy?: { readonly of: number; readonly by: number; readonly stale: boolean };
}

/** Reports fetched at a time. To receive so many holds up the host for well under a millisecond. */
const PIECE = 25;

/** Files whose reports the host keeps. */
const MOST_FILES = 32;

/** The thread's half. */
export class ReportTeller {
  private readonly numbers = new WeakMap<Report, number>();
  private count = 0;
  /** The reports of each file's last reading. */
  private readonly told = new Map<string, ReadonlyMap<number, Report>>();

  tell(path: string, reports: readonly Report[]): ReportNumber[] {
    this.told.set(path, new Map(reports.map((report) => [this.numberOf(report), report])));
    return reports.map((report) => {
      const origin = originOf(report);
      const number = this.numberOf(report);
      if (!origin) return { number };
      return { number, copy: { of: this.numberOf(origin.report), by: origin.by, stale: report.stale === true } };
    });
  }

  /** Reports of the last reading. A number that is none of them any more is left out. */
  reports(path: string, numbers: readonly number[]): Report[] {
    const told = this.told.get(path);
    return numbers.flatMap((number) => told?.get(number) ?? []);
  }

  forget(path: string): void {
    this.told.delete(path);
  }

  private numberOf(report: Report): number {
    let number = this.numbers.get(report);
    if (number === undefined) this.numbers.set(report, (number = ++this.count));
    return number;
  }
}

/** Asks the thread for reports by their numbers. */
type Fetch = (numbers: readonly number[]) => Promise<readonly Report[]>;

/** The host's half. Every thread begins to count at 1, so each needs a listener of its own. */
export class ReportListener {
  private readonly heard = new Map<string, ReadonlyMap<number, Report>>();

  /** The reports that the thread has told of, in their order. One that it has dropped meanwhile is left out. */
  async hear(path: string, told: readonly ReportNumber[], fetch: Fetch): Promise<Report[]> {
    const before = this.heard.get(path);
    const found = new Map<number, Report>();
    for (const { number, copy } of told) {
      const same = before?.get(number);
      const original = copy && before?.get(copy.of);
      if (same) found.set(number, same);
      else if (original) found.set(number, moved(original, copy.by, copy.stale));
    }
    const missing = told.map(({ number }) => number).filter((number) => !found.has(number));
    await receive(missing, fetch, found);
    const reports = told.flatMap(({ number }) => found.get(number) ?? []);
    this.keep(path, found);
    return reports;
  }

  forget(path: string): void {
    this.heard.delete(path);
  }

  private keep(path: string, reports: ReadonlyMap<number, Report>): void {
    this.heard.delete(path);
    this.heard.set(path, reports);
    const [oldest] = this.heard.keys();
    if (this.heard.size > MOST_FILES) this.heard.delete(oldest);
  }
}

/** Fetches in pieces. The next is asked for while one is under way, so that thread and host work at the same time. */
async function receive(missing: readonly number[], fetch: Fetch, found: Map<number, Report>): Promise<void> {
  const ask = (at: number): Promise<readonly Report[]> | undefined => {
    const numbers = missing.slice(at, at + PIECE);
    if (numbers.length === 0) return undefined;
    const coming = fetch(numbers);
    // It is awaited below, unless the piece before it fails: then this failure must not go unhandled.
    coming.catch(() => undefined);
    return coming;
  };
  let coming = ask(0);
  for (let at = 0; coming; at += PIECE) {
    const next = ask(at + PIECE);
    const piece = await coming;
    // The text has been read again meanwhile, for someone who wants the newer answer, or it has been closed.
    if (piece.length < Math.min(PIECE, missing.length - at)) return;
    piece.forEach((report, index) => found.set(missing[at + index], report));
    coming = next;
  }
}
