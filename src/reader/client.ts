import type { ModuleAnalysis } from '../python';
import type { KnownFile, ReaderApi, ReadRequest, SettingsRead } from './api';
import type { StartThread } from '../engine/thread';
import { connect, type Remote } from '../protocol/rpc';
import { ReportListener } from './reportCache';

/**
 * Why a text was not read: it took too long (`slow`), the thread ended, most likely for want of memory (`ended`), or
 * the analysis threw an error, which it never should (`fault`).
 */
export type ReadingFault = 'slow' | 'ended' | 'fault';

/** A text could not be read. If that has ended the thread, the next call starts a new one. */
export class ReadingError extends Error {
  override readonly name = 'ReadingError';

  constructor(
    readonly why: ReadingFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

interface ReadingThread {
  readonly remote: Remote<ReaderApi>;
  readonly reports: ReportListener;
  end(): Promise<void>;
}

/** What a reading yields. */
export interface Reading {
  /** Missing when the text has not been analysed yet: what it imports may stand at one of the wanted places. */
  readonly analysis?: ModuleAnalysis;
  /** Places where an import might stand and of which nothing is known yet. */
  readonly wanted: readonly string[];
  /** The same of installed packages, without which the text has been analysed. */
  readonly later: readonly string[];
}

/**
 * Longest that one text may take, ms: beyond it the thread is ended, so that a text which it cannot get through hangs
 * nothing.
 */
const LONGEST = 20_000;

/**
 * Python is read in a thread, so that no text, however long, holds up the extension host. The thread starts at the
 * first request, and a new one after it has ended. A new thread knows no files: that it is another one `ready` tells.
 */
export class ReaderClient {
  private thread: ReadingThread | undefined;
  private disposed = false;
  private generation = 0;

  /** A text may take so many ms. */
  constructor(
    private readonly startThread: StartThread,
    private readonly longest = LONGEST,
  ) {}

  /** Starts the thread if there is none. The answer is its number: the next thread has another. */
  ready(): number {
    this.started();
    return this.generation;
  }

  /**
   * Reads a text. Its new reports come in pieces, so that the host is free between them. Rejects with `ReadingError`.
   */
  async read(request: ReadRequest): Promise<Reading> {
    const { remote, end, reports } = this.started();
    let slow = false;
    const limit = setTimeout(() => {
      slow = true;
      void end();
    }, this.longest);
    try {
      const { path } = request;
      const { told, wanted, later } = await remote.read(request);
      if (!told) return { wanted, later };
      const heard = await reports.hear(path, told.reports, (numbers) => remote.reports(path, numbers));
      return { analysis: { ...told.analysis, reports: heard }, wanted, later };
    } catch (error) {
      if (slow) throw new ReadingError('slow', `It took longer than ${this.longest / 1000} s.`);
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  /** Places where something installed may stand that the text needs, and of which nothing is known. */
  async missing(request: ReadRequest): Promise<readonly string[]> {
    return this.started().remote.missing(request);
  }

  async know(files: readonly KnownFile[]): Promise<void> {
    if (files.length > 0) await this.started().remote.know(files);
  }

  /** No thread is started for this: a new one knows nothing that it could forget. */
  async forget(paths: readonly string[]): Promise<void> {
    if (paths.length > 0) await this.thread?.remote.forget(paths);
  }

  async close(path: string): Promise<void> {
    this.thread?.reports.forget(path);
    await this.thread?.remote.close(path);
  }

  settings(text: string): Promise<SettingsRead> {
    return this.started().remote.settings(text);
  }

  isImported(path: string): Promise<boolean> {
    return this.started().remote.isImported(path);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.thread?.end();
  }

  private started(): ReadingThread {
    if (this.disposed) throw new ReadingError('ended', 'The reading thread has been shut down.');
    return (this.thread ??= this.start());
  }

  private start(): ReadingThread {
    this.generation++;
    const { port, end } = this.startThread((reason) => {
      if (this.thread === thread) this.thread = undefined;
      fail(new ReadingError('ended', `The reading thread stopped: ${reason.message}.`, { cause: reason }));
    });
    const { remote, fail } = connect<ReaderApi>(port, ({ message }) => new ReadingError('fault', message));
    const thread: ReadingThread = { remote, reports: new ReportListener(), end };
    return thread;
  }
}
