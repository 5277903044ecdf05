import type { Counter } from '../../core/tensor/statistics';
import type { Floats } from './route';
import { TALLY_BLOCK, TALLY_COUNT, TALLY_DATA_AT, TALLY_MIN, TALLY_RESULTS_AT, TALLY_SCALE } from './layout';

/** One job of wasm/tally.ts on all blocks of some values. */
export interface TallyCall {
  readonly job: 'measure' | 'sort';
  readonly data: Float32Array;
  readonly block: number;
  /** Of the bins. */
  readonly min: number;
  readonly scale: number;
}

/** Bytes of the results of one block, and of a thread's counts. */
export const RESULT_BYTES = { measure: 24, sort: 128 } as const;
export const TALLY_SCRATCH = 4 * 4 * 65;

/** With fewer values plain loops are done sooner. */
const LEAST = 65_536;
/** More than this would have to be copied to where the kernels work: 64 MB. */
const MOST = 2 ** 24;

export function describeTally(buffer: SharedArrayBuffer, at: number, call: TallyCall, data: number, to: number): void {
  const words = new Uint32Array(buffer, at);
  words[TALLY_DATA_AT] = data;
  words[TALLY_COUNT] = call.data.length;
  words[TALLY_BLOCK] = call.block;
  words[TALLY_RESULTS_AT] = to;
  const numbers = new Float64Array(buffer, at);
  numbers[TALLY_MIN / 2] = call.min;
  numbers[TALLY_SCALE / 2] = call.scale;
}

/** Counts by the machine what is worth it. `run` answers with the results of all blocks, one after another. */
export function counterOf(run: (call: TallyCall) => ArrayBuffer | undefined): Counter {
  const counted = (data: Floats): data is Float32Array =>
    data instanceof Float32Array && data.length >= LEAST && data.length <= MOST;
  return {
    measure(data, block) {
      const found = counted(data) ? run({ job: 'measure', data, block, min: 0, scale: 0 }) : undefined;
      return found && new Float64Array(found);
    },
    sort(data, block, min, scale) {
      const found = counted(data) ? run({ job: 'sort', data, block, min, scale }) : undefined;
      return found && new Uint16Array(found);
    },
  };
}
