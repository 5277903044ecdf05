import { Worker } from 'node:worker_threads';
import type { ModuleAnalysis } from '../python';
import type { KnownFile, ReaderApi, ReadRequest } from './api';
import { connect, type Remote } from '../protocol/rpc';
import { portOf } from '../engine/port';
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
  /** Missing when the text has not been analysed yet: what it imports may stand at one of the wanted places. */
  readonly analysis?: ModuleAnalysis;
  /** Places where an import might stand and of which nothing is known yet. */
  readonly wanted: readonly string[];
}

/**
 * MB that the thread may take. When it needs more, the thread ends, and the extension host lives on. 50,000 lines of
 * models need 300.
 */
const MOST_MEMORY = 1_024;

/**
 * MB for what has just been made. V8 would take 48, though most is garbage at once. With 24 a key press takes as much
 * processor time as before (±2 %); with 12 it took 6 % more.
 */
const YOUNG_MEMORY = 24;

/** ms that one text may take. Then the thread is ended, so that the texts after it need not wait for ever. */
const LONGEST = 20_000;

/**
 * Python is read in a thread, so that no text, however long, holds up the extension host. The thread starts at the
 * first request, and a new one after it has ended. A new thread knows no files: that it is another one `ready` tells.
 */
export class ReaderClient {
  private thread: Thread | undefined;
  private disposed = false;
  private generation = 0;

  /** `script` is the bundled `reader.js`; `longest` says how many ms a text may take. */
  constructor(
    private readonly script: string,
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

  /** No thread is started for this: a new one knows nothing that it could forget. */
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
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY, maxYoungGenerationSizeMb: YOUNG_MEMORY },
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
