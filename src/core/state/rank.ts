import { paddingOf } from '../axis';
import type { Operation, Tensor } from '../operation';
import { type InspectorDocument, type TensorStore, checkSize, spatialRank } from './document';

/** Where each axis of the new rank comes from: an axis of the old one, or none. */
type Sources = readonly (number | undefined)[];

/** The innermost axes stay; further ones are added or dropped outside of them, as width, height, depth are counted. */
const sourcesOf = (from: number, to: number): Sources =>
  Array.from({ length: to }, (_, axis) => {
    const source = axis - (to - from);
    return source < 0 ? undefined : source;
  });

/**
 * A tensor with another number of spatial axes: of a dropped axis its middle slice stays, along a new one what there is
 * is repeated.
 */
function withRank(
  store: TensorStore,
  tensor: Tensor,
  from: number,
  sizes: readonly number[],
  role: 'input' | 'weight',
): Tensor {
  const leading = tensor.shape.slice(0, -from);
  const spatial = tensor.shape.slice(-from);
  const shape = [...leading, ...sizes];
  checkSize(store, tensor.dtype, shape, role);
  const made = store.allocate(tensor.dtype, shape);
  const kept = spatial.slice(-sizes.length);
  const area = kept.reduce((all, size) => all * size, 1);
  const before = spatial.reduce((all, size) => all * size, 1);
  // The middle of what is dropped, as an offset into one channel.
  const dropped = spatial.slice(0, spatial.length - kept.length);
  const middle = dropped.reduce((at, size) => at * size + Math.floor(size / 2), 0) * area;
  const copies = sizes.slice(0, sizes.length - kept.length).reduce((all, size) => all * size, 1);
  const channels = leading.reduce((all, size) => all * size, 1);
  for (let channel = 0; channel < channels; channel++) {
    const plane = tensor.data.subarray(channel * before + middle, channel * before + middle + area);
    for (let copy = 0; copy < copies; copy++) made.data.set(plane, (channel * copies + copy) * area);
  }
  return made;
}

/**
 * The document with 1, 2 or 3 spatial axes. A new axis has the parameters and sizes of the outermost one that there
 * was. Throws a ProblemError when a tensor would be larger than the limit.
 */
export function changeRank(store: TensorStore, document: InspectorDocument, rank: number): InspectorDocument {
  const from = spatialRank(document);
  if (from === rank) return document;
  const { op, input, weight } = document;
  const sources = sourcesOf(from, rank);
  const along = (values: readonly number[]): number[] => sources.map((source) => values[source ?? 0]);
  const pads = sources.map((source) => paddingOf(op, source ?? 0));
  const next: Operation = {
    ...op,
    stride: along(op.stride),
    dilation: along(op.dilation),
    padding: pads.every(([begin, end]) => begin === end) ? pads.map(([begin]) => begin) : pads,
    ...(op.outputPadding ? { outputPadding: along(op.outputPadding) } : {}),
  };
  return {
    ...document,
    op: next,
    input: withRank(store, input, from, along(input.shape.slice(-from)), 'input'),
    weight: withRank(store, weight, from, along(weight.shape.slice(-from)), 'weight'),
  };
}
