import { MessageChannel, Worker } from 'node:worker_threads';
import type { CsrMatrix, Tensor } from '../core/operation';
import { type Problem, ProblemError } from '../core/problem';
import type { Sight } from '../core/tensor/look';
import type {
  ComputeCall,
  EngineApi,
  FileCall,
  FileRead,
  EvaluateRequest,
  Evaluation,
  LookRequest,
  MatrixCall,
  MatrixFileCall,
  ProgressMessage,
} from '../protocol/engine';
import { connect, type Remote, type WireError } from '../protocol/rpc';
import { CancelledError, createCancelFlag, raise } from './cancel';
import { askingPort, createBells, type Line } from './port';

/** The rejection of every call that was under way when the thread ended. The next call starts a new thread. */
export class ThreadDiedError extends Error {
  override readonly name = 'ThreadDiedError';
}

function revive(error: WireError): Error {
  if (error.name === 'CancelledError') return new CancelledError();
  if (error.name === 'ProblemError' && Array.isArray(error.data)) return new ProblemError(error.data as Problem[]);
  return Object.assign(new Error(error.message), { name: error.name });
}

const isProgress = (message: unknown): message is ProgressMessage =>
  typeof message === 'object' && message !== null && 'progress' in message;

interface Thread {
  readonly worker: Worker;
  readonly remote: Remote<EngineApi>;
}

export interface EngineOptions {
  /** The bundled `worker.js`. */
  readonly script: string;
  /** The thread ended unasked; calls under way have been rejected. */
  onDeath?(error: Error): void;
}

/**
 * The compute thread as its callers see it. It starts at the first request. When it dies (a crash, memory), every call
 * under way is rejected with `ThreadDiedError` and the next call starts another one; nothing of the document lives in
 * the thread.
 */
export class EngineClient {
  private thread: Thread | undefined;
  private disposed = false;
  private readonly listeners = new Set<(progress: ProgressMessage['progress']) => void>();

  constructor(private readonly options: EngineOptions) {}

  compute(call: Omit<ComputeCall, 'cancel'>, signal?: AbortSignal): Promise<Tensor> {
    return this.call((remote, cancel) => remote.compute({ ...call, cancel }), signal);
  }

  matrix(call: Omit<MatrixCall, 'cancel'>, signal?: AbortSignal): Promise<CsrMatrix> {
    return this.call((remote, cancel) => remote.matrix({ ...call, cancel }), signal);
  }

  matrixFile(call: Omit<MatrixFileCall, 'cancel'>, signal?: AbortSignal): Promise<Uint8Array> {
    return this.call((remote, cancel) => remote.matrixFile({ ...call, cancel }), signal);
  }

  evaluate(request: Omit<EvaluateRequest, 'cancel'>, signal?: AbortSignal): Promise<Evaluation> {
    return this.call((remote, cancel) => remote.evaluate({ ...request, cancel }), signal);
  }

  look(request: LookRequest, signal?: AbortSignal): Promise<Sight> {
    return this.call((remote) => remote.look(request), signal);
  }

  /** Hears of work that takes long; answers with what ends that. */
  onProgress(listen: (progress: ProgressMessage['progress']) => void): () => void {
    this.listeners.add(listen);
    return () => this.listeners.delete(listen);
  }

  readFile(call: FileCall, signal?: AbortSignal): Promise<FileRead> {
    return this.call((remote) => remote.readFile(call), signal);
  }

  /** Frees what the thread keeps for a session; a thread that has ended keeps nothing. */
  release(session: number): void {
    this.thread?.remote.release(session).catch(() => undefined);
  }

  /** Ends the thread at once, as a crash would; for work that cannot be cancelled, and for tests of what follows. */
  async kill(): Promise<void> {
    await this.thread?.worker.terminate();
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.kill();
  }

  private async call<Result>(
    ask: (remote: Remote<EngineApi>, cancel: SharedArrayBuffer | undefined) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    if (this.disposed) throw new ThreadDiedError('The compute thread has been shut down.');
    if (signal?.aborted) throw new CancelledError();
    const { remote } = (this.thread ??= this.start());
    if (!signal) return ask(remote, undefined);
    const cancel = createCancelFlag();
    const answer = ask(remote, cancel);
    return new Promise<Result>((resolve, reject) => {
      const abort = (): void => {
        raise(cancel);
        reject(new CancelledError());
      };
      signal.addEventListener('abort', abort, { once: true });
      answer.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', abort);
      });
    });
  }

  private start(): Thread {
    const { port1, port2 } = new MessageChannel();
    const bells = createBells();
    const worker = new Worker(this.options.script, {
      name: 'transposed-conv engine',
      workerData: { port: port2, bells } satisfies Line,
      transferList: [port2],
    });
    const port = askingPort({ port: port1, bells });
    // The worker keeps the process alive, not its channel.
    port1.unref();
    const { remote, fail } = connect<EngineApi>(port, revive);
    const thread: Thread = { worker, remote };
    let reason = 'it exited';
    port.listen((message) => {
      if (isProgress(message)) for (const listen of this.listeners) listen(message.progress);
    });
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      if (this.thread === thread) this.thread = undefined;
      // What it had answered before it ended counts.
      port.drain();
      port1.close();
      const error = new ThreadDiedError(`The compute thread stopped: ${reason}.`);
      fail(error);
      if (!this.disposed) this.options.onDeath?.(error);
    });
    return thread;
  }
}
