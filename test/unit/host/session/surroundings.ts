import { format } from '../../../../src/core/problem';
import { CancelledError } from '../../../../src/engine/cancel';
import { ThreadDiedError } from '../../../../src/engine/client';
import { createHandlers } from '../../../../src/engine/handlers';
import type { Emitter, Surroundings } from '../../../../src/host/session/surroundings';
import type { EvaluateRequest, Evaluation, LookRequest, ProgressMessage } from '../../../../src/protocol/engine';
import type { News } from '../../../../src/protocol/news';
import { Transferring } from '../../../../src/protocol/rpc';

type Engine = Surroundings['engine'];

/** What the thread answers, as it arrives on the other side. */
const arrived = <Result>(answer: unknown): Result =>
  (answer instanceof Transferring ? answer.result : answer) as Result;

/** The compute thread's own work, done here; a test holds its answers back, or lets it die. */
export class TestEngine implements Engine {
  readonly evaluated: Omit<EvaluateRequest, 'cancel'>[] = [];
  readonly looked: LookRequest[] = [];
  readonly released: number[] = [];
  /** How many of the next questions the thread dies of. */
  deaths = 0;
  private readonly handlers = createHandlers();
  private readonly listeners = new Set<(progress: ProgressMessage['progress']) => void>();
  private held: (() => void)[] | undefined;

  allocate(bytes: number): ArrayBufferLike {
    return new SharedArrayBuffer(bytes);
  }

  async evaluate(request: Omit<EvaluateRequest, 'cancel'>, signal?: AbortSignal): Promise<Evaluation> {
    this.evaluated.push(request);
    await this.turn(signal);
    this.live();
    return arrived(this.handlers.evaluate(request));
  }

  async look(request: LookRequest): Promise<News> {
    this.looked.push(request);
    await Promise.resolve();
    this.live();
    return arrived(this.handlers.look(request));
  }

  /** How many hear of its progress. */
  get listening(): number {
    return this.listeners.size;
  }

  release(session: number): void {
    this.released.push(session);
  }

  onProgress(listen: (progress: ProgressMessage['progress']) => void): () => void {
    this.listeners.add(listen);
    return () => this.listeners.delete(listen);
  }

  progress(progress: ProgressMessage['progress']): void {
    for (const listen of this.listeners) listen(progress);
  }

  /** From now on evaluations are not answered until `answer` is called for each, in their order. */
  hold(): void {
    this.held = [];
  }

  async answer(): Promise<void> {
    this.held?.shift()?.();
    await settled();
  }

  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new CancelledError());
      });
      if (this.held) this.held.push(resolve);
      else resolve();
    });
  }

  private live(): void {
    if (this.deaths === 0) return;
    this.deaths--;
    throw new ThreadDiedError('The compute thread stopped: a test.');
  }
}

/** All that was asked has been answered, as far as it was not held back. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function createEmitter<Value>(): Emitter<Value> {
  const listeners = new Set<(value: Value) => unknown>();
  return {
    event(listen) {
      listeners.add(listen);
      return { dispose: () => listeners.delete(listen) };
    },
    fire(value) {
      for (const listen of listeners) listen(value);
    },
    dispose() {
      listeners.clear();
    },
  };
}

/** A world without VS Code, whose language puts every text between signs. */
export const surroundings = (engine: Engine): Surroundings => ({
  engine,
  emitter: createEmitter,
  translate: ({ template, args }) => `«${format(template, args)}»`,
  pathOf: (uri) => uri.replace(/^.*\//, ''),
  memoryLimit: () => 2 ** 30,
});
