import type { Kind, Tensor } from '../operation';
import { flip, permute } from './permute';

/** Letters of the spatial axes for 1, 2 and 3 of them. */
export const SPATIAL_LETTERS = ['W', 'HW', 'DHW'] as const;

/**
 * How a framework stores the weight of an operation, one letter an axis: I and O are the input and output channels *of
 * that operation*, S stands for its spatial axes.
 */
export interface WeightLayout {
  readonly id: string;
  /** A proper name, never translated. */
  readonly framework: string;
  readonly kind: Kind;
  readonly axes: 'OIS' | 'IOS' | 'SIO' | 'SOI' | 'OSI' | 'ISO';
  /** The kernel is stored mirrored: an impulse makes it appear the other way round. */
  readonly flipped: boolean;
}

/**
 * Each was run: what the framework computes with such a weight is what the canonical one gives
 * (test/unit/core/tensor/layouts.test.ts).
 */
export const WEIGHT_LAYOUTS: readonly WeightLayout[] = [
  { id: 'torch-conv', framework: 'PyTorch Conv, ONNX Conv', kind: 'conv', axes: 'OIS', flipped: false },
  {
    id: 'torch-convtranspose',
    framework: 'PyTorch ConvTranspose, ONNX ConvTranspose',
    kind: 'convTranspose',
    axes: 'IOS',
    flipped: false,
  },
  { id: 'keras-conv', framework: 'Keras Conv, TensorFlow conv, Flax Conv', kind: 'conv', axes: 'SIO', flipped: false },
  {
    id: 'keras-convtranspose',
    framework: 'Keras ConvTranspose, TensorFlow conv_transpose',
    kind: 'convTranspose',
    axes: 'SOI',
    flipped: false,
  },
  {
    id: 'jax-convtranspose',
    framework: 'Flax ConvTranspose, JAX lax.conv_transpose',
    kind: 'convTranspose',
    axes: 'SIO',
    flipped: true,
  },
  { id: 'tflite-conv', framework: 'TensorFlow Lite Conv2D', kind: 'conv', axes: 'OSI', flipped: false },
  {
    id: 'tflite-convtranspose',
    framework: 'TensorFlow Lite TransposeConv',
    kind: 'convTranspose',
    axes: 'OSI',
    flipped: false,
  },
  // Its first axis is always of size 1: each output belongs to one input.
  { id: 'tflite-depthwise', framework: 'TensorFlow Lite DepthwiseConv2D', kind: 'conv', axes: 'ISO', flipped: false },
];

/** The layout that everything inside works with: PyTorch's. */
export const canonicalAxes = (kind: Kind): 'OIS' | 'IOS' => (kind === 'conv' ? 'OIS' : 'IOS');

export const spelled = (axes: string, rank: number): string => axes.replace('S', SPATIAL_LETTERS[rank - 1]);

/**
 * A tensor whose axes are named by `from`, with them in the order `to`. Letters that `from` lacks become axes of 1;
 * every letter of `from` must occur in `to`. A copy.
 */
export function arrange(tensor: Tensor, from: string, to: string): Tensor {
  const present = [...to].filter((letter) => from.includes(letter));
  const permuted = permute(
    tensor,
    present.map((letter) => from.indexOf(letter)),
  );
  const shape = [...to].map((letter) => (from.includes(letter) ? tensor.shape[from.indexOf(letter)] : 1));
  return { ...permuted, shape };
}

/** Mirrored along every spatial axis: the last ones of a canonical weight. */
const mirrored = (weight: Tensor): Tensor =>
  flip(
    weight,
    Array.from({ length: weight.shape.length - 2 }, (_, axis) => axis + 2),
  );

/** A weight as the framework stores it, made the canonical weight of an operation of `kind`. Without groups. */
export function toCanonical(weight: Tensor, layout: WeightLayout, kind: Kind): Tensor {
  const rank = weight.shape.length - 2;
  const arranged = arrange(weight, spelled(layout.axes, rank), spelled(canonicalAxes(kind), rank));
  return layout.flipped ? mirrored(arranged) : arranged;
}

/** The inverse of `toCanonical`. */
export function fromCanonical(weight: Tensor, layout: WeightLayout, kind: Kind): Tensor {
  const rank = weight.shape.length - 2;
  const source = layout.flipped ? mirrored(weight) : weight;
  return arrange(source, spelled(canonicalAxes(kind), rank), spelled(layout.axes, rank));
}
