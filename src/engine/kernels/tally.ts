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
export const RESULT_BYTES = { measure: 64, sort: 128 } as const;
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

const BINS = 64;

/**
 * What the machine tells of each block: the lowest and highest of every fourth value, and their sums. It leaves out up
 * to three values at the end of the last block; those are the first sum's.
 */
function rangesOf(data: Float32Array, found: ArrayBuffer): Float64Array {
  const numbers = new Float32Array(found);
  const sums = new Float64Array(found);
  const blocks = found.byteLength / RESULT_BYTES.measure;
  const ranges = new Float64Array(3 * blocks);
  const whole = data.length - (data.length % 4);
  for (let each = 0; each < blocks; each++) {
    const [at, sum] = [16 * each, 8 * each + 4];
    let lowest = Math.min(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]);
    let highest = Math.max(numbers[at + 4], numbers[at + 5], numbers[at + 6], numbers[at + 7]);
    let first = sums[sum];
    for (let rest = whole; each === blocks - 1 && rest < data.length; rest++) {
      first += data[rest];
      lowest = Math.min(lowest, data[rest]);
      highest = Math.max(highest, data[rest]);
    }
    ranges.set([lowest, highest, first + sums[sum + 1] + (sums[sum + 2] + sums[sum + 3])], 3 * each);
  }
  return ranges;
}

/** How many values of each block lie in each bin; those at the end that the machine leaves out are added. */
function binsOf(data: Float32Array, min: number, scale: number, found: ArrayBuffer): Uint16Array {
  const bins = new Uint16Array(found);
  for (let rest = data.length - (data.length % 4); rest < data.length; rest++) {
    const bin = Math.min(BINS - 1, Math.trunc((data[rest] - min) * scale));
    bins[bins.length - BINS + bin]++;
  }
  return bins;
}

/** Counts by the machine what is worth it. `run` answers with the results of all blocks, one after another. */
export function counterOf(run: (call: TallyCall) => ArrayBuffer | undefined): Counter {
  const counted = (data: Floats): data is Float32Array =>
    data instanceof Float32Array && data.length >= LEAST && data.length <= MOST;
  return {
    measure(data, block) {
      const found = counted(data) ? run({ job: 'measure', data, block, min: 0, scale: 0 }) : undefined;
      return found && counted(data) ? rangesOf(data, found) : undefined;
    },
    sort(data, block, min, scale) {
      const found = counted(data) ? run({ job: 'sort', data, block, min, scale }) : undefined;
      return found && counted(data) ? binsOf(data, min, scale, found) : undefined;
    },
  };
}
