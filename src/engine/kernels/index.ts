import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { type BuildName, chooseBuild, type WasmBuilds } from './instance';
import { Machine, planKey } from './machine';
import { plainBytes, runPlain } from './plain';
import type { Floats, Operands } from './route';
import { isTiny, type MeetingList, meetingList, runTiny } from './tiny';
import { createWatch, type Hooks } from './watch';

export type { BuildName, WasmBuilds } from './instance';
export type { Floats, Operands } from './route';
export type { Hooks } from './watch';

const KEPT_LISTS = 64;

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
}

/** `builds` undefined, or a host without WebAssembly SIMD, leaves plain TypeScript. */
export function createKernels(builds: WasmBuilds | undefined): Kernels {
  const build = chooseBuild(builds);
  const machine = builds && build ? new Machine(builds, build) : undefined;
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
      else runPlain(plan, input, weight, bias, output, createWatch(hooks, plan.batch * plan.outputChannels * plan.inputPerGroup));
    },
    allocate(dtype, count) {
      if (machine) return machine.allocate(dtype, count);
      return dtype === 'float32' ? new Float32Array(new SharedArrayBuffer(4 * count)) : new Float64Array(new SharedArrayBuffer(8 * count));
    },
    release(values) {
      machine?.release(values);
    },
  };
}
