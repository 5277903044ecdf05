import { paddingOf } from '../../core/axis';
import { kernelExtent, NUMBERS } from '../../core/formulas';
import type { Operation } from '../../core/operation';

/** A layer as the inspector has it: the operation, and the shape of the weight in PyTorch's layout. */
export interface Layer {
  readonly operation: Operation;
  readonly weightShape: readonly number[];
  /** Spatial sizes of the input: what `same` means for a strided convolution depends on them. */
  readonly inputSizes: readonly number[];
}

export function sidesOf({ operation, weightShape }: Layer): (readonly [begin: number, end: number])[] {
  return weightShape.slice(2).map((_, axis) => paddingOf(operation, axis));
}

export const extentAlong = ({ operation, weightShape }: Layer, axis: number): number =>
  kernelExtent(NUMBERS, weightShape[axis + 2], operation.dilation[axis]);
