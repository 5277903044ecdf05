import type { GridName } from '../gridName';
import type { Model } from '../model';
import { channelGroups, channelsOnShow } from '../state/channelGroups';
import type { Slices } from '../view';
import { type Cut, CUT_AXES, planeLayout } from '../../src/core/tensor/plane';
import type { Extent } from './viewport';

/** Which plane of a tensor a grid shows, and how its cells are found in the tensor. */
export interface PlaneView {
  readonly shape: readonly number[];
  readonly rank: number;
  /** Index on every axis before the plane's; of a 3-D tensor the last is that on the axis that is left out. */
  readonly leading: readonly number[];
  /** The spatial axis of a 3-D tensor that is left out. */
  readonly cut: Cut;
  readonly extent: Extent;
  /** Where in `leading` the channel is: along that axis red, green and blue follow one another. */
  readonly channelAxis: number;
}

/** Which slice of the view a cut stands at. */
export const CUT_SLICES = { 0: 'depth', 1: 'height', 2: 'width' } as const;

interface Shapes {
  readonly kind: 'conv' | 'convTranspose';
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
  readonly outputShape: readonly number[];
}

const last = (index: number, size: number): number => Math.min(Math.max(0, Math.trunc(index)), Math.max(0, size - 1));

/** The shapes of the values that are on show. The output's may belong to an older document than the others. */
export function shownShapes(model: Model): Shapes {
  const head = model.received?.head ?? model.edited.head;
  return {
    kind: head.operation.kind,
    inputShape: head.inputShape,
    weightShape: head.weightShape,
    // Before the first values have come, there is room for what will come.
    outputShape: model.computed?.plan.outputShape ?? (model.received ? [] : (model.edited.plan?.outputShape ?? [])),
  };
}

/**
 * The plane that the slices choose. A kernel's second axis counts channels within a group, so the slice's channel is
 * reduced to its place in that group. Nothing while the tensor has no shape yet.
 */
export function planeOf(name: GridName, shapes: Shapes, slices: Slices, cut: Cut = 0): PlaneView | undefined {
  const { kind, inputShape, weightShape, outputShape } = shapes;
  const shape = { input: inputShape, weight: weightShape, output: outputShape }[name];
  const rank = weightShape.length - 2;
  if (shape.length === 0) return undefined;
  const batched = inputShape.length === rank + 2;
  const channels = {
    input: inputShape[inputShape.length - rank - 1],
    output: outputShape[outputShape.length - rank - 1] ?? weightShape[kind === 'conv' ? 0 : 1],
  };
  const groups = channelGroups(kind, weightShape, channels);
  const { inputChannel, outputChannel } = channelsOnShow(slices, groups, channels);
  const chosen =
    name === 'weight'
      ? kind === 'conv'
        ? [outputChannel, inputChannel % groups.inputs]
        : [inputChannel, outputChannel % groups.outputs]
      : [...(batched ? [slices.batch] : []), name === 'input' ? inputChannel : outputChannel];
  const channelAxis = name === 'weight' || batched ? 1 : 0;
  const within = chosen.map((index, axis) => last(index, shape[axis]));
  if (rank !== 3) {
    const { rows, columns } = planeLayout(shape, rank);
    return { shape, rank, cut: 0, leading: within, extent: { rows, columns }, channelAxis };
  }
  const sizes = shape.slice(-3);
  const [rows, columns] = CUT_AXES[cut].map((axis) => sizes[axis]);
  const leading = [...within, last(slices[CUT_SLICES[cut]][name], sizes[cut])];
  return { shape, rank, cut, leading, extent: { rows, columns }, channelAxis };
}

/** Which spatial axes are the rows and the columns of a plane; a signal has no rows. */
export function planeAxes({ rank, cut }: PlaneView): readonly [down: number | undefined, across: number] {
  if (rank === 1) return [undefined, 0];
  return rank === 2 ? [0, 1] : [CUT_AXES[cut][0], CUT_AXES[cut][1]];
}

/** Full index in the tensor's shape of a cell of the plane. */
export function indexOf({ leading, rank, cut }: PlaneView, row: number, column: number): readonly number[] {
  if (rank === 1) return [...leading, column];
  if (rank === 2 || cut === 0) return [...leading, row, column];
  const fixed = leading[leading.length - 1];
  return [...leading.slice(0, -1), ...(cut === 1 ? [row, fixed, column] : [column, row, fixed])];
}

/** Flat index, in C order, of a cell of the plane; `channel` replaces the plane's own channel. */
export function flatIndex(plane: PlaneView, row: number, column: number, channel?: number): number {
  const index = [...indexOf(plane, row, column)];
  if (channel !== undefined) index[plane.channelAxis] = channel;
  return index.reduce((flat, each, axis) => flat * plane.shape[axis] + each, 0);
}

/**
 * Row and column of an element if it lies in the plane shown; `anyChannel` for planes that show three channels at once.
 */
export function placeOf(
  plane: PlaneView,
  index: readonly number[],
  anyChannel = false,
): { readonly row: number; readonly column: number } | undefined {
  const { leading, rank, cut, shape, channelAxis } = plane;
  if (index.length !== shape.length) return undefined;
  const channels = index.length - rank;
  const inChannels = index
    .slice(0, channels)
    .every((at, axis) => leading[axis] === at || (anyChannel && axis === channelAxis && at < 3));
  if (!inChannels) return undefined;
  const spatial = index.slice(channels);
  if (rank === 1) return { row: 0, column: spatial[0] };
  if (rank === 2) return { row: spatial[0], column: spatial[1] };
  const [row, column] = CUT_AXES[cut].map((axis) => spatial[axis]);
  return spatial[cut] === leading[leading.length - 1] ? { row, column } : undefined;
}
