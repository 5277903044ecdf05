import type { PlaneRequest } from '../../src/core/tensor/plane';
import { planeLayout } from '../../src/core/tensor/plane';
import type { DocumentHead } from '../../src/protocol/panel';
import type { GridName } from '../gridName';
import { planeOf } from '../grid/planeOf';
import type { Slices } from '../view';
import { channelSlice, withSlice } from './slices';

/** The channels of a tensor of which one is on show. */
export interface ChannelStrip {
  readonly count: number;
  readonly shown: number;
  /** Indices before the axis of the channels. */
  readonly before: readonly number[];
  readonly rows: number;
  readonly columns: number;
  /** The view with another channel on show. */
  slicesAt(channel: number): Slices;
  /** The index of a channel's plane before its rows. */
  leadingAt(channel: number): readonly number[];
}

/** Nothing where there is only one channel, or no tensor yet. */
export function channelStrip(
  name: GridName,
  head: DocumentHead,
  outputShape: readonly number[],
  slices: Slices,
): ChannelStrip | undefined {
  const slice = channelSlice(name, head, slices);
  const { inputShape, weightShape, operation } = head;
  const shapes = { kind: operation.kind, inputShape, weightShape, outputShape };
  const shape = { input: inputShape, weight: weightShape, output: outputShape }[name];
  const plane = planeOf(name, shapes, slices);
  if (!slice || !plane) return undefined;
  const rank = weightShape.length - 2;
  const axis = name === 'weight' ? 0 : shape.length - rank - 1;
  const { rows, columns } = planeLayout(shape, rank);
  const slicesAt = (channel: number): Slices => withSlice(slices, name, slice, channel, head);
  return {
    count: slice.size,
    shown: slice.index,
    before: plane.leading.slice(0, axis),
    rows,
    columns,
    slicesAt,
    leadingAt: (channel) => planeOf(name, shapes, slicesAt(channel))?.leading ?? plane.leading,
  };
}

/** What a thumbnail of this many pixels shows of a channel. */
export function thumbRequest(
  name: GridName,
  { rows, columns, leadingAt }: ChannelStrip,
  channel: number,
  pixels: number,
): PlaneRequest {
  const longest = Math.max(rows, columns);
  const scale = Math.min(1, pixels / longest);
  return {
    key: `thumb:${name}:${channel}`,
    tensor: name,
    leading: leadingAt(channel),
    row: 0,
    column: 0,
    rows,
    columns,
    maxRows: Math.max(1, Math.round(rows * scale)),
    maxColumns: Math.max(1, Math.round(columns * scale)),
    sampled: true,
  };
}

/** Channels in the order in which they are shown: as they are counted, or those with most energy first. */
export function stripOrder(count: number, energies: ArrayLike<number> | undefined): readonly number[] {
  const order = Array.from({ length: count }, (_, channel) => channel);
  if (energies?.length !== count) return order;
  return order.sort((one, other) => energies[other] - energies[one] || one - other);
}

/** Which places of a strip are within its box, by where it is scrolled to; no more than `most`. */
export function visiblePlaces(
  count: number,
  pitch: number,
  scroll: number,
  width: number,
  most: number,
): { readonly first: number; readonly last: number } {
  const first = Math.min(Math.max(0, Math.floor(scroll / pitch)), Math.max(0, count - 1));
  const last = Math.min(count, first + most, Math.ceil((scroll + width) / pitch));
  return { first, last: Math.max(last, Math.min(count, first + 1)) };
}
