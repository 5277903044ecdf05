import type { Tensor } from '../operation';
import { arrange, fromCanonical, spelled, toCanonical, WEIGHT_LAYOUTS } from '../tensor/layouts';

/**
 * How a framework stores the kernel of a call: an id of `WEIGHT_LAYOUTS`, or the depthwise order, which merges two
 * axes.
 */
export type StoredAs =
  | 'torch-conv'
  | 'torch-convtranspose'
  | 'keras-conv'
  | 'keras-convtranspose'
  | 'jax-convtranspose'
  | 'tflite-conv'
  | 'tflite-convtranspose'
  | 'tflite-depthwise'
  | 'keras-depthwise';

/** Keras's depthwise `(k…, in, multiplier)`, M being the multiplier, and what it is merged from. */
const DEPTHWISE = { stored: 'SIM', split: 'IMS' };

function layoutOf(storedAs: StoredAs): (typeof WEIGHT_LAYOUTS)[number] {
  const layout = WEIGHT_LAYOUTS.find(({ id }) => id === storedAs);
  if (!layout) throw new Error(`There is no weight layout ${storedAs}.`);
  return layout;
}

/**
 * A kernel as its framework stores it, in PyTorch's order for the operation that it is of, mirrored back where it is.
 */
export function weightToCanonical(weight: Tensor, storedAs: StoredAs): Tensor {
  if (storedAs !== 'keras-depthwise') return toCanonical(weight, layoutOf(storedAs), layoutOf(storedAs).kind);
  const rank = weight.shape.length - 2;
  const split = arrange(weight, spelled(DEPTHWISE.stored, rank), spelled(DEPTHWISE.split, rank));
  const [channels, multiplier, ...kernel] = split.shape;
  return { ...split, shape: [channels * multiplier, 1, ...kernel] };
}

/**
 * The reverse. A depthwise kernel needs the number of input channels, which its canonical shape `(in·multiplier, 1,
 * k…)` has lost; it must divide the first axis.
 */
export function weightFromCanonical(weight: Tensor, storedAs: StoredAs, inputChannels = weight.shape[0]): Tensor {
  if (storedAs !== 'keras-depthwise') return fromCanonical(weight, layoutOf(storedAs), layoutOf(storedAs).kind);
  const [outputs, , ...kernel] = weight.shape;
  const split = { ...weight, shape: [inputChannels, outputs / inputChannels, ...kernel] };
  return arrange(split, spelled(DEPTHWISE.split, kernel.length), spelled(DEPTHWISE.stored, kernel.length));
}
