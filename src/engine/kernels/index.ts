import { convolutionMatrix, multiply, multiplyTransposed } from '../../core/kernels/matrix';
import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import type { SumRows } from '../../core/tensor/reduce';
import type { Counter } from '../../core/tensor/statistics';
import { bytesPerElement } from '../../core/tensor/tensor';
import { type BuildName, chooseBuild, type WasmBuilds } from './instance';
import { type Helpers, Machine } from './machine';
import { planKey } from './planKey';
import { plainBytes, runPlain } from '../../core/kernels/plain';
import type { Floats, Operands } from './route';
import { type KeptMatrix, stampableShape } from './sparse';
import { rowSummer } from './means';
import { counterOf } from './tally';
import { isTiny, type MeetingList, meetingList, runTiny } from './tiny';
import type { Tuning } from './tuning';
import { createWatch, type Hooks, type TensorKey } from './watch';

export type { BuildName, WasmBuilds } from './instance';
export type { Floats, Operands } from './route';
export type { HelperOrders, StartHelper } from './crew';
export type { Helpers } from './machine';
export type { KeptMatrix } from './sparse';
export { freshCopy } from './copy';
export type { Hooks, TensorKey } from './watch';
export type { Tuning } from './tuning';

const KEPT_LISTS = 64;

/** A browser that does not isolate its page hides shared memory, and then nobody else could read it. */
const SharedBuffer = typeof SharedArrayBuffer === 'function' ? SharedArrayBuffer : ArrayBuffer;

/** The operation on flat values, by the fastest way there is for its size on this machine. */
export interface Kernels {
  /** Which wasm build runs, or undefined for plain TypeScript. */
  readonly build: BuildName | undefined;
  /** Bytes that `run` takes at most besides its operands. */
  bytesNeeded(plan: Plan, dtype: Dtype): number;
  /** Throws `CancelledError` when the hooks say so, `OutOfMemoryError` when the machine has no more. */
  run(plan: Plan, operands: Operands, hooks?: Hooks): void;
  /** Values of unknown content in shared memory, where the kernels work: operands that stand there are not copied. */
  allocate(dtype: Dtype, count: number): Floats;
  release(values: Floats): void;
  /**
   * An input's values as they stand where the kernels work, if a copy of this version is kept there; else those that
   * are given. What is done with them there takes no other copy.
   */
  near(values: Floats, key: TensorKey): Floats;
  /** Whether values stand where the kernels work at present. */
  owns(values: Floats): boolean;
  /** Bytes of the memory in which the kernels work. */
  readonly size: number;
  /** The sparse matrix C of the convolution (of its transpose, for a transposed one), kept until it is released. */
  matrix(plan: Plan, weight: Floats, hooks?: Hooks): KeptMatrix;
  /** `C·from` into `to`, or, transposed, `Cᵀ·from`: the operation itself, for one batch item and without its bias. */
  product(matrix: KeptMatrix, from: Floats, to: Floats, transposed: boolean, hooks?: Hooks): void;
  /** Statistics of many values. */
  readonly counter: Counter;
  /** What means of many values are mostly made of. */
  readonly sumRows: SumRows;
  /**
   * For an idle moment: when far more memory was taken than is in use, starts anew with little, and forgets packed
   * weights. Values that were allocated stay valid; they count as standing elsewhere from now on. Says whether it did.
   */
  trim(): boolean;
  /**
   * For an idle moment: begins to find out what is the faster way on this machine; what that is can be asked a second
   * later. False where nothing has been done for which it matters, or it is known.
   */
  beginTuning(): boolean;
  /** What is the faster way here; from now on it is gone. */
  tune(): Tuning | undefined;
  /** Ends the helper threads; nothing may be run afterwards. */
  dispose(): void;
}

/**
 * `builds` undefined, or a host without WebAssembly SIMD, leaves plain TypeScript. Without helpers, everything runs in
 * the calling thread. What was found out here in an earlier session is `known`.
 */
export function createKernels(builds: WasmBuilds | undefined, helpers?: Helpers, known?: Tuning): Kernels {
  const build = chooseBuild(builds);
  let tuning = known;
  const begin = (): Machine | undefined =>
    builds && build ? new Machine(builds, build, helpers, tuning?.sixRows) : undefined;
  let machine = begin();
  const lists = new WeakMap<Plan, MeetingList>();
  const listsByKey = new Map<string, MeetingList>();

  const listOf = (plan: Plan): MeetingList => {
    let list = lists.get(plan);
    if (list) return list;
    const key = planKey(plan);
    list = listsByKey.get(key);
    if (!list) {
      list = meetingList(plan);
      if (listsByKey.size >= KEPT_LISTS) listsByKey.clear();
      listsByKey.set(key, list);
    }
    lists.set(plan, list);
    return list;
  };

  return {
    build,
    bytesNeeded(plan, dtype) {
      if (isTiny(plan)) return 0;
      return machine ? machine.bytesNeeded(plan, dtype) : plainBytes(plan);
    },
    run(plan, operands, hooks = {}) {
      const { input, weight, bias, output } = operands;
      if (isTiny(plan)) runTiny(plan, listOf(plan), input, weight, bias, output);
      else if (machine) machine.run(plan, operands, hooks);
      else
        runPlain(
          plan,
          input,
          weight,
          bias,
          output,
          createWatch(hooks, plan.batch * plan.outputChannels * plan.inputPerGroup),
        );
    },
    allocate(dtype, count) {
      if (machine) return machine.allocate(dtype, count);
      const buffer = new SharedBuffer(bytesPerElement(dtype) * count);
      return dtype === 'float32' ? new Float32Array(buffer) : new Float64Array(buffer);
    },
    release(values) {
      machine?.release(values);
    },
    near: (values, key) => machine?.copyOf(values, key) ?? values,
    owns: (values) => machine?.owns(values) ?? true,
    get size() {
      return machine?.size ?? 0;
    },
    matrix(plan, weight, hooks = {}) {
      const dtype: Dtype = weight instanceof Float32Array ? 'float32' : 'float64';
      const shape = machine && stampableShape(plan);
      if (machine && shape) return machine.matrix(plan, shape, weight, hooks);
      const { values, rowPointers, ...rest } = convolutionMatrix(plan, {
        dtype,
        shape: plan.weightShape,
        data: weight,
      });
      return { ...rest, values, rowPointers: Uint32Array.from(rowPointers), release: () => undefined };
    },
    product(matrix, from, to, transposed, hooks = {}) {
      if (machine?.has(matrix)) machine.product(matrix, from, to, transposed, hooks);
      else to.set(transposed ? multiplyTransposed(matrix, from) : multiply(matrix, from));
    },
    counter: counterOf((call) => machine?.tally(call)),
    sumRows: rowSummer((call) => machine?.sumRows(call)),
    trim() {
      if (!machine?.isWasteful) return false;
      machine.dispose();
      machine = begin();
      return true;
    },
    beginTuning() {
      if (tuning || !machine?.usesTiles) return false;
      machine.warmTiles();
      return true;
    },
    tune() {
      // Where the memory was replaced meanwhile, nothing was done since for which it matters.
      if (machine?.usesTiles) tuning = { sixRows: machine.timeTiles() };
      return tuning;
    },
    dispose() {
      machine?.dispose();
    },
  };
}
