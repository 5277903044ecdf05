/**
 * From sums to outputs. Sums stand as [column phase][row of the product][site]. Site (plane, row, column) of phase (ρz,
 * ρy, ρx) is output `(STEP·plane + ρz, STEP·row + ρy − CROP, STEP·column + ρx)` of its channel, so a run of sites in
 * one row is, over all column phases, a run of consecutive outputs. Row `r` of the product is channel `r / FOLD` and,
 * where the row phases are folded in, row phase `r mod FOLD`. What lies beyond the output's edge is dropped here.
 */
import {
  BIAS_AT,
  COLUMN_STEP,
  FOLD,
  HEIGHT,
  OUTPUT_AT,
  OUTPUT_CHANNEL_PITCH,
  OUTPUT_COLUMNS,
  OUTPUT_IMAGE_PITCH,
  OUTPUT_PLANES,
  OUTPUT_ROWS,
  PLANE_STEP,
  ROW_CROP,
  ROW_STEP,
  ROW_VECTORS,
  SITE_ROWS,
} from '../kernels/layout';
import { at, word } from './simd';

/** `count` sums with the bias added, one after another. */
@inline
function copyRow<T>(from: usize, to: usize, count: i32, bias: T): void {
  const b = v128.splat<T>(bias);
  const lanes = 16 / <i32>sizeof<T>();
  let i = 0;
  for (; i + lanes <= count; i += lanes, from += 16, to += 16) v128.store(to, v128.add<T>(v128.load(from), b));
  for (; i < count; i++, from += sizeof<T>(), to += sizeof<T>()) store<T>(to, load<T>(from) + bias);
}

/** Two column phases, `phasePitch` apart, interleaved into `count` outputs. */
@inline
function weave<T>(from: usize, phasePitch: usize, to: usize, count: i32, bias: T): void {
  const b = v128.splat<T>(bias);
  const lanes = 16 / <i32>sizeof<T>();
  let i = 0;
  for (; i + 2 * lanes <= count; i += 2 * lanes, from += 16, to += 32) {
    const even = v128.add<T>(v128.load(from), b);
    const odd = v128.add<T>(v128.load(from + phasePitch), b);
    if (sizeof<T>() == 4) {
      v128.store(to, v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
      v128.store(to, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
    } else {
      v128.store(to, v128.shuffle<f64>(even, odd, 0, 2));
      v128.store(to, v128.shuffle<f64>(even, odd, 1, 3), 16);
    }
  }
  for (; i < count; i++, to += sizeof<T>()) {
    store<T>(to, load<T>(from + (i & 1 ? phasePitch : 0)) + bias);
    if (i & 1) from += sizeof<T>();
  }
}

/** Any number of column phases. */
@inline
function braid<T>(from: usize, phasePitch: usize, steps: i32, to: usize, count: i32, bias: T): void {
  for (let phase = 0; phase < steps; phase++, from += phasePitch) {
    let sum = from;
    for (let i = phase; i < count; i += steps, sum += sizeof<T>())
      store<T>(to + <usize>i * sizeof<T>(), load<T>(sum) + bias);
  }
}

export function deliver<T>(
  d: usize,
  image: i32,
  group: i32,
  pair: i32,
  firstVector: i32,
  vectors: i32,
  firstRow: i32,
  rows: i32,
  sums: usize,
  pitch: usize,
  phasePitch: usize,
): void {
  const fold = word(d, FOLD),
    perRow = word(d, ROW_VECTORS),
    siteRows = word(d, SITE_ROWS);
  const columnStep = word(d, COLUMN_STEP),
    rowStep = word(d, ROW_STEP),
    rowPhases = rowStep / fold;
  const width = word(d, OUTPUT_COLUMNS),
    height = word(d, OUTPUT_ROWS),
    depth = word(d, OUTPUT_PLANES);
  const lanes = 16 / <i32>sizeof<T>();
  const biases = at(d, BIAS_AT);
  const channels = word(d, HEIGHT) / fold;
  const base =
    at(d, OUTPUT_AT) +
    <usize>image * at(d, OUTPUT_IMAGE_PITCH) +
    <usize>(group * channels) * at(d, OUTPUT_CHANNEL_PITCH);
  for (let r = 0; r < rows; r++) {
    const channel = (firstRow + r) / fold;
    const bias = biases ? load<T>(biases + <usize>(group * channels + channel) * sizeof<T>()) : <T>0;
    const target = base + <usize>channel * at(d, OUTPUT_CHANNEL_PITCH);
    const rowPhase = fold == 1 ? pair % rowPhases : (firstRow + r) % fold;
    const planePhase = pair / rowPhases;
    let from = sums + <usize>r * pitch;
    let vector = firstVector,
      left = vectors;
    while (left > 0) {
      const line = vector / perRow,
        start = vector % perRow;
      const run = min(perRow - start, left);
      const y = rowStep * (line % siteRows) + rowPhase - word(d, ROW_CROP);
      const z = word(d, PLANE_STEP) * (line / siteRows) + planePhase;
      const x = columnStep * start * lanes;
      if (y >= 0 && y < height && z < depth) {
        const to = target + ((<usize>z * <usize>height + <usize>y) * <usize>width + <usize>x) * sizeof<T>();
        const count = min(columnStep * run * lanes, width - x);
        if (columnStep == 1) copyRow<T>(from, to, count, bias);
        else if (columnStep == 2) weave<T>(from, phasePitch, to, count, bias);
        else braid<T>(from, phasePitch, columnStep, to, count, bias);
      }
      from += (<usize>run) << 4;
      vector += run;
      left -= run;
    }
  }
}
