import type { Dtype, Tensor } from '../../src/core/operation';
import { elementCount, tensorOf } from '../../src/core/tensor/tensor';

/** Word `index` of the sequence `seed`: the same function as `generator/seeded.py`. */
function word(seed: number, index: number): number {
  let x = (Math.imul(seed, 0x9e3779b9) + index) >>> 0;
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  x ^= x >>> 16;
  return x >>> 0;
}

/** In [−1, 1); for float32 only values that it holds exactly. */
export function real(seed: number, index: number, dtype: Dtype): number {
  return dtype === 'float32' ? (word(seed, index) >>> 8) / 2 ** 23 - 1 : word(seed, index) / 2 ** 31 - 1;
}

export function reals(seed: number, shape: readonly number[], dtype: Dtype): Tensor {
  return tensorOf(
    dtype,
    shape,
    Array.from({ length: elementCount(shape) }, (_, index) => real(seed, index, dtype)),
  );
}

/** In −4..4: sums of products of these are exact in every dtype. */
export function integers(seed: number, shape: readonly number[]): Tensor {
  return tensorOf(
    'float64',
    shape,
    Array.from({ length: elementCount(shape) }, (_, index) => ((word(seed, index) >>> 8) % 9) - 4),
  );
}
