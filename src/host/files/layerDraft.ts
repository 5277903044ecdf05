import type { LayerOf } from '../../core/formats/layer';
import { shapeOf } from '../../core/shape';
import type { CodeDraft } from '../../language/draft';

/** Where the file does not state the size of a layer's input, the first of these that is legal is shown. */
const TRIED: readonly number[] = [4, 8, 16, 32, 64, 128, 256];

/** A layer of a graph with the shape of its kernel, as what a document is made of. */
export function draftOfLayer(
  { name, op, bias, inputShape: stated }: LayerOf,
  weightShape: readonly number[],
): CodeDraft {
  const channels = op.kind === 'conv' ? weightShape[1] * (op.groups ?? 1) : weightShape[0];
  const shapes = TRIED.map((size) => [1, channels, ...op.stride.map(() => size)]);
  const inputShape =
    stated ?? shapes.find((shape) => shapeOf(op, shape, weightShape).problems.length === 0) ?? shapes[0];
  return { title: name, op, inputShape, weightShape, bias: bias !== undefined };
}
