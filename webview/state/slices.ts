import type { GridName } from '../gridName';
import type { Slices } from '../view';
import { channelsOf } from './channels';
import type { DocumentHead } from '../../src/protocol/panel';

/** One index that chooses what is shown of a tensor. */
export interface Slice {
  readonly key: 'batch' | 'inputChannel' | 'outputChannel' | 'depth';
  readonly index: number;
  readonly size: number;
}

/**
 * The indices that choose the plane of a tensor, without those for which there is only one choice. `outputDepth` is
 * missing while there is no output.
 */
export function slicesOf(
  name: GridName,
  head: DocumentHead,
  slices: Slices,
  outputDepth: number | undefined,
): readonly Slice[] {
  const { batch, input, output } = channelsOf(head);
  const rank = head.weightShape.length - 2;
  const depths: Readonly<Record<GridName, number>> = {
    input: head.inputShape[head.inputShape.length - 3] ?? 1,
    weight: head.weightShape[2],
    output: outputDepth ?? 1,
  };
  const candidates: readonly Slice[] = [
    ...(name === 'weight' ? [] : [{ key: 'batch', index: slices.batch, size: batch } as const]),
    ...(name === 'output' ? [] : [{ key: 'inputChannel', index: slices.inputChannel, size: input } as const]),
    ...(name === 'input' ? [] : [{ key: 'outputChannel', index: slices.outputChannel, size: output } as const]),
    ...(rank === 3 ? [{ key: 'depth', index: slices.depth[name], size: depths[name] } as const] : []),
  ];
  return candidates
    .filter(({ size }) => size > 1)
    .map((slice) => ({ ...slice, index: Math.min(slice.index, slice.size - 1) }));
}

/** The slices with one index changed, cut to what there is. */
export function withSlice(slices: Slices, name: GridName, { key, size }: Slice, wanted: number): Slices {
  const index = Math.min(Math.max(0, wanted), size - 1);
  return key === 'depth' ? { ...slices, depth: { ...slices.depth, [name]: index } } : { ...slices, [key]: index };
}
