import { forEachPosition } from '../kernels/positions';
import type { Tensor } from '../operation';

/**
 * ICNR for a transposed convolution whose strides divide its kernel (Aitken et al., "Checkerboard artifact free
 * sub-pixel convolution", 2017): the first sub-kernel, taps `0, s, 2s, …`, is copied to all others, so that the layer
 * begins as a small convolution followed by nearest enlargement. In place, on a weight of shape `(C_in, C_out/g, k…)`.
 */
export function copyFirstSubKernel({ data, shape }: Tensor, strides: readonly number[]): void {
  const kernel = shape.slice(2);
  const area = kernel.reduce((all, size) => all * size, 1);
  const sources: number[] = [];
  forEachPosition(kernel, (tap) => {
    sources.push(tap.reduce((flat, at, axis) => flat * kernel[axis] + at - (at % strides[axis]), 0));
  });
  for (let plane = 0; plane < data.length; plane += area)
    // A source is never after its tap, and is its own source.
    sources.forEach((from, tap) => (data[plane + tap] = data[plane + from]));
}
