import type { ModuleAnalysis, Report } from '../python';
import { moved } from '../python/moved';
import type { KnownFile, ReaderApi, ReadRequest } from './api';
import type { StartThread } from '../engine/thread';
import { connect, type Remote } from '../protocol/rpc';

/** The rejection of what was being read when the thread ended. The next call starts a new thread. */
export class ReaderDiedError extends Error {
  override readonly name = 'ReaderDiedError';
}

/** Reports by the numbers that the thread gave them. */
type Received = Map<number, Report>;

interface ReadingThread {
  readonly remote: Remote<ReaderApi>;
  /**
   * Of each path what its last reading told: a key press changes few reports, and to send all of them took as long as
   * the reading.
   */
  readonly received: Map<string, Received>;
  end(): Promise<void>;
}

/** Reports received at a time: well under a millisecond's worth. */
const PIECE = 25;

/** Paths whose reports are kept, as many as the thread keeps. */
const KEPT = 32;

/** What a reading yields, whole. */
export interface Reading {
  readonly analysis: ModuleAnalysis;
  readonly wanted: readonly string[];
}

/**
 * Longest that one text may take, ms: beyond it the thread is ended, so that a text which it cannot get through hangs
 * nothing.
 */
const LONGEST = 20_000;

/**
 * The thread that reads Python, so that no text, however long, holds up the extension host. It starts at the first
 * request. A new thread knows no files; `ready` tells it from the one before.
 */
export class ReaderClient {
  private thread: ReadingThread | undefined;
  private disposed = false;
  private generation = 0;

  constructor(private readonly startThread: StartThread) {}

  /** Starts the thread if there is none; a number that is another after each start. */
  ready(): number {
    this.started();
    return this.generation;
  }

  /** Reads a text; the reports that are new come in pieces, so that the host is free between them. */
  async read(request: ReadRequest): Promise<Reading> {
    const { remote, end, received } = this.started();
    const limit = setTimeout(() => void end(), LONGEST);
    try {
      const { path } = request;
      const { analysis, reports, wanted } = await remote.read(request);
      const before = received.get(path);
      const found: Received = new Map(before);
      for (const { number, from, by, stale } of reports) {
        const origin = from === undefined || found.has(number) ? undefined : before?.get(from);
        if (origin) found.set(number, moved(origin, by ?? 0, stale === true));
      }
      const missing = reports.map(({ number }) => number).filter((number) => !found.has(number));
      await this.receive(remote, path, missing, found);
      const told = new Map(
        reports.flatMap(({ number }): [number, Report][] => (found.has(number) ? [[number, found.get(number)!]] : [])),
      );
      received.delete(path);
      received.set(path, told);
      const [oldest] = received.keys();
      if (received.size > KEPT) received.delete(oldest);
      return { analysis: { ...analysis, reports: [...told.values()] }, wanted };
    } finally {
      clearTimeout(limit);
    }
  }

  /**
   * Fetches reports in pieces, and asks for the next while one is under way: the thread writes it as the host reads the
   * one before.
   */
  private async receive(
    remote: Remote<ReaderApi>,
    path: string,
    missing: readonly number[],
    found: Received,
  ): Promise<void> {
    const ask = (at: number): Promise<readonly Report[]> | undefined => {
      const numbers = missing.slice(at, at + PIECE);
      if (numbers.length === 0) return undefined;
      const coming = remote.reports(path, numbers);
      // Awaited below, unless the thread ends before that.
      coming.catch(() => undefined);
      return coming;
    };
    let coming = ask(0);
    for (let at = 0; coming; at += PIECE) {
      const next = ask(at + PIECE);
      const piece = await coming;
      // The text was read anew meanwhile, by a caller who wants a later answer than this one.
      if (piece.length < Math.min(PIECE, missing.length - at)) return;
      piece.forEach((report, index) => found.set(missing[at + index], report));
      coming = next;
    }
  }

  async know(files: readonly KnownFile[]): Promise<void> {
    if (files.length > 0) await this.started().remote.know(files);
  }

  async forget(paths: readonly string[]): Promise<void> {
    await this.thread?.remote.forget(paths);
  }

  isImported(path: string): Promise<boolean> {
    return this.started().remote.isImported(path);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.thread?.end();
  }

  private started(): ReadingThread {
    if (this.disposed) throw new ReaderDiedError('The reading thread has been shut down.');
    return (this.thread ??= this.start());
  }

  private start(): ReadingThread {
    this.generation++;
    const { port, end } = this.startThread((reason) => {
      if (this.thread === thread) this.thread = undefined;
      fail(new ReaderDiedError(`The reading thread stopped: ${reason.message}.`, { cause: reason }));
    });
    const { remote, fail } = connect<ReaderApi>(port);
    const thread: ReadingThread = { remote, received: new Map(), end };
    return thread;
  }
}
