/**
 * Statistics of float32 values, block by block, as `core/tensor/statistics.ts` has them and to the last bit: the same
 * four sums, and the same bins in float64. Of a block whose sum is not finite nothing else holds: it is counted there.
 */
import { TALLY_BLOCK, TALLY_COUNT, TALLY_DATA_AT, TALLY_MIN, TALLY_RESULTS_AT, TALLY_SCALE } from '../kernels/layout';
import { at, high, low, word } from './simd';

const BINS: usize = 64;
/** Bytes of one thread's counts: a bin more than there are, for the largest value. */
const LANE: usize = 4 * (BINS + 1);

/**
 * Task = block: of each four values that follow one another the first to the fourth are counted apart. The lowest of
 * each, the highest, four f32, and the sums, four f64. Up to three values at the end are left out.
 */
export function measureF32(d: usize, task: i32, _scratch: usize): void {
  const block = word(d, TALLY_BLOCK);
  let from = at(d, TALLY_DATA_AT) + 4 * <usize>(task * block);
  const end = from + 4 * <usize>(min(block, word(d, TALLY_COUNT) - task * block) & ~3);
  let least = f32x4.splat(Infinity),
    most = f32x4.splat(-Infinity),
    first = f64x2.splat(0),
    second = f64x2.splat(0);
  for (; from < end; from += 16) {
    const values = v128.load(from);
    least = f32x4.pmin(least, values);
    most = f32x4.pmax(most, values);
    first = f64x2.add(first, low(values));
    second = f64x2.add(second, high(values));
  }
  const result = at(d, TALLY_RESULTS_AT) + 64 * <usize>task;
  v128.store(result, least);
  v128.store(result, most, 16);
  v128.store(result, first, 32);
  v128.store(result, second, 48);
}


@inline
function binOf(values: v128, least: v128, scale: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(f64x2.sub(values, least), scale));
}


@inline
function add(lane: usize, bin: i32): void {
  const place = lane + 4 * <usize>bin;
  store<i32>(place, load<i32>(place) + 1);
}

/**
 * Task = block of finite values: how many lie in each bin, 64 u16. Neighbours are counted in different places, and up to
 * three values at the end are left out.
 */
export function sortF32(d: usize, task: i32, scratch: usize): void {
  const block = word(d, TALLY_BLOCK);
  let from = at(d, TALLY_DATA_AT) + 4 * <usize>(task * block);
  const end = from + 4 * <usize>(min(block, word(d, TALLY_COUNT) - task * block) & ~3);
  const least = v128.load64_splat(d, 4 * TALLY_MIN),
    scale = v128.load64_splat(d, 4 * TALLY_SCALE);
  memory.fill(scratch, 0, 4 * LANE);
  for (; from < end; from += 16) {
    const values = v128.load(from);
    const near = binOf(low(values), least, scale),
      far = binOf(high(values), least, scale);
    add(scratch, i32x4.extract_lane(near, 0));
    add(scratch + LANE, i32x4.extract_lane(near, 1));
    add(scratch + 2 * LANE, i32x4.extract_lane(far, 0));
    add(scratch + 3 * LANE, i32x4.extract_lane(far, 1));
  }
  const result = at(d, TALLY_RESULTS_AT) + 2 * BINS * <usize>task;
  for (let bin: usize = 0; bin <= BINS; bin++) {
    const place = scratch + 4 * bin;
    const sum = load<i32>(place) + load<i32>(place + LANE) + load<i32>(place + 2 * LANE) + load<i32>(place + 3 * LANE);
    // The largest value is in the last bin, though it ends there.
    if (bin < BINS) store<u16>(result + 2 * bin, <u16>sum);
    else store<u16>(result + 2 * BINS - 2, <u16>(sum + load<u16>(result + 2 * BINS - 2)));
  }
}
