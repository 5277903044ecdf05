import type { Dtype, Tensor } from '../../core/operation';
import { ProblemError, problem } from '../../core/problem';
import type { InspectorDocument } from '../../core/state/document';
import { type FillSpec, fillTensor } from '../../core/state/fills';
import { bytesPerElement, elementCount, zeros } from '../../core/tensor/tensor';
import type { CodeDraft } from '../../language/draft';
import type { LayerWeights } from '../language/weightFile';
import { memoryLimit } from '../memory';

function filled(dtype: Dtype, shape: readonly number[], fill: FillSpec, rank: number): Tensor {
  const bytes = elementCount(shape) * bytesPerElement(dtype);
  if (!(bytes <= memoryLimit())) {
    throw new ProblemError([
      problem({
        code: 'memory-limit',
        field: 'memory',
        template: 'A tensor of shape {0} would take {1} bytes; the limit is {2}.',
        args: [`[${shape.join(', ')}]`, bytes, memoryLimit()],
      }),
    ]);
  }
  const tensor = zeros(dtype, shape);
  fillTensor(tensor, fill, rank);
  return tensor;
}

/**
 * A document for an operation of which only the sizes are known: with a random input, and a random kernel where there
 * are no weights, always the same ones. Throws a ProblemError if they are too large.
 */
export function documentOf(
  { title, op, inputShape, weightShape, bias: hasBias, origin, view = {} }: CodeDraft,
  { weight, bias: read }: Partial<LayerWeights> = {},
): InspectorDocument {
  const dtype = weight?.dtype ?? 'float32';
  const rank = op.stride.length;
  // As PyTorch initialises its layers: the output then has about the scale of the input.
  const fanIn = Math.max(1, elementCount(weightShape.slice(1)));
  const outputs = op.kind === 'conv' ? weightShape[0] : weightShape[1] * (op.groups ?? 1);
  const made = hasBias
    ? filled(dtype, [outputs], { fill: 'normal', seed: 3, mean: 0, deviation: 1 / Math.sqrt(fanIn) }, 1)
    : undefined;
  // What is read from a file has the file's type.
  const bias = read && {
    ...read,
    dtype,
    data: dtype === 'float32' ? Float32Array.from(read.data) : Float64Array.from(read.data),
  };
  return {
    version: 1,
    title,
    op,
    dtype,
    input: filled(dtype, inputShape, { fill: 'normal', seed: 1, mean: 0, deviation: 1 }, rank),
    weight:
      weight ?? filled(dtype, weightShape, { fill: 'normal', seed: 2, mean: 0, deviation: 1 / Math.sqrt(fanIn) }, rank),
    ...((bias ?? made) && { bias: bias ?? made }),
    origin,
    view,
  };
}
