import type { GridName } from '../gridName';
import type { Model } from '../model';
import { channelGroups, channelsOnShow } from '../state/channelGroups';
import type { Slices } from '../view';
import { planeLayout } from '../../src/core/tensor/plane';
import type { Extent } from './viewport';

/** Which plane of a tensor a grid shows, and how its cells are found in the tensor. */
export interface PlaneView {
  readonly shape: readonly number[];
  readonly rank: number;
  /** Index on every axis before the plane's. */
  readonly leading: readonly number[];
  readonly extent: Extent;
  /** Where in `leading` the channel is: along that axis red, green and blue follow one another. */
  readonly channelAxis: number;
}

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
    outputShape: model.computed?.plan.outputShape ?? [],
  };
}

/**
 * The plane that the slices choose. A kernel's second axis counts channels within a group, so the slice's channel is
 * reduced to its place in that group. Nothing while the tensor has no shape yet.
 */
export function planeOf(name: GridName, shapes: Shapes, slices: Slices): PlaneView | undefined {
  const { kind, inputShape, weightShape, outputShape } = shapes;
  const shape = { input: inputShape, weight: weightShape, output: outputShape }[name];
  const rank = weightShape.length - 2;
  if (shape.length === 0) return undefined;
  const { leading: leadingShape, rows, columns } = planeLayout(shape, rank);
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
  const leading = [...chosen, ...(rank === 3 ? [slices.depth[name]] : [])].map((index, axis) =>
    last(index, leadingShape[axis]),
  );
  return { shape, rank, leading, extent: { rows, columns }, channelAxis: name === 'weight' || batched ? 1 : 0 };
}

/** Full index in the tensor's shape of a cell of the plane. */
export function indexOf({ leading, rank }: PlaneView, row: number, column: number): readonly number[] {
  return rank === 1 ? [...leading, column] : [...leading, row, column];
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
  const inPlane = plane.leading.every(
    (each, axis) => index[axis] === each || (anyChannel && axis === plane.channelAxis && index[axis] < 3),
  );
  if (!inPlane || index.length !== plane.shape.length) return undefined;
  const column = index[index.length - 1];
  return { row: plane.rank === 1 ? 0 : index[index.length - 2], column };
}
