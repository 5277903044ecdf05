import type { Tensor } from '../operation';
import { stridesOf } from '../kernels/positions';
import { elementCount as area } from '../tensor/tensor';
import {
  type InspectorDocument,
  type TensorRole,
  type TensorStore,
  channelsOf,
  checkSize,
  isGroupCount,
  spatialRank,
  weightShape,
} from './document';

type Copy = (source: Tensor['data'], from: number, target: Tensor['data'], to: number) => void;

/** A row of so many elements is copied sooner in one go than one by one. */
const LONG = 64;

/**
 * Copies what blocks of two sizes have in common, both read from their first corner. The strides are worked out once
 * for many blocks.
 */
function overlapCopy(sourceSizes: readonly number[], targetSizes: readonly number[]): Copy {
  const sourceStrides = stridesOf(sourceSizes);
  const targetStrides = stridesOf(targetSizes);
  const common = sourceSizes.map((size, axis) => Math.min(size, targetSizes[axis]));
  const last = common.length - 1;
  return (source, begin, target, targetBegin) => {
    // Of some documents only the shapes are known.
    if (target.length === 0) return;
    const copy = (axis: number, from: number, to: number): void => {
      if (axis === last && common[axis] >= LONG) target.set(source.subarray(from, from + common[axis]), to);
      else if (axis === last) for (let at = 0; at < common[axis]; at++) target[to + at] = source[from + at];
      else
        for (let at = 0; at < common[axis]; at++)
          copy(axis + 1, from + at * sourceStrides[axis], to + at * targetStrides[axis]);
    };
    copy(0, begin, targetBegin);
  };
}

function reuse(tensor: Tensor, shape: readonly number[]): boolean {
  return tensor.shape.length === shape.length && shape.every((size, axis) => size === tensor.shape[axis]);
}

/**
 * An input of another shape: old values stay, new cells are 0, new channels and batches repeat the old ones in turn.
 */
function resizeInput(store: TensorStore, input: Tensor, shape: readonly number[], rank: number): Tensor {
  if (reuse(input, shape)) return input;
  checkSize(store, input.dtype, shape, 'input');
  const resized = store.allocate(input.dtype, shape);
  const oldSizes = input.shape.slice(-rank);
  const sizes = shape.slice(-rank);
  const oldChannels = input.shape[input.shape.length - rank - 1];
  const oldBatch = input.shape.length === rank + 2 ? input.shape[0] : 1;
  const channels = shape[shape.length - rank - 1];
  const batch = shape.length === rank + 2 ? shape[0] : 1;
  const copy = overlapCopy(oldSizes, sizes);
  for (let n = 0; n < batch; n++) {
    for (let c = 0; c < channels; c++) {
      const from = ((n % oldBatch) * oldChannels + (c % oldChannels)) * area(oldSizes);
      copy(input.data, from, resized.data, (n * channels + c) * area(sizes));
    }
  }
  return resized;
}

/** How the first two axes of a weight are to be read: which plane belongs to which pair of channels. */
interface Layout {
  readonly kind: InspectorDocument['op']['kind'];
  readonly groups: number;
  readonly input: number;
  readonly output: number;
}

/**
 * The layout that the weight has, told from its shape: the stated groups may be illegal, and then it was not relaid.
 */
function layoutOf(document: InspectorDocument): Layout {
  const { weight, op } = document;
  const { kind } = op;
  const [first, perGroup] = weight.shape;
  const channels = channelsOf(document);
  const divided = kind === 'conv' ? channels.input : channels.output;
  const groups = divided % perGroup === 0 && first % (divided / perGroup) === 0 ? divided / perGroup : 1;
  return kind === 'conv'
    ? { kind, groups, input: perGroup * groups, output: first }
    : { kind, groups, input: first, output: perGroup * groups };
}

/** The plane for a pair of channels; a pair that the groups keep apart has none, and borrows the next in its group. */
function planeOf(layout: Layout, input: number, output: number): number {
  const inputs = layout.input / layout.groups;
  const outputs = layout.output / layout.groups;
  const i = input % layout.input;
  const o = output % layout.output;
  return layout.kind === 'conv' ? o * inputs + (i % inputs) : i * outputs + (o % outputs);
}

