/**
 * The field: the input with its padding written out, so that no tile asks whether a tap lies inside. Three tables say
 * which input each plane, row and column of it reads (−1 = a zero), so one loop serves all padding modes; the long
 * middle run of a row is a plain copy. For a convolution of column stride s the columns are split by residue,
 * `[residue][column / s]`: sites s apart then stand side by side, and a tile's loads are contiguous. Channels are an
 * odd number of cache lines apart: at a power of two every channel would fall into the same few sets of the cache.
 */
import {
  COLUMN_MAP_AT,
  COPY_FROM,
  COPY_SOURCE,
  COPY_TO,
  PLANE_MAP_AT,
  RESIDUES,
  RESIDUE_COLUMNS,
  ROW_MAP_AT,
  SOURCE_AT,
  SOURCE_CHANNEL_PITCH,
  SOURCE_COLUMNS,
  SOURCE_ROWS,
  TARGET_AT,
  TARGET_CHANNEL_PITCH,
  TARGET_COLUMNS,
  TARGET_PLANES,
  TARGET_ROWS,
} from '../kernels/layout';
import { copyRun, LONG_RUN } from './rows';
import { at, word } from './simd';

/**
 * Columns first, first + step, … of the map, side by side, each the column of `row` that the map names, or a zero;
 * without the `gap` columns from `skip` on, whose places are left out too. Elements are only moved, so they are
 * integers.
 */
function moveMapped<T>(
  row: usize,
  map: usize,
  first: i32,
  step: i32,
  columns: i32,
  skip: i32,
  gap: i32,
  to: usize,
): void {
  for (let c = first; c < columns; c += step, to += sizeof<T>()) {
    if (c == skip) {
      c += gap;
      to += <usize>(gap / step) * sizeof<T>();
      if (c >= columns) return;
    }
    const source = load<i32>(map + ((<usize>c) << 2));
    store<T>(to, source < 0 ? 0 : load<T>(row + <usize>source * sizeof<T>()));
  }
}

/**
 * A row of neighbouring columns. Rows may be short, a dozen elements, so nothing here is a call: that took twice as
 * long.
 */
@inline
function copyColumns<T>(d: usize, row: usize, to: usize): void {
  const map = at(d, COLUMN_MAP_AT);
  const from = word(d, COPY_FROM),
    until = max(from, word(d, COPY_TO)),
    columns = word(d, TARGET_COLUMNS);
  const run = <usize>(until - from) * sizeof<T>();
  let source = row + <usize>word(d, COPY_SOURCE) * sizeof<T>(),
    target = to + <usize>from * sizeof<T>();
  for (let c = 0; c < columns; c++) {
    if (c == from) c = until;
    if (c == columns) break;
    const place = load<i32>(map + ((<usize>c) << 2));
    store<T>(to + <usize>c * sizeof<T>(), place < 0 ? 0 : load<T>(row + <usize>place * sizeof<T>()));
  }
  if (run >= LONG_RUN) copyRun(source, target, run);
  else {
    const end = target + run;
    for (; target + 16 <= end; target += 16, source += 16) v128.store(target, v128.load(source));
    for (; target < end; target += sizeof<T>(), source += sizeof<T>()) store<T>(target, load<T>(source));
  }
}

/**
 * Columns [`from`, `until`) of a row, each where its residue's stands. Two residues of float32, by far the commonest
 * case, are parted by vectors.
 */
@inline
function splitColumns(d: usize, row: usize, to: usize, residues: i32, size: usize): void {
  const map = at(d, COLUMN_MAP_AT),
    columns = word(d, TARGET_COLUMNS),
    pitch = <usize>word(d, RESIDUE_COLUMNS) * size;
  let from = -residues,
    until = from;
  const first = word(d, COPY_FROM);
  if (residues == 2 && size == 4 && first < word(d, COPY_TO)) {
    from = (first + 1) & ~1;
    let source = row + ((<usize>(word(d, COPY_SOURCE) + from - first)) << 2),
      target = to + ((<usize>from) << 1);
    for (until = from; until + 8 <= word(d, COPY_TO); until += 8, source += 32, target += 16) {
      const left = v128.load(source),
        right = v128.load(source, 16);
      v128.store(target, v128.shuffle<f32>(left, right, 0, 2, 4, 6));
      v128.store(target + pitch, v128.shuffle<f32>(left, right, 1, 3, 5, 7));
    }
  }
  for (let residue = 0; residue < residues; residue++, to += pitch) {
    if (size == 4) moveMapped<u32>(row, map, residue, residues, columns, from + residue, until - from, to);
    else moveMapped<u64>(row, map, residue, residues, columns, from + residue, until - from, to);
  }
}

/** Task = one channel of one image. */
function field(d: usize, task: i32, size: usize): void {
  const planes = word(d, TARGET_PLANES),
    rows = word(d, TARGET_ROWS),
    residues = word(d, RESIDUES);
  const sourceRow = <usize>word(d, SOURCE_COLUMNS) * size,
    targetRow = <usize>(residues * word(d, RESIDUE_COLUMNS)) * size;
  const source = at(d, SOURCE_AT) + <usize>task * at(d, SOURCE_CHANNEL_PITCH);
  let target = at(d, TARGET_AT) + <usize>task * at(d, TARGET_CHANNEL_PITCH);
  for (let plane = 0; plane < planes; plane++) {
    const fromPlane = load<i32>(at(d, PLANE_MAP_AT) + ((<usize>plane) << 2));
    for (let row = 0; row < rows; row++, target += targetRow) {
      const fromRow = load<i32>(at(d, ROW_MAP_AT) + ((<usize>row) << 2));
      if (fromPlane < 0 || fromRow < 0) {
        memory.fill(target, 0, targetRow);
        continue;
      }
      const from = source + (<usize>fromPlane * <usize>word(d, SOURCE_ROWS) + <usize>fromRow) * sourceRow;
      if (residues > 1) splitColumns(d, from, target, residues, size);
      else if (size == 4) copyColumns<u32>(d, from, target);
      else copyColumns<u64>(d, from, target);
    }
  }
}

export function fieldF32(d: usize, task: i32, _scratch: usize): void {
  field(d, task, 4);
}
export function fieldF64(d: usize, task: i32, _scratch: usize): void {
  field(d, task, 8);
}
