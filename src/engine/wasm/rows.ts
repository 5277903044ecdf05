import { PLANE_INPUT_COLUMNS, PLANE_INPUT_ROWS, PLANE_ZEROS_AT } from '../kernels/layout';
import { at, word } from './simd';

/**
 * Zeros on either side of a row in scratch, in bytes: a load may start some elements before the row and end a tile behind it.
 * Input rows are copied there one by one (they are in L1 then, at addresses that do not fall into one set of the cache), so that
 * no load asks whether it lies inside.
 */
export const MARGIN: usize = 64;

/** Copies row `row` of the plane at `source` between the margins of the scratch row at `to`; a row outside the plane is zeros. */
export function bringRow<T>(d: usize, source: usize, row: i32, to: usize): void {
  const bytes = <usize>word(d, PLANE_INPUT_COLUMNS) * sizeof<T>();
  if (row < 0 || row >= word(d, PLANE_INPUT_ROWS)) memory.fill(to + MARGIN, 0, bytes);
  else memory.copy(to + MARGIN, source + <usize>row * bytes, bytes);
}

/** Start of input row `row` of a plane where it stands, or the row of zeros. */
@inline
export function rowAt<T>(d: usize, plane: usize, row: i32): usize {
  if (row < 0 || row >= word(d, PLANE_INPUT_ROWS)) return at(d, PLANE_ZEROS_AT);
  return plane + <usize>row * <usize>word(d, PLANE_INPUT_COLUMNS) * sizeof<T>();
}
