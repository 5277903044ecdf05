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
import { whenIdle } from './idle';
import type { Tuning } from './kernels';
import { hintCollector, WORTH_COLLECTING } from './pressure';
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

/** More than any file needs. */
const MOST_WANTS = 10_000;

const isProgress = (message: unknown): message is ProgressMessage =>
  typeof message === 'object' && message !== null && 'progress' in message;

const isTuned = (message: unknown): message is { readonly tuned: Tuning } =>
  typeof message === 'object' && message !== null && 'tuned' in message;

interface Living extends Running {
  kill(): Promise<void>;
}

/** A thread that nobody needs is ended after this long: to start another takes some 60 ms, to keep it some 60 MiB. */
const REST_MS = 20_000;

export interface EngineOptions {
  readonly start: StartThread;
  readonly crossing: Crossing;
  /** As `REST_MS`, which it is unless given. */
  readonly restMs?: number;
  /** The thread ended unasked; calls under way have been rejected. */
  onDeath?(error: Error): void;
  /** The thread has found out what is the faster way on this machine. */
  onTuned?(tuning: Tuning): void;
}

/**
 * The compute thread as its callers see it. It starts at the first request, and ends when it keeps nothing for anybody
 * (no session, open file or film) and has been asked nothing for a while. When it dies (a crash, memory), every call
 * under way is rejected with `ThreadDiedError` and the next call starts another one; no document lives in the thread.
 */
export class EngineClient {
  private thread: Living | undefined;
  private disposed = false;
  /** By the number of an open file. */
  private readonly supplies = new Map<number, Supply>();
  /** What the thread keeps for somebody, such as `file 3`. */
  private readonly kept = new Set<string>();
  private underWay = 0;
  /** Bytes of the thread's memory, as far as they were seen on this side, where they are held as well. */
  private largest = 0;
  private readonly rest: () => void;
  private readonly listeners = new Set<(progress: ProgressMessage['progress']) => void>();

  constructor(private readonly options: EngineOptions) {
    this.rest = whenIdle(options.restMs ?? REST_MS, () => {
      if (this.underWay > 0 || this.kept.size > 0 || !this.thread) return;
      this.thread.giveUp();
      if (this.largest >= WORTH_COLLECTING) hintCollector();
      this.largest = 0;
    });
  }

  compute(call: Omit<ComputeCall, 'cancel'>, signal?: AbortSignal): Promise<Tensor> {
    return this.call((remote, cancel) => remote.compute({ ...call, cancel }), signal);
  }

  matrix(call: Omit<MatrixCall, 'cancel'>, signal?: AbortSignal): Promise<CsrMatrix> {
    return this.call((remote, cancel) => remote.matrix({ ...call, cancel }), signal);
  }

  matrixFile(call: Omit<MatrixFileCall, 'cancel'>, signal?: AbortSignal): Promise<Uint8Array> {
    return this.call((remote, cancel) => remote.matrixFile({ ...call, cancel }), signal);
  }

  async evaluate(request: Omit<EvaluateRequest, 'cancel'>, signal?: AbortSignal): Promise<Evaluation> {
    this.kept.add(`session ${request.session}`);
    const evaluation = await this.call((remote, cancel) => remote.evaluate({ ...request, cancel }), signal);
    this.largest = Math.max(this.largest, evaluation.output.buffer.byteLength);
    return evaluation;
  }

  look(request: LookRequest, signal?: AbortSignal): Promise<News> {
    this.kept.add(`session ${request.session}`);
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
    this.kept.add(`file ${file}`);
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
    this.forget(`file ${file}`);
  }

  /** Begins a film; its number is good as long as the thread lives. */
  async beginFilm(call: FilmCall): Promise<number> {
    const film = await this.call((remote) => remote.beginFilm(call));
    this.kept.add(`film ${film}`);
    return film;
  }

  addFrame(call: FilmFrameCall): Promise<void> {
    return this.call((remote) => remote.addFrame(call));
  }

  async endFilm(film: number): Promise<Uint8Array> {
    const bytes = await this.call((remote) => remote.endFilm(film));
    this.forget(`film ${film}`);
    return bytes;
  }

  dropFilm(film: number): void {
    this.thread?.remote.dropFilm(film).catch(() => undefined);
    this.forget(`film ${film}`);
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
    this.forget(`session ${session}`);
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
    this.underWay++;
    try {
      return await this.ask(question, signal);
    } finally {
      this.underWay--;
      this.rest();
    }
  }

  private forget(what: string): void {
    this.kept.delete(what);
    this.rest();
  }

  private ask<Result>(question: Question<Result>, signal: AbortSignal | undefined): Promise<Result> {
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

  /** What the thread kept ends with it. */
  private leave(): void {
    this.thread = undefined;
    this.kept.clear();
  }

  private running(): Running {
    if (this.disposed) throw new ThreadDiedError('The compute thread has been shut down.');
    return (this.thread ??= this.start());
  }

  private start(): Living {
    let unwanted = false;
    const thread = this.options.start((reason) => {
      if (this.thread === living) this.leave();
      const error = new ThreadDiedError(`The compute thread stopped: ${reason.message}.`, { cause: reason });
      fail(error);
      if (!this.disposed && !unwanted) this.options.onDeath?.(error);
    });
    const { remote, fail } = connect<EngineApi>(thread.port, revive);
    thread.port.listen((message) => {
      if (isProgress(message)) for (const listen of this.listeners) listen(message.progress);
      if (isTuned(message)) this.options.onTuned?.(message.tuned);
    });
    const living: Living = {
      remote: this.options.crossing.reach(remote),
      giveUp: () => {
        unwanted = true;
        if (this.thread === living) this.leave();
        void thread.end();
      },
      kill: () => thread.end(),
    };
    return living;
  }
}
