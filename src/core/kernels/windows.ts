import type { Tensor } from '../operation';
import { zeros } from '../tensor/tensor';
import { forEachPosition, stridesOf } from './positions';

/**
 * A tensor read elsewhere: element `position` of the result is the source's element `from(position)`, or zero where
 * that lies outside. Padding, cropping, zero insertion, flipping and slicing are all this with another `from`, axis by
 * axis.
 */
export function remap(source: Tensor, shape: readonly number[], from: (index: number, axis: number) => number): Tensor {
  const target = zeros(source.dtype, shape);
  const strides = stridesOf(source.shape);
  forEachPosition(shape, (position, flat) => {
    let offset = 0;
    for (let axis = 0; axis < position.length; axis++) {
      const index = from(position[axis], axis);
      if (!(Number.isInteger(index) && index >= 0 && index < source.shape[axis])) return;
      offset += index * strides[axis];
    }
    target.data[flat] = source.data[offset];
  });
  return target;
}
