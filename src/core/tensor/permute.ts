import type { Tensor } from '../operation';
import { stridesOf } from '../kernels/positions';

/** The tensor with its axes in the order `order`: axis `a` of the result is axis `order[a]` of the source. A copy. */
export function permute(tensor: Tensor, order: readonly number[]): Tensor {
  const shape = order.map((axis) => tensor.shape[axis]);
  const sourceStrides = stridesOf(tensor.shape);
  const strides = order.map((axis) => sourceStrides[axis]);
  return gathered(tensor, shape, strides);
}

/** Values that were read in Fortran order (first axis fastest) as the same array in C order. */
export function fromFortran(tensor: Tensor): Tensor {
  const strides = stridesOf([...tensor.shape].reverse()).toReversed();
  return gathered(tensor, tensor.shape, strides);
}

function gathered(source: Tensor, shape: readonly number[], strides: readonly number[]): Tensor {
  const data = source.data.slice();
  const last = shape.length - 1;
  let to = 0;
  const visit = (axis: number, from: number): void => {
    const stride = strides[axis];
    if (axis === last) for (let at = 0; at < shape[axis]; at++) data[to++] = source.data[from + at * stride];
    else for (let at = 0; at < shape[axis]; at++) visit(axis + 1, from + at * stride);
  };
  if (last >= 0) visit(0, 0);
  return { ...source, shape, data };
}

/** The tensor mirrored along these axes. A copy. */
export function flip(tensor: Tensor, axes: readonly number[]): Tensor {
  const { shape } = tensor;
  const strides = stridesOf(shape);
  const data = tensor.data.slice();
  let to = 0;
  const last = shape.length - 1;
  const visit = (axis: number, from: number): void => {
    const reversed = axes.includes(axis);
    for (let at = 0; at < shape[axis]; at++) {
      const next = from + (reversed ? shape[axis] - 1 - at : at) * strides[axis];
      if (axis === last) data[to++] = tensor.data[next];
      else visit(axis + 1, next);
    }
  };
  if (last >= 0) visit(0, 0);
  return { ...tensor, data };
}
