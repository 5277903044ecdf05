import { stridesOf } from '../../kernels/positions';
import type { Dtype, Tensor } from '../../operation';
import { checkedZeros, damaged, type LoadHow, type ReadOptions } from '../format';
import { checkedWindow } from '../placed';

/** Each cell costs a search, so that millions of them take minutes. */
const MOST_CELLS = 2_000_000;

/** A tensor that is kept in cells of one size; those at its ends may reach beyond it. */
export interface Cells {
  readonly shape: readonly number[];
  readonly cell: readonly number[];
  /** Of the values in a cell; C order unless given. */
  readonly strides?: readonly number[];
  readonly dtype: Dtype;
  /** The values of a cell by their index, by the cell's place in the grid. */
  values(place: readonly number[]): (index: number) => number;
}

/** Writes those of a cell's values that lie in the window. */
function place(
  data: Tensor['data'],
  value: (index: number) => number,
  { cell, strides = stridesOf(cell) }: Cells,
  at: readonly number[],
  begin: readonly number[],
  size: readonly number[],
): void {
  const to = stridesOf(size);
  const visit = (axis: number, source: number, target: number): void => {
    if (axis === cell.length) {
      data[target] = value(source);
      return;
    }
    const first = Math.max(at[axis], begin[axis]);
    const last = Math.min(at[axis] + cell[axis], begin[axis] + size[axis]);
    for (let index = first; index < last; index++)
      visit(axis + 1, source + (index - at[axis]) * strides[axis], target + (index - begin[axis]) * to[axis]);
  };
  visit(0, 0, 0);
}

/** A part of a tensor that is kept in cells: those are read that it touches. */
export function loadCells(cells: Cells, options: ReadOptions, how: LoadHow): Tensor {
  const { shape, cell, dtype } = cells;
  const { begin, size } = checkedWindow(shape, how.window);
  const first = begin.map((at, axis) => Math.floor(at / cell[axis]));
  const last = begin.map((at, axis) => Math.floor((at + size[axis] - 1) / cell[axis]));
  const touched = first.reduce((all, at, axis) => all * (last[axis] - at + 1), 1);
  if (touched > MOST_CELLS)
    throw damaged('cells', 'The values lie in {0} parts; at most {1} are read at once.', touched, MOST_CELLS);
  const tensor = checkedZeros(dtype, size, options, how.allocate);
  const visit = (axis: number, at: readonly number[]): void => {
    if (axis < cell.length) {
      for (let index = first[axis]; index <= last[axis]; index++) visit(axis + 1, [...at, index]);
      return;
    }
    const from = at.map((index, each) => index * cell[each]);
    place(tensor.data, cells.values(at), cells, from, begin, size);
  };
  visit(0, []);
  return tensor;
}
