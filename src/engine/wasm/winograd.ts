/**
 * Dense convolution with fewer multiplications: Winograd's minimal filtering, F(2 × 2, r × r) for r = 2 or 3 taps per
 * axis (Lavin & Gray, "Fast Algorithms for Convolutional Neural Networks", 2016). From a tile of n × n inputs (n = r +
 * 1, the POINTS), 2 × 2 outputs are made with n² products per channel instead of 4r²: 9 instead of 16, or 16 instead of
 * 36. Along one axis, with outputs y, inputs d and weights g,
 *
 *     r = 2:  m = (d0 − d1)·g0, d1·(g0 + g1), (d1 − d2)·g1                 y0 = m0 + m1        y1 = m1 − m2
 *     r = 3:  m = (d0 − d2)·g0, (d1 + d2)·½(g0 + g1 + g2),                 y0 = m0 + m1 + m2   y1 = m1 − m2 − m3
 *                 (d2 − d1)·½(g0 − g1 + g2), (d1 − d3)·g2
 *
 * (points 0, 1, ∞ and 0, 1, −1, ∞). Both axes are transformed, one after the other; then, for each of the n² points,
 * the product over the channels is the dense kernel's own. A result that is finite everywhere is right everywhere; one
 * that is not raises FLAG_AT, and is made again the direct way. Why tiles are no larger: docs/decisions/0007.
 *
 * Index arithmetic. Let c be the number of phases of an axis: the stride of a transposed convolution, whose phases have
 * r taps each when k = r·s; the dilation of a plain one, whose outputs c apart read inputs c apart; else 1. Tile J of
 * phase P makes outputs `2c·J + P + c·j`, j ∈ {0, 1}. For `deliver`, the pairs (P, j) are the 2c phases of an output's
 * position, and the tiles are its sites. The field is split by columns as for a stride of two tiles, so that the same
 * input of neighbouring tiles stands side by side: vectors of tiles are loaded as they lie, from one offset per step of
 * depth and column of the tile. A step of depth is a (channel, plane tap), and for a strided convolution with k = r·s
 * also a residue: it is a plain one of s² times the channels.
 *
 * Transformed inputs stand as [slab][column phase][point][pair of vectors][k][vector of the pair], as a tile reads
 * them.
 */
import {
  COLUMN_PHASES,
  FIELD_AT,
  FIELD_GROUP_PITCH,
  FIELD_IMAGE_PITCH,
  FIRST_SLAB,
  FLAG_AT,
  FOURS,
  GROUPS,
  HEIGHT,
  PACKED_AT,
  PACKED_GROUP_PITCH,
  PHASES_AT,
  PHASE_COLUMNS_AT,
  PHASE_DEPTH,
  PHASE_PAIRS,
  POINTS,
  ROW_PHASES,
  ROW_VECTORS,
  SITE_PLANES,
  SITE_ROWS,
  SITE_TASKS,
  SIXES,
  SPREAD_AT,
  SPREAD_DEPTH,
  SPREAD_PITCH,
  SPREAD_TASKS,
  TAP_PITCH,
  TASK_TILES,
  TASK_VECTORS,
  TILES,
  TILE_TASKS,
  WINOGRAD_PHASE_WORDS,
} from '../kernels/layout';
import { deliver } from './deliver';
import { multiply, placeSites, tileStart } from './dense';
import { at, word } from './simd';

/**
 * The distance of two points. A power of two would put all of them into the same few sets of the cache: five times
 * slower to write.
 */
@inline
export function oddLines(bytes: usize): usize {
  return bytes | 64;
}


@inline
export function phaseAt(d: usize, phase: i32): usize {
  return at(d, PHASES_AT) + <usize>(phase * WINOGRAD_PHASE_WORDS * 4);
}

