/** Weights for minimal filtering: whether they are fit for it, and at its points, in the order of reading. */
import {
  CHANNELS,
  CHANNEL_STEP,
  HEIGHT,
  PACKED_AT,
  PACKED_GROUP_PITCH,
  PACKED_PHASES,
  PHASE_DEPTH,
  PHASE_PACKED,
  PHASE_WEIGHT_STEPS_AT,
  POINTS,
  TAP_COLUMN_STEP,
  TAPS,
  TAP_ROW_STEP,
  TILES,
  UNEVEN_AT,
  WEIGHT_AT,
  WEIGHT_GROUP_PITCH,
  WEIGHT_ROWS_AT,
} from '../kernels/layout';
import { blockDepth, tileHeight, tileStart } from './dense';
import { at, word } from './simd';
import { oddLines, phaseAt } from './winograd';

/** The weights of r taps, `step` bytes apart, at the r + 1 points of an axis. */
@inline
function tapsAtPoints(from: usize, step: usize, points: i32): v128 {
  const a = v128.load_splat<f32>(from),
    b = v128.load_splat<f32>(from + step);
  if (points == 3) return f32x4.add(f32x4.mul(a, f32x4(1, 1, 0, 0)), f32x4.mul(b, f32x4(0, 1, 1, 0)));
  const c = v128.load_splat<f32>(from + 2 * step);
  const outer = f32x4.add(f32x4.mul(a, f32x4(1, 0.5, 0.5, 0)), f32x4.mul(c, f32x4(0, 0.5, 0.5, 1)));
  return f32x4.add(outer, f32x4.mul(b, f32x4(0, 0.5, -0.5, 0)));
}

/** A row of points, each `pitch` bytes from the last. */
function putPoints(points: i32, row: v128, to: usize, pitch: usize): void {
  v128.store_lane<u32>(to, row, 0);
  v128.store_lane<u32>(to + pitch, row, 1);
  v128.store_lane<u32>(to + 2 * pitch, row, 2);
  if (points == 4) v128.store_lane<u32>(to + 3 * pitch, row, 3);
}

/**
 * Weights as [phase][point][depth block][tile][k][row of the tile], see pack.ts. Task = (group, phase, tile of rows).
 */
export function winogradPackF32(d: usize, task: i32, _scratch: usize): void {
  const tiles = word(d, TILES),
    phases = word(d, PACKED_PHASES);
  const tile = task % tiles;
  task /= tiles;
  const phase = phaseAt(d, task % phases);
  const group = <usize>(task / phases);
  const depth = word(phase, PHASE_DEPTH),
    step = blockDepth(depth),
    height = word(d, HEIGHT),
    points = word(d, POINTS);
  const rows = tileHeight(d, tile),
    firstRow = tileStart(d, tile);
  const steps = at(phase, PHASE_WEIGHT_STEPS_AT),
    rowTable = at(d, WEIGHT_ROWS_AT) + ((<usize>firstRow) << 2);
  const source = at(d, WEIGHT_AT) + group * at(d, WEIGHT_GROUP_PITCH);
  const target = at(d, PACKED_AT) + group * at(d, PACKED_GROUP_PITCH) + at(phase, PHASE_PACKED);
  const pitch = oddLines((<usize>(depth * height)) << 2);
  const linePitch = <usize>points * pitch;
  const rowStep = at(d, TAP_ROW_STEP) << 2,
    columnStep = at(d, TAP_COLUMN_STEP) << 2;
  for (let done = 0; done < depth; done += step) {
    const block = min(step, depth - done);
    let to = target + ((<usize>done * <usize>height + <usize>firstRow * <usize>block) << 2);
    for (let k = done; k < done + block; k++) {
      const from = source + ((<usize>load<u32>(steps + ((<usize>k) << 2))) << 2);
      for (let row = 0; row < rows; row++, to += 4) {
        const taps = from + ((<usize>load<u32>(rowTable + ((<usize>row) << 2))) << 2);
        const above = tapsAtPoints(taps, columnStep, points),
          below = tapsAtPoints(taps + rowStep, columnStep, points);
        putPoints(points, above, to, pitch);
        if (points == 3) {
          putPoints(points, f32x4.add(above, below), to + linePitch, pitch);
          putPoints(points, below, to + 2 * linePitch, pitch);
          continue;
        }
        const last = tapsAtPoints(taps + 2 * rowStep, columnStep, points),
          outer = f32x4.add(above, last),
          half = f32x4.splat(0.5);
        putPoints(points, f32x4.mul(half, f32x4.add(outer, below)), to + linePitch, pitch);
        putPoints(points, f32x4.mul(half, f32x4.sub(outer, below)), to + 2 * linePitch, pitch);
        putPoints(points, last, to + 3 * linePitch, pitch);
      }
    }
  }
}

/** A tap that weighs less than this part of the heaviest tap of its kernel counts as no weight at all. */
const LEAST_PART: f32 = 1 / 16;

/**
 * Whether every tap of an output channel weighs about as much as the others, summed as Σ|w| over the input channels;
 * else it says so. The transforms round by as much as input × heaviest tap, which would show in outputs that meet only
 * light taps (docs/decisions/0007). Weights that are not finite are not even. Task = output channel.
 */
export function winogradEvenF32(d: usize, task: i32, scratch: usize): void {
  const height = word(d, HEIGHT),
    step = at(d, CHANNEL_STEP) << 2;
  const end = scratch + (at(d, TAPS) << 2);
  let channel =
    at(d, WEIGHT_AT) +
    <usize>(task / height) * at(d, WEIGHT_GROUP_PITCH) +
    (at(at(d, WEIGHT_ROWS_AT), task % height) << 2);
  memory.fill(scratch, 0, end - scratch);
  for (let left = word(d, CHANNELS); left > 0; left--, channel += step) {
    let tap = channel;
    for (let sum = scratch; sum < end; sum += 4, tap += 4) store<f32>(sum, load<f32>(sum) + abs(load<f32>(tap)));
  }
  let most: f32 = 0;
  for (let sum = scratch; sum < end; sum += 4) most = max(most, load<f32>(sum));
  for (let sum = scratch; sum < end; sum += 4) {
    const weighs = load<f32>(sum);
    // Written so that NaN and ∞ are uneven.
    if (!(weighs >= LEAST_PART * most && weighs < Infinity)) store<u32>(at(d, UNEVEN_AT), 1);
  }
}
