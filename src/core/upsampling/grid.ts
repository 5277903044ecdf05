import { elementCount } from '../tensor/tensor';

/** One channel's spatial axes, in C order: what is made larger, and what comes of it. Values in float64. */
export interface Grid {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const gridOf = (shape: readonly number[], fill = 0): Grid => ({
  shape,
  data: fill === 0 ? new Float64Array(elementCount(shape)) : new Float64Array(elementCount(shape)).fill(fill),
});

/** A box of a grid. `begin` may be negative and the box may reach over the end: what is outside is `outside`. */
export function boxOf(grid: Grid, begin: readonly number[], shape: readonly number[], outside = NaN): Grid {
  const box = gridOf(shape, outside);
  const rank = shape.length;
  const columns = shape[rank - 1];
  const first = Math.max(0, -begin[rank - 1]);
  const last = Math.min(columns, grid.shape[rank - 1] - begin[rank - 1]);
  if (last <= first) return box;
  const place = new Array<number>(rank).fill(0);
  for (let to = 0; to < box.data.length; to += columns) {
    let from = 0;
    let isInside = true;
    for (let axis = 0; axis < rank - 1; axis++) {
      const at = place[axis] + begin[axis];
      isInside &&= at >= 0 && at < grid.shape[axis];
      from = (from + at) * (grid.shape[axis + 1] ?? 1);
    }
    const line = from + begin[rank - 1];
    if (isInside) box.data.set(grid.data.subarray(line + first, line + last), to + first);
    for (let axis = rank - 2; axis >= 0; axis--) {
      if (++place[axis] < shape[axis]) break;
      place[axis] = 0;
    }
  }
  return box;
}

/** Visits every row of the last axis: where it begins, and its place on the axes before. */
export function forEachRow(shape: readonly number[], visit: (begin: number, place: readonly number[]) => void): void {
  const columns = shape[shape.length - 1];
  const place = new Array<number>(shape.length - 1).fill(0);
  const total = elementCount(shape);
  for (let begin = 0; begin < total; begin += columns) {
    visit(begin, place);
    for (let axis = place.length - 1; axis >= 0; axis--) {
      if (++place[axis] < shape[axis]) break;
      place[axis] = 0;
    }
  }
}