/** The inputs of four neighbouring tiles, transformed; each point `pitch` bytes from the last. */
@inline
function spreadTile(
  source: usize,
  columns: usize,
  tapPitch: usize,
  points: i32,
  to: usize,
  pitch: usize,
  scratch: usize,
): void {
  if (points == 4) {
    for (let column = scratch; column < scratch + 64; column += 16, columns += 4) {
      let from = source + <usize>load<u32>(columns);
      const d0 = v128.load(from);
      const d1 = v128.load((from += tapPitch));
      const d2 = v128.load((from += tapPitch));
      const d3 = v128.load(from + tapPitch);
      v128.store(column, f32x4.sub(d0, d2));
      v128.store(column, f32x4.add(d1, d2), 64);
      v128.store(column, f32x4.sub(d2, d1), 128);
      v128.store(column, f32x4.sub(d1, d3), 192);
    }
    for (let row = scratch; row < scratch + 256; row += 64) {
      const d0 = v128.load(row),
        d1 = v128.load(row, 16),
        d2 = v128.load(row, 32),
        d3 = v128.load(row, 48);
      v128.store(to, f32x4.sub(d0, d2));
      v128.store((to += pitch), f32x4.add(d1, d2));
      v128.store((to += pitch), f32x4.sub(d2, d1));
      v128.store((to += pitch), f32x4.sub(d1, d3));
      to += pitch;
    }
  } else {
    for (let column = scratch; column < scratch + 48; column += 16, columns += 4) {
      const from = source + <usize>load<u32>(columns);
      const d0 = v128.load(from),
        d1 = v128.load(from + tapPitch),
        d2 = v128.load(from + 2 * tapPitch);
      v128.store(column, f32x4.sub(d0, d1));
      v128.store(column, d1, 64);
      v128.store(column, f32x4.sub(d1, d2), 128);
    }
    for (let row = scratch; row < scratch + 192; row += 64) {
      const d0 = v128.load(row),
        d1 = v128.load(row, 16),
        d2 = v128.load(row, 32);
      v128.store(to, f32x4.sub(d0, d1));
      v128.store((to += pitch), d1);
      v128.store((to += pitch), f32x4.sub(d1, d2));
      to += pitch;
    }
  }
}

/** A slab is a first vector of sites, an image, a group and a pair of (plane phase, row phase). */
@inline
function firstVectorOf(d: usize, slab: i32): i32 {
  return (slab % word(d, SITE_TASKS)) * word(d, TASK_VECTORS);
}
/** Vectors that the tiles of the product take at a time: two, or four where there are low ones. */
@inline
function padded(d: usize, count: i32): i32 {
  const most = word(d, SIXES) + word(d, FOURS) == word(d, TILES) ? 1 : 3;
  return (count + most) & ~most;
}


@inline
function vectorsOf(d: usize, first: i32): i32 {
  return min(word(d, TASK_VECTORS), word(d, SITE_PLANES) * word(d, SITE_ROWS) * word(d, ROW_VECTORS) - first);
}

/** Inputs of a slab, transformed. Task = (slab of the chunk, run of depth). */
export function winogradSpreadF32(d: usize, task: i32, scratch: usize): void {
  const runs = word(d, SPREAD_TASKS);
  const local = task / runs;
  const from = (task % runs) * word(d, SPREAD_DEPTH);
  let slab = word(d, FIRST_SLAB) + local;
  const firstVector = firstVectorOf(d, slab);
  const vectors = padded(d, vectorsOf(d, firstVector));
  placeSites(d, firstVector, vectorsOf(d, firstVector), scratch);
  slab /= word(d, SITE_TASKS);
  const pairs = word(d, PHASE_PAIRS),
    groups = word(d, GROUPS),
    columnPhases = word(d, COLUMN_PHASES),
    points = word(d, POINTS);
  const pair = slab % pairs;
  slab /= pairs;
  const field =
    at(d, FIELD_AT) +
    <usize>(slab / groups) * at(d, FIELD_IMAGE_PITCH) +
    <usize>(slab % groups) * at(d, FIELD_GROUP_PITCH);
  const tapPitch = at(d, TAP_PITCH);
  const work = scratch + ((<usize>(vectors + 3)) << 2);
  let target = at(d, SPREAD_AT) + <usize>local * at(d, SPREAD_PITCH);
  for (let column = 0; column < columnPhases; column++) {
    const phase = phaseAt(d, pair * columnPhases + column);
    const depth = word(phase, PHASE_DEPTH);
    const until = min(depth, from + word(d, SPREAD_DEPTH));
    const pitch = oddLines((<usize>(vectors * depth)) << 4);
    for (let k = from; k < until; k++) {
      const columns = at(phase, PHASE_COLUMNS_AT) + ((<usize>(k * points)) << 2);
      const to = target + ((<usize>k) << 5);
      for (let vector = 0; vector < vectors; vector++) {
        const place = ((<usize>((vector >> 1) * depth)) << 5) + ((<usize>(vector & 1)) << 4);
        spreadTile(
          field + <usize>load<u32>(scratch + ((<usize>vector) << 2)),
          columns,
          tapPitch,
          points,
          to + place,
          pitch,
          work,
        );
      }
    }
    target += <usize>(points * points) * pitch;
  }
}

/**
 * Turns the sums of all points, `pitch` bytes each, into outputs: `right` bytes from one column to the next, `down`
 * from row to row. True where one is not finite.
 */
