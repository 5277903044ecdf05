/** Sums of rows of a plane of float32 values, column by column: most of what means of boxes of it cost. */
import { MEANS_COLUMNS, MEANS_DATA_AT, MEANS_EDGES_AT, MEANS_PITCH, MEANS_RESULTS_AT } from '../kernels/layout';
import { at, high, low } from './simd';

/** Task = a row of boxes: the sum of each of its columns, in f64, from the first row to the last. */
export function meansF32(d: usize, task: i32, _scratch: usize): void {
  const pitch = at(d, MEANS_PITCH);
  const size: usize = at(d, MEANS_COLUMNS) << 3;
  const edges = at(d, MEANS_EDGES_AT) + 4 * <usize>task;
  const sums = at(d, MEANS_RESULTS_AT) + size * <usize>task;
  const data = at(d, MEANS_DATA_AT);
  let first = data + pitch * <usize>load<u32>(edges),
    end = data + pitch * <usize>load<u32>(edges, 4);
  for (let x: usize = 0; x < size; x += 32) {
    let values = v128.load(first);
    let near = low(values),
      far = high(values);
    for (let from = first + pitch; from < end; from += pitch) {
      values = v128.load(from);
      near = f64x2.add(near, low(values));
      far = f64x2.add(far, high(values));
    }
    first += 16;
    end += 16;
    v128.store(sums + x, near);
    v128.store(sums + x, far, 16);
  }
}
