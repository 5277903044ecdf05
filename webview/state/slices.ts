import type { GridName } from '../gridName';
import type { Slices } from '../view';
import { channelGroups, channelsOnShow } from './channelGroups';
import { channelsOf } from './channels';
import type { DocumentHead } from '../../src/protocol/panel';

/** One index that chooses what is shown of a tensor. */
export interface Slice {
  readonly key: 'batch' | 'inputChannel' | 'outputChannel' | 'depth';
  readonly index: number;
  readonly size: number;
  /** For an axis of a kernel that counts channels within their group: the first channel of the group on show. */
  readonly first?: number;
}

/**
 * The indices that choose the plane of a tensor, without those for which there is only one choice. The second axis of a
 * kernel has the channels of one group only. `outputDepth` is missing while there is no output.
 */
export function slicesOf(
  name: GridName,
  head: DocumentHead,
  slices: Slices,
  outputDepth: number | undefined,
): readonly Slice[] {
  const channels = channelsOf(head);
  const rank = head.weightShape.length - 2;
  const { kind } = head.operation;
  const groups = channelGroups(kind, head.weightShape, channels);
  const { inputChannel, outputChannel } = channelsOnShow(slices, groups, channels);
  const depths: Readonly<Record<GridName, number>> = {
    input: head.inputShape[head.inputShape.length - 3] ?? 1,
    weight: head.weightShape[2],
    output: outputDepth ?? 1,
  };
  const input: Slice = { key: 'inputChannel', index: inputChannel, size: channels.input };
  const output: Slice = { key: 'outputChannel', index: outputChannel, size: channels.output };
  const within = (slice: Slice, size: number): Slice =>
    size === slice.size
      ? slice
      : { ...slice, index: slice.index % size, size, first: slice.index - (slice.index % size) };
  const chosen: Readonly<Record<GridName, readonly Slice[]>> = {
    input: [input],
    weight: kind === 'conv' ? [within(input, groups.inputs), output] : [input, within(output, groups.outputs)],
    output: [output],
  };
  const candidates: readonly Slice[] = [
    ...(name === 'weight' ? [] : [{ key: 'batch', index: slices.batch, size: channels.batch } as const]),
    ...chosen[name],
    ...(rank === 3 ? [{ key: 'depth', index: slices.depth[name], size: depths[name] } as const] : []),
  ];
  return candidates
    .filter(({ size }) => size > 1)
    .map((slice) => ({ ...slice, index: Math.min(slice.index, slice.size - 1) }));
}

/**
 * The slice that chooses a tensor's channel: of a kernel its first axis, which has one kernel for each channel of its
 * side. Nothing where there is only one.
 */
export function channelSlice(name: GridName, head: DocumentHead, slices: Slices): Slice | undefined {
  const of = {
    input: 'inputChannel',
    output: 'outputChannel',
    weight: head.operation.kind === 'conv' ? 'outputChannel' : 'inputChannel',
  } as const;
  return slicesOf(name, head, slices, undefined).find(({ key }) => key === of[name]);
}

/**
 * The slices with one index changed, cut to what there is. The other side's channel follows into the group of the one
 * that was chosen.
 */
export function withSlice(
  slices: Slices,
  name: GridName,
  { key, size, first = 0 }: Slice,
  wanted: number,
  head: DocumentHead,
): Slices {
  const index = first + Math.min(Math.max(0, wanted), size - 1);
  if (key === 'depth') return { ...slices, depth: { ...slices.depth, [name]: index } };
  if (key === 'batch') return { ...slices, batch: index };
  return withChannel(slices, key, index, head);
}

function withChannel(slices: Slices, key: 'inputChannel' | 'outputChannel', index: number, head: DocumentHead): Slices {
  const channels = channelsOf(head);
  const groups = channelGroups(head.operation.kind, head.weightShape, channels);
  const shown = { ...slices, ...channelsOnShow(slices, groups, channels) };
  if (key === 'inputChannel')
    return { ...shown, ...channelsOnShow({ ...shown, inputChannel: index }, groups, channels) };
  const { inputs, outputs } = groups;
  const inputChannel = Math.floor(index / outputs) * inputs + (shown.inputChannel % inputs);
  return { ...shown, inputChannel, outputChannel: index };
}

/** The cuts through a 3-D tensor moved to a place in it. */
export function withCuts(slices: Slices, name: GridName, [z, y, x]: readonly number[]): Slices {
  return {
    ...slices,
    depth: { ...slices.depth, [name]: z },
    height: { ...slices.height, [name]: y },
    width: { ...slices.width, [name]: x },
  };
}

/** The slices at which an element is on show, given by its full index in a tensor's shape. */
export function slicesTo(slices: Slices, name: GridName, index: readonly number[], head: DocumentHead): Slices {
  const rank = head.weightShape.length - 2;
  const placed = rank === 3 ? withCuts(slices, name, index.slice(-3)) : slices;
  if (name !== 'weight') {
    const batch = index.length === rank + 2 ? index[0] : slices.batch;
    const key = name === 'input' ? 'inputChannel' : 'outputChannel';
    return withChannel({ ...placed, batch }, key, index[index.length - rank - 1], head);
  }
  const { kind } = head.operation;
  const channels = channelsOf(head);
  const { inputs, outputs } = channelGroups(kind, head.weightShape, channels);
  // The first axis has all channels of its side, and so says the group.
  return kind === 'conv'
    ? { ...placed, outputChannel: index[0], inputChannel: Math.floor(index[0] / outputs) * inputs + index[1] }
    : { ...placed, inputChannel: index[0], outputChannel: Math.floor(index[0] / inputs) * outputs + index[1] };
}
