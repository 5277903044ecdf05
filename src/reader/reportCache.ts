import type { Report } from '../python';
import { moved, originOf } from '../python/moved';

/**
 * Both halves of one agreement. After a key press most reports of a file are what they were, or that and a few code
 * units further on; to send all of them again took as long as the reading. So the thread gives every report a number,
 * for as long as it is the same object, and tells numbers. The host keeps the reports that it has received by their
 * numbers, makes moved copies itself, and fetches only what it does not have.
 */

/** One report as the thread tells it. */
export interface ReportNumber {
  readonly number: number;
  /** Given when it is a moved copy: of which number, by how many code units, and whether it is stale. */
  readonly copy?: { readonly of: number; readonly by: number; readonly stale: boolean };
}

/** Reports fetched at a time: to take them apart holds up the host for well under a millisecond. */
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

  /** Reports of the last reading; one that is none of them any more is left out. */
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

/** The host's half. A thread that has been started anew begins to count anew, so each has a listener of its own. */
export class ReportListener {
  private readonly heard = new Map<string, ReadonlyMap<number, Report>>();

  /** The reports that the thread has told, in their order. One that the thread has no longer is left out. */
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

/**
 * Fetches in pieces, and asks for the next while one is under way: the thread writes it as the host reads the other.
 */
async function receive(missing: readonly number[], fetch: Fetch, found: Map<number, Report>): Promise<void> {
  const ask = (at: number): Promise<readonly Report[]> | undefined => {
    const numbers = missing.slice(at, at + PIECE);
    if (numbers.length === 0) return undefined;
    const coming = fetch(numbers);
    // It is awaited below, unless the piece before it fails: then nobody would hear that this one did as well.
    coming.catch(() => undefined);
    return coming;
  };
  let coming = ask(0);
  for (let at = 0; coming; at += PIECE) {
    const next = ask(at + PIECE);
    const piece = await coming;
    // The text has been read anew meanwhile, by someone who wants a later answer than this one.
    if (piece.length < Math.min(PIECE, missing.length - at)) return;
    piece.forEach((report, index) => found.set(missing[at + index], report));
    coming = next;
  }
}
