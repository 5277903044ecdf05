import type { CancelFlag, EngineApi } from '../protocol/engine';
import type { Remote } from '../protocol/rpc';

/** The thread that answers at present. */
export interface Running {
  readonly remote: Remote<EngineApi>;
  /** Ends it, since what it does is no longer wanted; the next question starts another one. */
  giveUp(): void;
}

/** What is asked of the thread; `cancel` is how it may be told that nobody wants the answer any more. */
export type Question<Result> = (remote: Remote<EngineApi>, cancel: CancelFlag | undefined) => Promise<Result>;

export interface Asked<Result> {
  readonly answer: Promise<Result>;
  /** Nobody waits for the answer any more. */
  stop(): void;
}

/**
 * How tensors and questions get across to the compute thread: in memory that both sides share (sharing.ts), or, where a
 * host has none, as copies (copying.ts). The composition root says which.
 */
export interface Crossing {
  /** Memory for values that the host owns and writes to, and that the thread reads. */
  allocate(bytes: number): ArrayBufferLike;
  /** A thread that has just started, as its callers ask it. */
  reach(remote: Remote<EngineApi>): Remote<EngineApi>;
  /** `running` starts the thread where there is none. */
  ask<Result>(question: Question<Result>, running: () => Running, signal: AbortSignal | undefined): Asked<Result>;
}
