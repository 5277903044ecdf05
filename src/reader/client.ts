import { Worker } from 'node:worker_threads';
import type { ModuleAnalysis } from '../python';
import type { KnownFile, ReaderApi, ReadRequest } from './api';
import { connect, type Remote } from '../protocol/rpc';
import { portOf } from '../engine/port';
import { ReportListener } from './reportCache';

/**
 * Why a text was not read: it took too long, the thread ended (mostly for want of memory), or the analysis threw, which
 * is a fault of ours.
 */
export type ReadingFault = 'slow' | 'ended' | 'fault';

/** A text could not be read. After the thread has ended the next call starts a new one. */
export class ReadingError extends Error {
  override readonly name = 'ReadingError';

  constructor(
    readonly why: ReadingFault,
    message: string,
  ) {
    super(message);
  }
}

interface Thread {
  readonly worker: Worker;
  readonly remote: Remote<ReaderApi>;
  readonly reports: ReportListener;
}

/** What a reading yields. */
export interface Reading {
  /** Missing when the text has not been read, since something that it imports may stand at one of the places wanted. */
  readonly analysis?: ModuleAnalysis;
  /** Places of which nothing is known, and where something may stand that would say more. */
  readonly wanted: readonly string[];
}

/**
 * MB that the thread may take: beyond it the thread ends, and not the extension host with it. 50,000 lines of models
 * need 300.
 */
const MOST_MEMORY = 1_024;

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
  private thread: Thread | undefined;
  private disposed = false;
  private generation = 0;

  /** `script` is the bundled `reader.js`; a text may take so many ms. */
  constructor(
    private readonly script: string,
    private readonly longest = LONGEST,
  ) {}

  /** Starts the thread if there is none; a number that is another after each start. */
  ready(): number {
    this.started();
    return this.generation;
  }

  /**
   * Reads a text; the reports that are new come in pieces, so that the host is free between them. Rejects with a
   * `ReadingError`.
   */
  async read(request: ReadRequest): Promise<Reading> {
    const { remote, worker, reports } = this.started();
    let slow = false;
    const limit = setTimeout(() => {
      slow = true;
      void worker.terminate();
    }, this.longest);
    try {
      const { path } = request;
      const { told, wanted } = await remote.read(request);
      if (!told) return { wanted };
      const heard = await reports.hear(path, told.reports, (numbers) => remote.reports(path, numbers));
      return { analysis: { ...told.analysis, reports: heard }, wanted };
    } catch (error) {
      if (slow) throw new ReadingError('slow', `It took longer than ${this.longest / 1000} s.`);
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  async know(files: readonly KnownFile[]): Promise<void> {
    if (files.length > 0) await this.started().remote.know(files);
  }

  /** A thread that has not been started has nothing to forget. */
  async forget(paths: readonly string[]): Promise<void> {
    if (paths.length > 0) await this.thread?.remote.forget(paths);
  }

  async close(path: string): Promise<void> {
    this.thread?.reports.forget(path);
    await this.thread?.remote.close(path);
  }

  isImported(path: string): Promise<boolean> {
    return this.started().remote.isImported(path);
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.thread?.worker.terminate();
  }

  private started(): Thread {
    if (this.disposed) throw new ReadingError('ended', 'The reading thread has been shut down.');
    return (this.thread ??= this.start());
  }

  private start(): Thread {
    this.generation++;
    const worker = new Worker(this.script, {
      name: 'transposed-conv reader',
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
    });
    const { remote, fail } = connect<ReaderApi>(portOf(worker), ({ message }) => new ReadingError('fault', message));
    const thread: Thread = { worker, remote, reports: new ReportListener() };
    let reason = 'it exited';
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      if (this.thread === thread) this.thread = undefined;
      fail(new ReadingError('ended', `The reading thread stopped: ${reason}.`));
    });
    return thread;
  }
}
