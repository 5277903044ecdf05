import { stridesOf } from '../../kernels/positions';

/** Strides of a tensor whose first axis is the one whose elements lie beside one another. */
export const fortranStrides = (shape: readonly number[]): readonly number[] =>
  stridesOf([...shape].reverse()).toReversed();
