/**
 * The field: the input with its padding written out, so that no tile asks whether a tap lies inside. Which input each plane,
 * row and column of it reads is in three tables (−1 = a zero), so all padding modes are one loop; the long middle run of a row
 * is a plain copy. For a convolution of column stride s the columns are split by residue, `[residue][column / s]`, so that sites
 * s apart stand side by side and a tile's loads stay contiguous. Channels are an odd number of cache lines apart: at a power
 * of two every channel would fall into the same few sets of the cache.
 */
import {
  COLUMN_MAP_AT, COPY_FROM, COPY_SOURCE, COPY_TO, PLANE_MAP_AT, RESIDUES, RESIDUE_COLUMNS, ROW_MAP_AT, SOURCE_AT, SOURCE_CHANNEL_PITCH,
  SOURCE_COLUMNS, SOURCE_ROWS, TARGET_AT, TARGET_CHANNEL_PITCH, TARGET_COLUMNS, TARGET_PLANES, TARGET_ROWS,
} from '../kernels/layout';
import { copyRun } from './rows';
import { at, word } from './simd';

/**
 * Columns from, from + step, … < until of the map, side by side, each the column of `row` that the map names, or a zero. Elements are only moved,
 * so their size is a parameter: one kernel for both types.
 */
function moveMapped(row: usize, map: usize, from: i32, step: i32, until: i32, to: usize, size: usize): void {
  if (size == 4) {
    for (let c = from; c < until; c += step, to += 4) {
      const source = load<i32>(map + ((<usize>c) << 2));
      store<u32>(to, source < 0 ? 0 : load<u32>(row + ((<usize>source) << 2)));
    }
  } else {
    for (let c = from; c < until; c += step, to += 8) {
      const source = load<i32>(map + ((<usize>c) << 2));
      store<u64>(to, source < 0 ? 0 : load<u64>(row + ((<usize>source) << 3)));
    }
  }
}

@inline
function copyColumns(d: usize, row: usize, to: usize, size: usize): void {
  const map = at(d, COLUMN_MAP_AT), columns = word(d, TARGET_COLUMNS);
  const from = word(d, COPY_FROM), until = max(from, word(d, COPY_TO));
  moveMapped(row, map, 0, 1, from, to, size);
  copyRun(row + <usize>word(d, COPY_SOURCE) * size, to + <usize>from * size, <usize>(until - from) * size);
  moveMapped(row, map, until, 1, columns, to + <usize>until * size, size);
}

/** Columns [`from`, `until`) of a row, each where its residue's stands. Two residues of float32, by far the commonest, are parted by vectors. */
@inline
function splitColumns(d: usize, row: usize, to: usize, residues: i32, size: usize): void {
  const map = at(d, COLUMN_MAP_AT), columns = word(d, TARGET_COLUMNS), pitch = <usize>word(d, RESIDUE_COLUMNS) * size;
  let from = 0, until = 0;
  const first = word(d, COPY_FROM);
  if (residues == 2 && size == 4 && first < word(d, COPY_TO)) {
    from = (first + 1) & ~1;
    let source = row + ((<usize>(word(d, COPY_SOURCE) + from - first)) << 2), target = to + ((<usize>from) << 1);
    for (until = from; until + 8 <= word(d, COPY_TO); until += 8, source += 32, target += 16) {
      const left = v128.load(source), right = v128.load(source, 16);
      v128.store(target, v128.shuffle<f32>(left, right, 0, 2, 4, 6));
      v128.store(target + pitch, v128.shuffle<f32>(left, right, 1, 3, 5, 7));
    }
  }
  for (let residue = 0; residue < residues; residue++, to += pitch) {
    moveMapped(row, map, residue, residues, from, to, size);
    moveMapped(row, map, until + residue, residues, columns, to + <usize>(until / residues) * size, size);
  }
}

/** Task = one channel of one image. */
function field(d: usize, task: i32, size: usize): void {
  const planes = word(d, TARGET_PLANES), rows = word(d, TARGET_ROWS), residues = word(d, RESIDUES);
  const sourceRow = <usize>word(d, SOURCE_COLUMNS) * size, targetRow = <usize>(residues * word(d, RESIDUE_COLUMNS)) * size;
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
      if (residues == 1) copyColumns(d, from, target, size);
      else splitColumns(d, from, target, residues, size);
    }
  }
}

export function fieldF32(d: usize, task: i32, _scratch: usize): void {
  field(d, task, 4);
}
export function fieldF64(d: usize, task: i32, _scratch: usize): void {
  field(d, task, 8);
}
