import type { Door } from '../core/door';
import { cropOf, kerasCrop, kernelExtent, NUMBERS, samePadding } from '../core/formulas';
import { type StoredAs, weightToCanonical } from '../core/frameworks/weights';
import type { Kind, Operation, PaddingMode, Tensor } from '../core/operation';
import { arrange, SPATIAL_LETTERS } from '../core/tensor/layouts';
import { refusal } from './sentences';

/** A layer as its framework states it. What a padding in words comes to depends on the input. */
export interface StatedLayer {
  readonly framework: 'torch' | 'keras' | 'flax';
  readonly kind: Kind;
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  /** Of PyTorch always numbers: its program's side has worked them out. */
  readonly padding: 'same' | 'valid' | 'causal' | readonly (readonly [begin: number, end: number])[];
  /** What the layer states; in Keras it is something else to state none. */
  readonly outputPadding?: readonly number[];
  readonly paddingMode: PaddingMode;
  readonly storedAs: StoredAs;
  readonly channelsLast: boolean;
}

const STORED = ['torch-conv', 'torch-convtranspose', 'keras-conv', 'keras-convtranspose', 'jax-convtranspose'] as const;
const MOST = 2 ** 31;

/** What the program's side says of a layer, checked. `rank` is the number of its spatial axes. */
export function parseStated(door: Door, rank: number): StatedLayer {
  const numbers = (each: Door, least = 0): readonly number[] =>
    each.items(rank).map((number) => number.integer(least, MOST));
  const { value } = door.at('padding');
  const padding =
    typeof value === 'string'
      ? door.at('padding').oneOf('same', 'valid', 'causal')
      : door
          .at('padding')
          .items(rank)
          .map((side) => {
            if (typeof side.value === 'number') return [side.integer(0, MOST), side.integer(0, MOST)] as const;
            const [begin, end] = side.items(2).map((each) => each.integer(-MOST, MOST));
            return [begin, end] as const;
          });
  const stated = {
    framework: door.at('framework').oneOf('torch', 'keras', 'flax'),
    kind: door.at('kind').oneOf('conv', 'convTranspose'),
    stride: numbers(door.at('stride'), 1),
    dilation: numbers(door.at('dilation'), 1),
    groups: door.at('groups').integer(1, MOST),
    padding,
    ...(door.at('outputPadding').value === null ? {} : { outputPadding: numbers(door.at('outputPadding')) }),
    paddingMode: door.at('paddingMode').oneOf('zeros', 'reflect', 'replicate', 'circular'),
    storedAs: door.at('storedAs').oneOf(...STORED, 'keras-depthwise'),
    channelsLast: door.at('channelsLast').boolean(),
  } as const;
  if ([stated.stride, stated.dilation].some(({ length }) => length !== rank) || stated.padding.length < rank)
    throw refusal('layer-weight', stated.framework);
  return stated;
}

/** The layer's kernel as PyTorch stores that of its operation. */
export const kernelOf = ({ storedAs }: Pick<StatedLayer, 'storedAs'>, weight: Tensor): Tensor =>
  storedAs.startsWith('torch') ? weight : weightToCanonical(weight, storedAs);

/** A tensor that enters or leaves the layer, with its channels before its spatial axes. */
export function channelsFirst({ channelsLast, stride }: StatedLayer, tensor: Tensor): Tensor {
  if (!channelsLast) return tensor;
  const spatial = SPATIAL_LETTERS[stride.length - 1];
  const batch = tensor.shape.length === stride.length + 2 ? 'N' : '';
  return arrange(tensor, `${batch}${spatial}C`, `${batch}C${spatial}`);
}

type Stated = Omit<StatedLayer, 'padding'>;

function transposed(layer: Stated, kernel: readonly number[], padding: StatedLayer['padding']): Operation {
  const crops = layer.stride.map((stride, axis) => {
    const extent = kernelExtent(NUMBERS, kernel[axis], layer.dilation[axis]);
    if (padding === 'causal') throw refusal('layer-padding', padding);
    if (typeof padding === 'string') return kerasCrop(NUMBERS, padding, extent, stride, layer.outputPadding?.[axis]);
    const [begin, end] = padding[axis];
    // JAX pads the dilated input, so that the rest of the kernel's reach is cut.
    if (layer.framework === 'flax') return cropOf(NUMBERS, extent - 1 - begin, extent - 1 - end);
    return { padBegin: begin, padEnd: end, outputPadding: layer.outputPadding?.[axis] ?? 0 };
  });
  if (crops.some(({ padBegin }) => padBegin < 0)) throw refusal('layer-padding', JSON.stringify(padding));
  const { kind, stride, dilation, groups } = layer;
  return {
    ...{ kind, stride, dilation, groups, paddingMode: layer.paddingMode },
    padding: crops.map(({ padBegin, padEnd }) => [padBegin, padEnd] as const),
    outputPadding: crops.map(({ outputPadding }) => outputPadding),
  };
}

function plain(
  layer: Stated,
  kernel: readonly number[],
  padding: StatedLayer['padding'],
  sizes: readonly number[],
): Operation {
  const { kind, stride, dilation, groups, paddingMode } = layer;
  const sides = stride.map((step, axis): readonly [number, number] => {
    const extent = kernelExtent(NUMBERS, kernel[axis], dilation[axis]);
    if (padding === 'valid') return [0, 0];
    if (padding === 'causal') return [extent - 1, 0];
    return padding === 'same' ? samePadding(NUMBERS, { input: sizes[axis], extent, stride: step }) : padding[axis];
  });
  if (sides.some(([begin, end]) => begin < 0 || end < 0)) throw refusal('layer-padding', JSON.stringify(padding));
  return { kind, stride, dilation, groups, paddingMode, padding: sides };
}

/**
 * The operation that a layer is for inputs of these spatial sizes: what its padding in words comes to there. `weight`
 * is the shape of its kernel as PyTorch stores it. Throws a ProblemError for a padding that has no equal here.
 */
export function operationFor(layer: StatedLayer, weight: readonly number[], sizes: readonly number[]): Operation {
  const kernel = weight.slice(2);
  const op =
    layer.kind === 'convTranspose'
      ? transposed(layer, kernel, layer.padding)
      : plain(layer, kernel, layer.padding, sizes);
  const sides = op.padding as readonly (readonly [number, number])[];
  // One number where both sides are alike, as people write it.
  return sides.every(([begin, end]) => begin === end) ? { ...op, padding: sides.map(([begin]) => begin) } : op;
}
