import type { Cell } from '../explain/contributions';
import type { ElementOf } from '../explain/readout';
import { gather } from '../kernels/gather';
import { forEachPosition } from '../kernels/positions';
import type { Dtype, Tensor } from '../operation';
import type { Plan } from '../plan';
import { elementCount, tensorOf } from '../tensor/tensor';
import type { Window } from './window';

/**
 * What a derivation works on: a window of the document with its values. One plane of the input under one plane of the
 * kernel; what other channels and the bias add to the same outputs is in `rest`.
 */
export interface Subject extends Window {
  /** `(1, 1, spatial…)`, as the window's plan has it. */
  readonly input: Tensor;
  /** `(1, 1, k…)`. */
  readonly weight: Tensor;
  /** What this plane of the input makes, by the definition: `(1, 1, spatial…)`. */
  readonly part: Tensor;
  /** The document's own output, of the same shape. */
  readonly output: Tensor;
  /** Input channels that add to the same output. */
  readonly channelsAdded: number;
  /** The bias of this output channel, if the layer has one. */
  readonly bias: number | undefined;
  /**
   * Outputs of which every stamp is in the window. At the edges of a window of a transposed convolution stamps from
   * outside are missing.
   */
  readonly complete: readonly boolean[];
}

/** Full index, in the whole layer's tensors, of an element of the window, given by its place in it. */
export function fullIndex(
  plan: Plan,
  { channels, inputOrigin, outputOrigin }: Window,
  tensor: Cell['tensor'],
  place: readonly number[],
): readonly number[] {
  const { batch, from, to } = channels;
  if (tensor === 'weight')
    return plan.kind === 'conv'
      ? [to, from % plan.inputPerGroup, ...place]
      : [from, to % plan.outputPerGroup, ...place];
  const origin = tensor === 'input' ? inputOrigin : outputOrigin;
  const item = plan.batched ? [batch] : [];
  return [...item, tensor === 'input' ? from : to, ...place.map((at, axis) => at + origin[axis])];
}

/** The place in the window of an element of the whole layer; nothing where it is in another plane, or outside. */
export function placeIn(plan: Plan, window: Window, { tensor, index }: Cell): readonly number[] | undefined {
  const zero = fullIndex(plan, window, tensor, new Array<number>(plan.rank).fill(0));
  const leading = zero.length - plan.rank;
  if (zero.slice(0, leading).some((at, axis) => index[axis] !== at)) return undefined;
  const place = index.slice(leading).map((at, axis) => at - zero[leading + axis]);
  const shape = { input: window.plan.inputShape, weight: window.plan.weightShape, output: window.plan.outputShape }[
    tensor
  ].slice(2);
  return place.every((at, axis) => at >= 0 && at < shape[axis]) ? place : undefined;
}

type Wanted = ReadonlyMap<'input' | 'weight' | 'bias' | 'output', readonly (readonly number[])[]>;

function placesOf(shape: readonly number[]): readonly (readonly number[])[] {
  const places: (readonly number[])[] = [];
  forEachPosition(shape, (position) => places.push([...position]));
  return places;
}

/** Every element of the whole layer that a window needs. `bias` says whether there is one. */
export function elementsOfWindow(plan: Plan, window: Window, bias: boolean): Wanted {
  const of = (tensor: Cell['tensor'], shape: readonly number[]): readonly (readonly number[])[] =>
    placesOf(shape.slice(2)).map((place) => fullIndex(plan, window, tensor, place));
  return new Map<'input' | 'weight' | 'bias' | 'output', readonly (readonly number[])[]>([
    ['input', of('input', window.plan.inputShape)],
    ['weight', of('weight', window.plan.weightShape)],
    ['bias', bias ? [[window.channels.to]] : []],
    ['output', of('output', window.plan.outputShape)],
  ]);
}

/** The window with its values, which `at` gives by their index in the whole layer. */
export function subjectOf(plan: Plan, window: Window, dtype: Dtype, at: ElementOf, bias: boolean): Subject {
  const wanted = elementsOfWindow(plan, window, bias);
  const tensor = (name: Cell['tensor'], shape: readonly number[]): Tensor =>
    tensorOf(dtype, shape, wanted.get(name)?.map((index) => at(name, index)) ?? []);
  const input = tensor('input', window.plan.inputShape);
  const weight = tensor('weight', window.plan.weightShape);
  return {
    ...window,
    input,
    weight,
    part: gather(window.plan, input, weight),
    output: tensor('output', window.plan.outputShape),
    channelsAdded: plan.inputPerGroup,
    bias: bias ? at('bias', [window.channels.to]) : undefined,
    complete: completeOf(plan, window),
  };
}

/** An output misses nothing if the whole layer has as many inputs under it as the window has. */
function completeOf(plan: Plan, window: Window): readonly boolean[] {
  const shape = window.plan.outputShape.slice(2);
  if (plan.kind === 'conv' || window.whole) return new Array<boolean>(elementCount(shape)).fill(true);
  const along = plan.axes.map(({ stride, padBegin, extent, input }, axis) => {
    const first = window.inputOrigin[axis];
    const last = first + window.plan.axes[axis].input - 1;
    return Array.from({ length: shape[axis] }, (_, at) => {
      const place = at + window.outputOrigin[axis] + padBegin;
      const least = Math.max(0, Math.ceil((place - extent + 1) / stride));
      const most = Math.min(input - 1, Math.floor(place / stride));
      return least >= first && most <= last;
    });
  });
  return placesOf(shape).map((place) => place.every((at, axis) => along[axis][at]));
}
