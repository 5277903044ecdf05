import type { Plan } from '../../core/plan';
import type { JobName } from './instance';

export type Floats = Float32Array | Float64Array;

/**
 * A call's tensors as flat values, C order; `output` is written. Computed in the input's dtype; those of the other one
 * are converted.
 */
export interface Operands {
  readonly input: Floats;
  readonly weight: Floats;
  readonly bias?: Floats;
  readonly output: Floats;
}

/** Where a call's operands stand in wasm memory, as byte addresses. */
export interface Addresses {
  readonly input: number;
  /** Meaningful only while `packed` is to be filled, or where the route reads weights as they are. */
  readonly weight: number;
  /** 0 without a bias. */
  readonly bias: number;
  readonly output: number;
  /** `packedBytes` of packed weights; `fresh` says that they are to be made first. */
  readonly packed: number;
  readonly fresh: boolean;
  /** `workBytes` that are the call's own; with `isReady` they hold the field of this input already. */
  readonly work: number;
  readonly isReady: boolean;
}

/** Does `tasks` tasks of a job, in any order and on any thread, and returns when all are done. */
export type Perform = (job: JobName, descriptor: number, tasks: number) => void;

/** A way to do one operation, its tables written; it is kept and used for every call of the same plan. */
export interface Route {
  readonly packedBytes: number;
  readonly workBytes: number;
  /** Whether they hold nothing but the field of the whole input when a call ends. */
  readonly isWorkField?: boolean;
  /** Per thread. */
  readonly scratchBytes: number;
  /** Tasks of one call without packing: what progress is measured in. */
  readonly tasks: number;
  /** Whether there is work enough that helpers are worth waking. */
  readonly shared: boolean;
  /**
   * False where the route cannot compute these values: what is in the output then is not the result, and the direct
   * route must make it.
   */
  execute(addresses: Addresses, memory: SharedArrayBuffer, perform: Perform): boolean;
}

/** Some 50 µs of products, or as long a time of writing. */
export const isWorthSharing = (plan: Plan): boolean =>
  plan.multiplyAdds >= 1_000_000 || plan.batch * plan.outputChannels * plan.outputArea >= 500_000;
