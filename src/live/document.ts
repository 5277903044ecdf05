import type { Tensor } from '../core/operation';
import type { InspectorDocument } from '../core/state/document';
import { fillTensor } from '../core/state/fills';
import { zeros } from '../core/tensor/tensor';
import { channelsFirst, operationFor } from './layer';
import { inputLayout, laidOut } from './layout';
import { channelsIn, likelyShape } from './likely';
import type { LiveLayer } from './reader';

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

const as = (dtype: Tensor['dtype'], tensor: Tensor): Tensor =>
  tensor.dtype === dtype
    ? tensor
    : {
        dtype,
        shape: tensor.shape,
        data: dtype === 'float32' ? Float32Array.from(tensor.data) : Float64Array.from(tensor.data),
      };

/** Whether a tensor of this shape can enter a layer: its axes, with or without a batch, and its channels. */
export function enters({ stated, weight }: Pick<LiveLayer, 'stated' | 'weight'>, shape: readonly number[]): boolean {
  const rank = stated.stride.length;
  return (
    (shape.length === rank + 1 || shape.length === rank + 2) &&
    shape.every((size) => size > 0) &&
    shape[shape.length - (stated.channelsLast ? 1 : rank + 1)] === channelsIn(stated, weight.values.shape)
  );
}

/**
 * A layer of a program, with its own weight and bias, applied to a tensor of the program's, or else to random numbers.
 * `input` is as the layer takes it, with or without a batch.
 */
export function documentOfLayer(
  { stated, weight, bias }: Pick<LiveLayer, 'stated' | 'weight' | 'bias'>,
  title: string,
  input?: Tensor,
): InspectorDocument {
  const { dtype, shape } = weight.values;
  const rank = stated.stride.length;
  const made = input ? as(dtype, channelsFirst(stated, input)) : zeros(dtype, likelyShape(stated, shape));
  if (!input) fillTensor(made, { fill: 'normal', seed: 1, mean: 0, deviation: 1 }, rank);
  return {
    version: 1,
    title,
    op: operationFor(stated, shape, made.shape.slice(-rank)),
    dtype,
    input: made,
    weight: weight.values,
    ...(bias && { bias: as(dtype, bias.values) }),
    view: {},
  };
}
