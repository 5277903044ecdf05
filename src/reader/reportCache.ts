import type { PlacedReport, Report } from '../python';
import { inPlace } from '../python/moved';

/**
 * How reports get from the thread to the host: both halves of the agreement. After a key press most reports of a file
 * are as they were, or the same a few code units further on, and to send all of them again took as long as the reading.
 * So the thread numbers its reports and tells only numbers, and how far each has moved since it was made; a report
 * keeps its number as long as it is the same object. The host keeps the reports by their numbers, puts them where they
 * stand by itself, and fetches what it does not have.
 */

/** The reports of a file in order, as the thread tells them: in lists of numbers, which cross faster than objects. */
export interface ToldReports {
  readonly numbers: readonly number[];
  /** By how many code units each has moved. */
  readonly by: readonly number[];
  /** Those that are stale now, by their places in these lists. */
  readonly stale: readonly number[];
  /** The first of those that are new: a key press changes few, and they need not be asked for. */
  readonly fresh: readonly (readonly [number: number, report: Report])[];
}

/** Reports told or fetched at a time. To receive so many holds up the host for well under a millisecond. */
const PIECE = 50;

/** Files whose reports the host keeps. */
const MOST_FILES = 32;

/** The thread's half. */
export class ReportTeller {
  private readonly numbers = new WeakMap<Report, number>();
  private count = 0;
  /** The reports of each file's last reading. */
  private readonly told = new Map<string, ReadonlyMap<number, Report>>();

  tell(path: string, placed: readonly PlacedReport[]): ToldReports {
    const before = this.told.get(path);
    const told = new Map<number, Report>();
    const fresh: [number, Report][] = [];
    const numbers = placed.map(({ report }) => {
      const number = this.numberOf(report);
      told.set(number, report);
      if (fresh.length < PIECE && !before?.has(number)) fresh.push([number, report]);
      return number;
    });
    this.told.set(path, told);
    return {
      numbers,
      by: placed.map(({ by }) => by),
      stale: placed.flatMap(({ stale }, index) => (stale ? [index] : [])),
      fresh,
    };
  }

  /** Reports of the last reading, as they were made. A number that is none of them any more is left out. */
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

/** A report as it was fetched, and as it was last shown. */
interface Heard extends PlacedReport {
  readonly shown: Report;
}

/** The host's half. Every thread begins to count at 1, so each needs a listener of its own. */
export class ReportListener {
  private readonly heard = new Map<string, ReadonlyMap<number, Heard>>();

  /** The reports that the thread has told of, in their order. One that it has dropped meanwhile is left out. */
  async hear(path: string, { numbers, by, stale, fresh }: ToldReports, fetch: Fetch): Promise<Report[]> {
    const before = this.heard.get(path);
    const received = new Map(fresh);
    await receive(
      numbers.filter((number) => !before?.has(number) && !received.has(number)),
      fetch,
      received,
    );
    const isStale = new Set(stale);
    const found = new Map<number, Heard>();
    for (const [index, number] of numbers.entries()) {
      const known = before?.get(number);
      const report = known?.report ?? received.get(number);
      if (report) found.set(number, put(known, { report, by: by[index], stale: isStale.has(index) }));
    }
    this.keep(path, found);
    return Array.from(found.values(), ({ shown }) => shown);
  }

  forget(path: string): void {
    this.heard.delete(path);
  }

  private keep(path: string, reports: ReadonlyMap<number, Heard>): void {
    this.heard.delete(path);
    this.heard.set(path, reports);
    const [oldest] = this.heard.keys();
    if (this.heard.size > MOST_FILES) this.heard.delete(oldest);
  }
}

/** Where it stands now; what stands where it stood stays the same object. */
const put = (known: Heard | undefined, placed: PlacedReport): Heard =>
  known?.by === placed.by && known.stale === placed.stale ? known : { ...placed, shown: inPlace(placed) };

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
