import type { Tensor } from '../core/operation';
import { type Counted, look, type Sight } from '../core/tensor/look';
import type { TensorName } from '../core/tensor/plane';
import { type Statistics, statisticsOf } from '../core/tensor/statistics';
import { elementCount } from '../core/tensor/tensor';
import type { LookRequest, SharedTensor } from '../protocol/engine';

/** A tensor that both sides have, as values; nothing is copied. */
export function view(shared: SharedTensor): Tensor {
  const count = elementCount(shared.shape);
  const { buffer, byteOffset = 0 } = shared;
  const data =
    shared.dtype === 'float32'
      ? new Float32Array(buffer, byteOffset, count)
      : new Float64Array(buffer, byteOffset, count);
  return { dtype: shared.dtype, shape: shared.shape, data };
}

/**
 * Answers what a view watches. Statistics of a tensor that has not changed since the last look are kept: in an edit of
 * one input cell only the output's are made anew, which halves the time of a 2048 × 2048 evaluation.
 */
export function createSight(): (request: Omit<LookRequest, 'session'>) => Sight {
  const kept = new Map<TensorName, { readonly key: string; readonly statistics: Statistics }>();

  return ({ rank, tensors, watch }) => {
    const present = (Object.entries(tensors) as [TensorName, SharedTensor | undefined][]).filter(
      (entry): entry is [TensorName, SharedTensor] => entry[1] !== undefined,
    );
    const shared = new Map(present);
    const count = ({ tensor, scope, data }: Counted): Statistics => {
      const of = shared.get(tensor);
      const key = `${of?.id}.${of?.version} ${scope}`;
      const known = kept.get(tensor);
      if (known?.key === key) return known.statistics;
      const statistics = statisticsOf(data);
      kept.set(tensor, { key, statistics });
      return statistics;
    };
    return look(new Map(present.map(([name, each]) => [name, view(each)])), rank, watch, count);
  };
}

/** The buffers of a sight that can be handed over instead of copied. */
export function sightBuffers(sight: Sight): ArrayBuffer[] {
  const arrays = [...sight.blocks.map((block) => block.values), ...sight.whole.map((each) => each.values)];
  const buffers = arrays
    .map((array) => array.buffer)
    .filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer);
  return [...new Set(buffers)];
}
