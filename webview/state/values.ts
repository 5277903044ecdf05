import { type ElementOf, flatIndex } from '../../src/core/explain/readout';
import type { TensorName } from '../../src/core/tensor/plane';
import type { Sight } from '../../src/core/tensor/look';
import type { Computed, Link } from '../model';

type Wanted = ReadonlyMap<TensorName, readonly (readonly number[])[]>;
type Found = ReadonlyMap<TensorName, ReadonlyMap<number, number>>;

export function shapesOf({ plan }: Computed): Readonly<Record<TensorName, readonly number[]>> {
  return { input: plan.inputShape, weight: plan.weightShape, bias: [plan.outputChannels], output: plan.outputShape };
}

/** The elements that a readout of this link names, of at most `limit` products. */
export function elementsOf({ cell, contributions }: Link, { plan, head }: Computed, limit: number): Wanted {
  const list = contributions.list.slice(0, limit);
  const outputs = cell.tensor === 'output' ? [cell.index] : list.map(({ output }) => output);
  const channels = head.biasShape ? outputs.map((index) => [index[plan.batched ? 1 : 0]]) : [];
  const itself = (tensor: TensorName): readonly (readonly number[])[] => (cell.tensor === tensor ? [cell.index] : []);
  return new Map<TensorName, readonly (readonly number[])[]>([
    ['input', [...itself('input'), ...list.map(({ input }) => input)]],
    ['weight', [...itself('weight'), ...list.map(({ weight }) => weight)]],
    ['bias', channels],
    ['output', outputs],
  ]);
}

/** The elements from the values on show, if all of them are there: large tensors are not sent whole. */
export function fromSight(wanted: Wanted, computed: Computed, sight: Sight): ElementOf | undefined {
  const shapes = shapesOf(computed);
  const whole = new Map(sight.whole.map(({ tensor, values }) => [tensor, values]));
  for (const [tensor, indices] of wanted) if (indices.length > 0 && !whole.has(tensor)) return undefined;
  return (tensor, index) => whole.get(tensor)?.[flatIndex(shapes[tensor], index)] ?? NaN;
}

/** Elements asked of the host. */
export async function fromHost(
  wanted: Wanted,
  computed: Computed,
  ask: (tensor: TensorName, indices: Float64Array) => Promise<Float64Array>,
): Promise<ElementOf> {
  const shapes = shapesOf(computed);
  const found: Found = new Map(
    await Promise.all(
      [...wanted].map(async ([tensor, indices]): Promise<readonly [TensorName, ReadonlyMap<number, number>]> => {
        const flat = [...new Set(indices.map((index) => flatIndex(shapes[tensor], index)))];
        const values = flat.length > 0 ? await ask(tensor, Float64Array.from(flat)) : new Float64Array();
        return [tensor, new Map(flat.map((at, order) => [at, values[order]]))];
      }),
    ),
  );
  return (tensor, index) => found.get(tensor)?.get(flatIndex(shapes[tensor], index)) ?? NaN;
}