@inline
function gatherTiles(points: i32, from: usize, bytes: usize, pitch: usize, to: usize, right: usize, down: usize): bool {
  let odd = f32x4.splat(0);
  const line = pitch * points,
    last = points - 1;
  for (const end = from + bytes; from < end; from += 16, to += 16) {
    let y00 = f32x4.splat(0),
      y10 = y00,
      y01 = y00,
      y11 = y00;
    let m = from;
    for (let column = 0; column < points; column++, m += pitch) {
      const m1 = v128.load(m + line),
        m2 = v128.load(m + 2 * line);
      let upper = f32x4.add(v128.load(m), m1),
        lower = f32x4.sub(m1, m2);
      if (points == 4) {
        upper = f32x4.add(upper, m2);
        lower = f32x4.sub(lower, v128.load(m + 3 * line));
      }
      if (column < last) {
        y00 = f32x4.add(y00, upper);
        y10 = f32x4.add(y10, lower);
      }
      if (column == 1) {
        y01 = upper;
        y11 = lower;
      } else if (column > 1) {
        y01 = f32x4.sub(y01, upper);
        y11 = f32x4.sub(y11, lower);
      }
    }
    v128.store(to, y00);
    v128.store(to + right, y01);
    v128.store(to + down, y10);
    v128.store(to + down + right, y11);
    // x − x is 0, or no number.
    odd = f32x4.add(
      odd,
      f32x4.add(
        f32x4.add(f32x4.sub(y00, y00), f32x4.sub(y01, y01)),
        f32x4.add(f32x4.sub(y10, y10), f32x4.sub(y11, y11)),
      ),
    );
  }
  return v128.any_true(f32x4.ne(odd, odd));
}

/** Task = (slab of the chunk, run of tiles of rows); the slab's inputs are transformed. */
export function winogradF32(d: usize, task: i32, scratch: usize): void {
  const tileTasks = word(d, TILE_TASKS);
  const from = (task % tileTasks) * word(d, TASK_TILES),
    to = min(from + word(d, TASK_TILES), word(d, TILES));
  const local = task / tileTasks;
  let slab = word(d, FIRST_SLAB) + local;
  const firstVector = firstVectorOf(d, slab),
    count = vectorsOf(d, firstVector);
  slab /= word(d, SITE_TASKS);
  const pairs = word(d, PHASE_PAIRS),
    groups = word(d, GROUPS),
    columnPhases = word(d, COLUMN_PHASES),
    points = word(d, POINTS);
  const pair = slab % pairs;
  slab /= pairs;
  const group = slab % groups,
    image = slab / groups;

  const vectors = padded(d, count),
    depth = word(phaseAt(d, 0), PHASE_DEPTH);
  for (let vector = 0; vector < vectors; vector++)
    store<u32>(scratch + ((<usize>vector) << 2), (((vector >> 1) * depth) << 5) + ((vector & 1) << 4));
  const firstRow = tileStart(d, from),
    rows = tileStart(d, to) - firstRow;
  const pitch = (<usize>vectors) << 4,
    phasePitch = oddLines(<usize>rows * pitch);
  const sums = scratch + ((<usize>(vectors + 3)) << 2),
    outputs = sums + <usize>(points * points) * phasePitch;
  const weights = at(d, PACKED_AT) + <usize>group * at(d, PACKED_GROUP_PITCH);
  const right = <usize>columnPhases * phasePitch;
  let input = at(d, SPREAD_AT) + <usize>local * at(d, SPREAD_PITCH);
  let odd = false;
  for (let column = 0; column < columnPhases; column++) {
    const phase = phaseAt(d, pair * columnPhases + column);
    let packed = weights,
      target = sums;
    for (let point = points * points; point > 0; point--) {
      multiply<f32>(d, phase, input, packed, scratch, vectors, from, to, target);
      packed += oddLines((<usize>(depth * word(d, HEIGHT))) << 2);
      input += oddLines(<usize>depth * pitch);
      target += phasePitch;
    }
    if (
      gatherTiles(points, sums, <usize>rows * pitch, phasePitch, outputs + <usize>column * phasePitch, right, 2 * right)
    )
      odd = true;
  }
  if (odd) store<u32>(at(d, FLAG_AT), 1);
  // `deliver` counts row phases within plane phases; row 0 of a tile is phase P, row 1 is phase c + P.
  const rowPhases = word(d, ROW_PHASES);
  const above = (pair / rowPhases) * 2 * rowPhases + (pair % rowPhases);
  deliver<f32>(d, image, group, above, firstVector, count, firstRow, rows, outputs, pitch, phasePitch);
  deliver<f32>(
    d,
    image,
    group,
    above + rowPhases,
    firstVector,
    count,
    firstRow,
    rows,
    outputs + 2 * right,
    pitch,
    phasePitch,
  );
}
