/**
 * Statistics of float32 values, block by block, as `core/tensor/statistics.ts` has them and to the last bit: the same
 * four sums, and the same bins in float64. Of a block whose sum is not finite nothing else holds: it is counted there.
 */
import { TALLY_BLOCK, TALLY_COUNT, TALLY_DATA_AT, TALLY_MIN, TALLY_RESULTS_AT, TALLY_SCALE } from '../kernels/layout';
import { at, word } from './simd';

const BINS: usize = 64;
/** Bytes of one thread's counts: a bin more than there are, for the largest value. */
const LANE: usize = 4 * (BINS + 1);

/** The two values of a vector that come first, or the two after them, in float64. */
@inline
function low(values: v128): v128 {
  return f64x2.promote_low_f32x4(values);
}


@inline
function high(values: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(values, values, 1, 1));
}

/** Task = block: its lowest value, its highest, and the sum, three f64. */
export function measureF32(d: usize, task: i32, _scratch: usize): void {
  const block = word(d, TALLY_BLOCK);
  let from = at(d, TALLY_DATA_AT) + 4 * <usize>(task * block);
  const count = min(block, word(d, TALLY_COUNT) - task * block);
  const whole = from + 4 * <usize>(count & ~3),
    end = from + 4 * <usize>count;
  let least = f32x4.splat(Infinity),
    most = f32x4.splat(-Infinity),
    first = f64x2.splat(0),
    second = f64x2.splat(0);
  for (; from < whole; from += 16) {
    const values = v128.load(from);
    least = f32x4.pmin(least, values);
    most = f32x4.pmax(most, values);
    first = f64x2.add(first, low(values));
    second = f64x2.add(second, high(values));
  }
  let lowest = min(
    min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
    min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
  );
  let highest = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  let sum = f64x2.extract_lane(first, 0);
  for (; from < end; from += 4) {
    const value = load<f32>(from);
    sum += <f64>value;
    lowest = min(lowest, value);
    highest = max(highest, value);
  }
  const result = at(d, TALLY_RESULTS_AT) + 24 * <usize>task;
  store<f64>(result, <f64>lowest);
  store<f64>(result, <f64>highest, 8);
  store<f64>(
    result,
    sum + f64x2.extract_lane(first, 1) + (f64x2.extract_lane(second, 0) + f64x2.extract_lane(second, 1)),
    16,
  );
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

/** Task = block of finite values: how many lie in each bin, 64 u16. Neighbours are counted in different places. */
export function sortF32(d: usize, task: i32, scratch: usize): void {
  const block = word(d, TALLY_BLOCK);
  let from = at(d, TALLY_DATA_AT) + 4 * <usize>(task * block);
  const count = min(block, word(d, TALLY_COUNT) - task * block);
  const whole = from + 4 * <usize>(count & ~3),
    end = from + 4 * <usize>count;
  const least = v128.load64_splat(d, 4 * TALLY_MIN),
    scale = v128.load64_splat(d, 4 * TALLY_SCALE);
  memory.fill(scratch, 0, 4 * LANE);
  for (; from < whole; from += 16) {
    const values = v128.load(from);
    const near = binOf(low(values), least, scale),
      far = binOf(high(values), least, scale);
    add(scratch, i32x4.extract_lane(near, 0));
    add(scratch + LANE, i32x4.extract_lane(near, 1));
    add(scratch + 2 * LANE, i32x4.extract_lane(far, 0));
    add(scratch + 3 * LANE, i32x4.extract_lane(far, 1));
  }
  for (; from < end; from += 4) add(scratch, i32x4.extract_lane(binOf(low(v128.load32_splat(from)), least, scale), 0));
  const result = at(d, TALLY_RESULTS_AT) + 2 * BINS * <usize>task;
  for (let bin: usize = 0; bin <= BINS; bin++) {
    const place = scratch + 4 * bin;
    const sum = load<i32>(place) + load<i32>(place + LANE) + load<i32>(place + 2 * LANE) + load<i32>(place + 3 * LANE);
    // The largest value is in the last bin, though it ends there.
    if (bin < BINS) store<u16>(result + 2 * bin, <u16>sum);
    else store<u16>(result + 2 * BINS - 2, <u16>(sum + load<u16>(result + 2 * BINS - 2)));
  }
}
