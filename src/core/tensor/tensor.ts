import type { Dtype, Tensor } from '../operation';

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((all, size) => all * size, 1);
}

export const bytesPerElement = (dtype: Dtype): number => (dtype === 'float32' ? 4 : 8);

export function zeros(dtype: Dtype, shape: readonly number[]): Tensor {
  const count = elementCount(shape);
  return { dtype, shape, data: dtype === 'float32' ? new Float32Array(count) : new Float64Array(count) };
}

export function tensorOf(dtype: Dtype, shape: readonly number[], values: ArrayLike<number>): Tensor {
  return { dtype, shape, data: dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values) };
}
