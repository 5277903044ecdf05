import { PLANE_INPUT_COLUMNS, PLANE_INPUT_ROWS, PLANE_ZEROS_AT } from '../kernels/layout';
import { at, word } from './simd';

/**
 * Zeros on either side of a row in scratch, in bytes: a load may start some elements before the row and end a tile
 * behind it. Input rows are copied there one by one, so that no load asks whether it lies inside; they are in L1 then,
 * at addresses that do not fall into one set of the cache.
 */
export const MARGIN: usize = 64;

/** From here on a call into the host's copy is made up for by its wider registers. */
export const LONG_RUN: usize = 1024;

/** Copies `bytes` bytes, a multiple of four, and writes none besides. */
export function copyRun(from: usize, to: usize, bytes: usize): void {
  if (bytes >= LONG_RUN) {
    memory.copy(to, from, bytes);
    return;
  }
  const end = to + bytes;
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, v128.load(from));
  for (; to < end; to += 4, from += 4) store<u32>(to, load<u32>(from));
}

/**
 * Copies row `row` of the plane at `source`, of elements of `size` bytes, between the margins of the scratch row at
 * `to`. A row outside the plane is zeros.
 */
export function bringRow(d: usize, source: usize, row: i32, to: usize, size: usize): void {
  const bytes = at(d, PLANE_INPUT_COLUMNS) * size;
  if (row < 0 || row >= word(d, PLANE_INPUT_ROWS)) memory.fill(to + MARGIN, 0, bytes);
  else copyRun(source + <usize>row * bytes, to + MARGIN, bytes);
}

/** Start of input row `row` of a plane where it stands, or the row of zeros. */
@inline
export function rowAt<T>(d: usize, plane: usize, row: i32): usize {
  if (row < 0 || row >= word(d, PLANE_INPUT_ROWS)) return at(d, PLANE_ZEROS_AT);
  return plane + <usize>row * <usize>word(d, PLANE_INPUT_COLUMNS) * sizeof<T>();
}
