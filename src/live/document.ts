import type { Operation, Tensor } from '../core/operation';
import { shapeOf } from '../core/shape';
import type { InspectorDocument } from '../core/state/document';
import { fillTensor } from '../core/state/fills';
import { zeros } from '../core/tensor/tensor';
import { inputLayout, laidOut } from './layout';
import type { LiveLayer } from './reader';

/** Sizes that an axis of an input gets of which nothing is known: the first that the layer takes. */
const TRIED: readonly number[] = [8, 16, 32, 64, 128];

/** A convolution that changes nothing: one weight of 1 for each channel, by itself. */
function identity(dtype: Tensor['dtype'], channels: number, rank: number): Pick<InspectorDocument, 'op' | 'weight'> {
  const along = (value: number): number[] => Array.from({ length: rank }, () => value);
  const weight = zeros(dtype, [channels, 1, ...along(1)]);
  weight.data.fill(1);
  return {
    op: { kind: 'conv', stride: along(1), padding: along(0), dilation: along(1), groups: channels },
    weight,
  };
}

/** A tensor of a program as the input of a document whose kernel leaves it as it is. */
export function documentOfTensor(values: Tensor, title: string): InspectorDocument {
  const layout = inputLayout(values.shape);
  const { rank } = layout.target;
  const input = laidOut(values, layout);
  return { version: 1, title, dtype: values.dtype, input, ...identity(values.dtype, input.shape[1], rank), view: {} };
}

/** The shape of an input that the layer takes, where none is at hand. */
function likelyShape(op: Operation, weight: readonly number[]): readonly number[] {
  const channels = op.kind === 'conv' ? weight[1] * (op.groups ?? 1) : weight[0];
  const shapes = TRIED.map((size) => [1, channels, ...weight.slice(2).map(() => size)]);
  return shapes.find((shape) => shapeOf(op, shape, weight).problems.length === 0) ?? shapes[0];
}

const as = (dtype: Tensor['dtype'], tensor: Tensor): Tensor =>
  tensor.dtype === dtype
    ? tensor
    : {
        dtype,
        shape: tensor.shape,
        data: dtype === 'float32' ? Float32Array.from(tensor.data) : Float64Array.from(tensor.data),
      };

/** Whether a tensor of this shape can enter a layer: its axes, with or without a batch, and its channels. */
export function enters({ op, weight }: LiveLayer, shape: readonly number[]): boolean {
  const rank = op.stride.length;
  return (
    (shape.length === rank + 1 || shape.length === rank + 2) &&
    shape.every((size) => size > 0) &&
    shape[shape.length - rank - 1] === likelyShape(op, weight.shape)[1]
  );
}

/**
 * A layer of a program, with its own weight and bias, applied to a tensor of the program's, or else to random numbers.
 * `input` is of PyTorch's layout, with or without a batch.
 */
export function documentOfLayer({ op, weight, bias }: LiveLayer, title: string, input?: Tensor): InspectorDocument {
  const { dtype } = weight.values;
  const made = input ? as(dtype, input) : zeros(dtype, likelyShape(op, weight.shape));
  if (!input) fillTensor(made, { fill: 'normal', seed: 1, mean: 0, deviation: 1 }, op.stride.length);
  return {
    version: 1,
    title,
    op,
    dtype,
    input: made,
    weight: weight.values,
    ...(bias && { bias: as(dtype, bias.values) }),
    view: {},
  };
}