function relayWeight(
  store: TensorStore,
  weight: Tensor,
  old: Layout,
  wanted: Layout,
  kernel: readonly number[],
): Tensor {
  const shape = weightShape(wanted.kind, wanted, wanted.groups, kernel);
  const same = old.kind === wanted.kind && old.groups === wanted.groups && reuse(weight, shape);
  if (same) return weight;
  checkSize(store, weight.dtype, shape, 'weight');
  const relaid = store.allocate(weight.dtype, shape);
  const oldKernel = weight.shape.slice(2);
  const oldArea = area(oldKernel);
  const newArea = area(kernel);
  const copy = overlapCopy(oldKernel, kernel);
  const inputs = wanted.input / wanted.groups;
  const outputs = wanted.output / wanted.groups;
  for (let group = 0; group < wanted.groups; group++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        const input = group * inputs + i;
        const output = group * outputs + o;
        copy(weight.data, planeOf(old, input, output) * oldArea, relaid.data, planeOf(wanted, input, output) * newArea);
      }
    }
  }
  return relaid;
}

function resizeBias(store: TensorStore, bias: Tensor, channels: number): Tensor {
  if (reuse(bias, [channels])) return bias;
  checkSize(store, bias.dtype, [channels], 'bias');
  const resized = store.allocate(bias.dtype, [channels]);
  overlapCopy(bias.shape, [channels])(bias.data, 0, resized.data, 0);
  return resized;
}

/** What can be asked of the sizes of a document; what is missing stays as it is. */
export interface Sizes {
  readonly kind?: InspectorDocument['op']['kind'];
  readonly groups?: number;
  readonly kernel?: readonly number[];
  readonly batch?: number;
  readonly inputChannels?: number;
  readonly outputChannels?: number;
  readonly spatial?: readonly number[];
}

/**
 * The document with these sizes: input, weight and bias resized together, keeping the values that they have in common,
 * so that every pair of channels keeps its kernel whatever the layout. Groups that do not divide the channels are
 * noted in `op` and leave the weight as it is. Throws a ProblemError when a tensor would be larger than the limit.
 */
export function resizeDocument(store: TensorStore, document: InspectorDocument, sizes: Sizes): InspectorDocument {
  const { input, weight, bias } = document;
  const rank = spatialRank(document);
  const now = channelsOf(document);
  const channels = { input: sizes.inputChannels ?? now.input, output: sizes.outputChannels ?? now.output };
  const groups = sizes.groups ?? document.op.groups ?? 1;
  const kind = sizes.kind ?? document.op.kind;
  const kernel = sizes.kernel ?? weight.shape.slice(2);
  const legal = isGroupCount(groups, channels.input, channels.output);
  const old = layoutOf(document);
  const batch = sizes.batch ?? (input.shape.length === rank + 2 ? input.shape[0] : undefined);
  const inputShape = [
    ...(batch === undefined ? [] : [batch]),
    channels.input,
    ...(sizes.spatial ?? input.shape.slice(-rank)),
  ];
  // While the groups are illegal the weight keeps the groups that it has, if the channels still allow them.
  const held = isGroupCount(old.groups, channels.input, channels.output) ? old.groups : 1;
  const wanted: Layout = { kind, groups: legal ? groups : held, ...channels };
  return {
    ...document,
    op: { ...document.op, kind, groups: groups === 1 && document.op.groups === undefined ? undefined : groups },
    input: resizeInput(store, input, inputShape, rank),
    weight: relayWeight(store, weight, old, wanted, kernel),
    bias: bias && resizeBias(store, bias, channels.output),
    outputChannels: legal ? undefined : channels.output,
  };
}

/** The sizes that make the other tensors fit one that has just been put in `role`. */
export function sizesAround(document: InspectorDocument, role: TensorRole, value: Tensor): Sizes {
  const rank = spatialRank(document);
  const groups = document.op.groups ?? 1;
  const whole = Number.isSafeInteger(groups) && groups >= 1 ? groups : 1;
  const [first, second] = value.shape;
  switch (role) {
    case 'input':
      return { inputChannels: value.shape[value.shape.length - rank - 1] };
    case 'weight':
      return document.op.kind === 'conv'
        ? { inputChannels: second * whole, outputChannels: first }
        : { inputChannels: first, outputChannels: second * whole };
    case 'bias':
      return { outputChannels: first };
    default:
      return role satisfies never;
  }
}
