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

@inline
function readMapped<T>(row: usize, map: usize, column: i32): T {
  const source = load<i32>(map + ((<usize>column) << 2));
  return source < 0 ? <T>0 : load<T>(row + <usize>source * sizeof<T>());
}

@inline
function copyColumns<T>(d: usize, row: usize, to: usize): void {
  const map = at(d, COLUMN_MAP_AT), columns = word(d, TARGET_COLUMNS);
  const from = word(d, COPY_FROM), until = word(d, COPY_TO);
  for (let c = 0; c < from; c++) store<T>(to + <usize>c * sizeof<T>(), readMapped<T>(row, map, c));
  if (until > from) copyRun(row + <usize>word(d, COPY_SOURCE) * sizeof<T>(), to + <usize>from * sizeof<T>(), <usize>(until - from) * sizeof<T>());
  for (let c = max(from, until); c < columns; c++) store<T>(to + <usize>c * sizeof<T>(), readMapped<T>(row, map, c));
}

@inline
function splitColumns<T>(d: usize, row: usize, to: usize, residues: i32): void {
  const map = at(d, COLUMN_MAP_AT), columns = word(d, TARGET_COLUMNS), pitch = <usize>word(d, RESIDUE_COLUMNS) * sizeof<T>();
  for (let residue = 0; residue < residues; residue++, to += pitch) {
    let target = to;
    for (let c = residue; c < columns; c += residues, target += sizeof<T>()) store<T>(target, readMapped<T>(row, map, c));
  }
}

/** Task = one channel of one image. */
@inline
function field<T>(d: usize, task: i32): void {
  const planes = word(d, TARGET_PLANES), rows = word(d, TARGET_ROWS), residues = word(d, RESIDUES);
  const sourceRow = <usize>word(d, SOURCE_COLUMNS) * sizeof<T>(), targetRow = <usize>(residues * word(d, RESIDUE_COLUMNS)) * sizeof<T>();
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
      if (residues == 1) copyColumns<T>(d, from, target);
      else splitColumns<T>(d, from, target, residues);
    }
  }
}

export function fieldF32(d: usize, task: i32, _scratch: usize): void {
  field<f32>(d, task);
}
export function fieldF64(d: usize, task: i32, _scratch: usize): void {
  field<f64>(d, task);
}
