import type { CsrMatrix, Tensor } from '../core/operation';
import type { Training } from '../core/training/training';
import type { Comparison } from '../core/upsampling/comparison';
import { type Problem, ProblemError } from '../core/problem';
import type {
  ComputeCall,
  Converted,
  EngineApi,
  EvaluateRequest,
  Evaluation,
  FileCall,
  FilmCall,
  FilmFrameCall,
  Given,
  LookRequest,
  MatrixCall,
  MatrixFileCall,
  OpenedFile,
  ProgressMessage,
  SupplyCall,
  TensorCall,
  TrainCall,
  UpsampleCall,
  Want,
  Wanting,
} from '../protocol/engine';
import type { News } from '../protocol/news';
import { connect, handOver, type WireError } from '../protocol/rpc';
import { CancelledError } from './cancel';
import type { Crossing, Question, Running } from './crossing';
import type { StartThread } from './thread';

/** The rejection of every call that was under way when the thread ended. The next call starts a new thread. */
export class ThreadDiedError extends Error {
  override readonly name = 'ThreadDiedError';
}

function revive(error: WireError): Error {
  if (error.name === 'CancelledError') return new CancelledError();
  if (error.name === 'ProblemError' && Array.isArray(error.data)) return new ProblemError(error.data as Problem[]);
  return Object.assign(new Error(error.message), { name: error.name });
}

/** Bytes that are a part of other memory are copied first: only whole buffers can be handed over. */
function handedOver(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

function withBytesHandedOver(call: FileCall): FileCall {
  if (!('bytes' in call)) return call;
  const bytes = handedOver(call.bytes);
  return handOver({ ...call, bytes }, [bytes.buffer]);
}

function withGivenHandedOver(call: SupplyCall): SupplyCall {
  if (!(call.given instanceof Uint8Array)) return call;
  const given = handedOver(call.given);
  return handOver({ ...call, given }, [given.buffer]);
}

/** Fetches what the thread wants of a file. */
export type Supply = (want: Want) => Promise<Given>;

/** More than any file needs: what goes on for longer will never have enough. */
const MOST_WANTS = 10_000;

const isProgress = (message: unknown): message is ProgressMessage =>
  typeof message === 'object' && message !== null && 'progress' in message;

interface Living extends Running {
  kill(): Promise<void>;
}

export interface EngineOptions {
  readonly start: StartThread;
  readonly crossing: Crossing;
  /** The thread ended unasked; calls under way have been rejected. */
  onDeath?(error: Error): void;
}

/**
 * The compute thread as its callers see it. It starts at the first request. When it dies (a crash, memory), every call
 * under way is rejected with `ThreadDiedError` and the next call starts another one; nothing of the document lives in
 * the thread.
 */
export class EngineClient {
  private thread: Living | undefined;
  private disposed = false;
  /** By the number of an open file. */
  private readonly supplies = new Map<number, Supply>();
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

  look(request: LookRequest, signal?: AbortSignal): Promise<News> {
    return this.call((remote) => remote.look(request), signal);
  }

  /** Hears of work that takes long; answers with what ends that. */
  onProgress(listen: (progress: ProgressMessage['progress']) => void): () => void {
    this.listeners.add(listen);
    return () => this.listeners.delete(listen);
  }

  /**
   * The file's bytes are handed over: nobody may look at them afterwards. What the thread lacks is fetched by `supply`,
   * now and whenever a tensor is read.
   */
  async openFile(call: FileCall, supply?: Supply): Promise<OpenedFile> {
    let answer = await this.call((remote) => remote.openFile(withBytesHandedOver(call)));
    const { file } = answer;
    if (supply) this.supplies.set(file, supply);
    try {
      for (let asked = 0; 'wants' in answer; asked++) {
        await this.satisfy(answer, asked);
        answer = await this.call((remote) => remote.listFile(file));
      }
    } catch (error) {
      this.closeFile(file);
      throw error;
    }
    return answer;
  }

  async readTensor(call: TensorCall): Promise<Converted> {
    let answer = await this.call((remote) => remote.readTensor(call));
    for (let asked = 0; 'wants' in answer; asked++) {
      await this.satisfy(answer, asked);
      answer = await this.call((remote) => remote.readTensor(call));
    }
    return answer;
  }

  private async satisfy({ file, wants }: Wanting, asked: number): Promise<void> {
    const supply = this.supplies.get(file);
    if (!supply || asked >= MOST_WANTS) throw new Error('The compute thread wants what nobody can give it.');
    const given = await supply(wants);
    await this.call((remote) => remote.supplyFile(withGivenHandedOver({ file, wants, given })));
  }

  /** A thread that has ended keeps no files. */
  closeFile(file: number): void {
    this.supplies.delete(file);
    this.thread?.remote.closeFile(file).catch(() => undefined);
  }

  /** Begins a film; its number is good as long as the thread lives. */
  beginFilm(call: FilmCall): Promise<number> {
    return this.call((remote) => remote.beginFilm(call));
  }

  addFrame(call: FilmFrameCall): Promise<void> {
    return this.call((remote) => remote.addFrame(call));
  }

  endFilm(film: number): Promise<Uint8Array> {
    return this.call((remote) => remote.endFilm(film));
  }

  dropFilm(film: number): void {
    this.thread?.remote.dropFilm(film).catch(() => undefined);
  }

  upsample(call: Omit<UpsampleCall, 'cancel'>, signal?: AbortSignal): Promise<Comparison> {
    return this.call((remote, cancel) => remote.upsample({ ...call, cancel }), signal);
  }

  train(call: Omit<TrainCall, 'cancel'>, signal?: AbortSignal): Promise<Training> {
    return this.call((remote, cancel) => remote.train({ ...call, cancel }), signal);
  }

  /** Memory for values that the caller owns and the thread reads. */
  allocate(bytes: number): ArrayBufferLike {
    return this.options.crossing.allocate(bytes);
  }

  /** Frees what the thread keeps for a session; a thread that has ended keeps nothing. */
  release(session: number): void {
    this.thread?.remote.release(session).catch(() => undefined);
  }

  /** Ends the thread at once, as a crash would; for work that cannot be cancelled, and for tests of what follows. */
  async kill(): Promise<void> {
    await this.thread?.kill();
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.kill();
  }

  private async call<Result>(question: Question<Result>, signal?: AbortSignal): Promise<Result> {
    if (signal?.aborted) throw new CancelledError();
    const { answer, stop } = this.options.crossing.ask(question, () => this.running(), signal);
    if (!signal) return answer;
    return new Promise<Result>((resolve, reject) => {
      const abort = (): void => {
        stop();
        reject(new CancelledError());
      };
      signal.addEventListener('abort', abort, { once: true });
      answer.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', abort);
      });
    });
  }

  private running(): Running {
    if (this.disposed) throw new ThreadDiedError('The compute thread has been shut down.');
    return (this.thread ??= this.start());
  }

  private start(): Living {
    let unwanted = false;
    const thread = this.options.start((reason) => {
      if (this.thread === living) this.thread = undefined;
      const error = new ThreadDiedError(`The compute thread stopped: ${reason.message}.`, { cause: reason });
      fail(error);
      if (!this.disposed && !unwanted) this.options.onDeath?.(error);
    });
    const { remote, fail } = connect<EngineApi>(thread.port, revive);
    thread.port.listen((message) => {
      if (isProgress(message)) for (const listen of this.listeners) listen(message.progress);
    });
    const living: Living = {
      remote: this.options.crossing.reach(remote),
      giveUp: () => {
        unwanted = true;
        void thread.end();
      },
      kill: () => thread.end(),
    };
    return living;
  }
}
