import type { Tensor } from '../operation';
import { elementCount } from './tensor';

/**
 * The mean square of each block along an axis, whose indices on the axes before it are given: of the channels of an
 * image, or of the kernels of a layer. Infinity where a value is not finite, since such a channel is looked for first.
 */
export function energiesOf({ shape, data }: Tensor, before: readonly number[]): Float64Array {
  const axis = before.length;
  const size = elementCount(shape.slice(axis + 1));
  const begin = before.reduce((flat, index, at) => flat * shape[at] + index, 0) * shape[axis] * size;
  return Float64Array.from({ length: shape[axis] }, (_, channel) => {
    let sum = 0;
    for (let at = begin + channel * size; at < begin + (channel + 1) * size; at++) sum += data[at] * data[at];
    return Number.isFinite(sum) ? sum / size : Infinity;
  });
}
