import { firstInputOf, weightPlane } from '../core/kernels/channels';
import { everywhere, type Part, partOf, type Range } from '../core/kernels/part';
import type { Plan } from '../core/plan';
import { elementCount } from '../core/tensor/tensor';
import { type Floats, type Hooks, type Kernels } from './kernels';

/** One part of the outputs that has to be made anew: of which batch item, of which output channels. */
interface Piece {
  readonly part: Part;
  readonly item: number;
  readonly firstChannel: number;
  /** All of its channel, made of all of its group's inputs, which the next edit may read as well. */
  readonly isWhole: boolean;
}

/** Values by flat index, as pairs of first and behind the last. */
export type Spans = Uint32Array;

export interface Patch {
  readonly pieces: readonly Piece[];
}

/**
 * What a part costs besides its products, in multiply-adds: tables; per value that is moved to or from it; and per
 * weight, which is packed for it alone, in an order that is not that of memory.
 */
const PER_PIECE = 100_000;
const PER_VALUE = 8;
const PER_WEIGHT = 40;
/** One output channel alone takes two to three times its share: its tile loads as much for fewer products. */
const PER_PRODUCT = 2.5;
/**
 * The part of the whole operation's cost up to which a patch is worth it. After an edit of inputs the whole has its
 * weights packed already, and minimal filtering may halve it.
 */
const WORTH_INPUTS = 0.25;
const WORTH_CHANNELS = 0.5;

/** Undefined where all of it is as quickly made. */
function worthwhile(plan: Plan, pieces: readonly Piece[], worth: number): Patch | undefined {
  const moved = ({ part }: Piece): number =>
    PER_VALUE * (elementCount(part.plan.inputShape) + elementCount(part.plan.outputShape)) +
    PER_WEIGHT * elementCount(part.plan.weightShape);
  const cost = pieces.reduce(
    (all, piece) => all + PER_PIECE + PER_PRODUCT * piece.part.plan.multiplyAdds + moved(piece),
    0,
  );
  const whole = plan.multiplyAdds + PER_VALUE * (elementCount(plan.inputShape) + elementCount(plan.outputShape));
  return pieces.length > 0 && cost < worth * whole ? { pieces } : undefined;
}

/** Where the written inputs of one batch item and group lie, and which group that is. */
interface Written {
  readonly item: number;
  readonly group: number;
  readonly ranges: { from: number; until: number }[];
}

/** The outputs that these inputs reach. */
export function patchOfInputs(plan: Plan, cells: readonly number[]): Patch | undefined {
  const boxes = new Map<number, Written>();
  for (const cell of cells) {
    const plane = Math.floor(cell / plan.inputArea);
    const [item, channel] = [Math.floor(plane / plan.inputChannels), plane % plan.inputChannels];
    const group = Math.floor(channel / plan.inputPerGroup);
    let rest = cell % plan.inputArea;
    const place = plan.axes
      .toReversed()
      .map(({ input }) => {
        const at = rest % input;
        rest = Math.floor(rest / input);
        return at;
      })
      .reverse();
    const box = boxes.get(item * plan.groups + group);
    if (!box)
      boxes.set(item * plan.groups + group, {
        item,
        group,
        ranges: place.map((at) => ({ from: at, until: at + 1 })),
      });
    else
      box.ranges.forEach((range, axis) => {
        range.from = Math.min(range.from, place[axis]);
        range.until = Math.max(range.until, place[axis] + 1);
      });
  }
  const pieces: Piece[] = [];
  for (const { item, group, ranges } of boxes.values()) {
    const part = partOf(plan, ranges);
    if (!part) return undefined;
    pieces.push({ part, item, firstChannel: group * plan.outputPerGroup, isWhole: false });
  }
  return worthwhile(plan, pieces, WORTH_INPUTS);
}

/** The output channels to which these weights belong. */
export function patchOfWeights(plan: Plan, cells: readonly number[]): Patch | undefined {
  const { kind, kernelArea, outputPerGroup, inputPerGroup } = plan;
  const channels = new Set(
    cells.map((cell) => {
      const plane = Math.floor(cell / kernelArea);
      if (kind === 'conv') return Math.floor(plane / inputPerGroup);
      const group = Math.floor(plane / outputPerGroup / inputPerGroup);
      return group * outputPerGroup + (plane % outputPerGroup);
    }),
  );
  return patchOfChannels(plan, [...channels]);
}

const channelParts = new WeakMap<Plan, { readonly part: Part | undefined }>();

/** One output channel, all of it. Remembered: to work it out, and its routes, takes longer than some channels. */
function channelOf(plan: Plan): Part | undefined {
  let known = channelParts.get(plan);
  if (!known) {
    const part = partOf(plan, everywhere(plan), 1);
    known = { part: part?.plan.outputArea === plan.outputArea ? part : undefined };
    channelParts.set(plan, known);
  }
  return known.part;
}

/** These output channels, all of each. */
export function patchOfChannels(plan: Plan, channels: readonly number[]): Patch | undefined {
  // Where there are few channels in all, or many are to be made, one operation for each is no gain.
  if (channels.length * PER_PRODUCT > plan.outputChannels) return undefined;
  const part = channelOf(plan);
  if (!part) return undefined;
  const items = Array.from({ length: plan.batch }, (_, item) => item);
  return worthwhile(
    plan,
    items.flatMap((item) => channels.map((firstChannel) => ({ part, item, firstChannel, isWhole: true }))),
    WORTH_CHANNELS,
  );
}

interface Flat {
  readonly input: Floats;
  readonly weight: Floats;
  readonly bias: Floats | undefined;
  /** Holds what is not made anew. */
  readonly output: Floats;
}

/** Makes a patch's outputs in place, and says where they are. */
export function applyPatch(plan: Plan, { pieces }: Patch, tensors: Flat, kernels: Kernels, hooks: Hooks): Spans {
  const { input, weight, bias, output } = tensors;
  const spans: number[] = [];
  const dtype = input instanceof Float32Array ? 'float32' : 'float64';
  for (const { part, item, firstChannel, isWhole } of pieces) {
    const channels = part.plan.outputChannels;
    const firstInput = item * plan.inputChannels + firstInputOf(plan, firstChannel);
    const inputs = planesOf(
      plan.axes.map((axis) => axis.input),
      part.inputs,
      firstInput,
      plan.inputPerGroup,
    );
    const outputs = planesOf(
      plan.axes.map((axis) => axis.output),
      part.outputs,
      item * plan.outputChannels + firstChannel,
      channels,
    );
    const operands = {
      input: collect(input, inputs),
      weight: weightsOf(plan, weight, firstChannel, channels),
      bias: bias?.subarray(firstChannel, firstChannel + channels),
    };
    // The weights of a part are not worth keeping packed. A box of inputs is another one with the next edit.
    const inputKey = isWhole && hooks.inputKey ? { ...hooks.inputKey, plane: firstInput } : undefined;
    const own = { ...hooks, weightKey: undefined, inputKey };
    if (outputs.length === 2)
      kernels.run(part.plan, { ...operands, output: output.subarray(outputs[0], outputs[1]) }, own);
    else {
      const made = kernels.allocate(dtype, elementCount(part.plan.outputShape));
      try {
        kernels.run(part.plan, { ...operands, output: made }, own);
        let at = 0;
        for (let each = 0; each < outputs.length; each += 2) {
          move(made, at, output, outputs[each], outputs[each + 1] - outputs[each]);
          at += outputs[each + 1] - outputs[each];
        }
      } finally {
        kernels.release(made);
      }
    }
    for (const edge of outputs) spans.push(edge);
  }
  return Uint32Array.from(spans);
}

/** The spans of a box in some planes that follow one another; those that touch are one. */
function planesOf(sizes: readonly number[], box: readonly Range[], firstPlane: number, planes: number): number[] {
  const area = sizes.reduce((all, size) => all * size, 1);
  // Thousands of rows that are one span in the end.
  if (box.every(({ from, until }, axis) => from === 0 && until === sizes[axis]))
    return [firstPlane * area, (firstPlane + planes) * area];
  let starts = Array.from({ length: planes }, (_, plane) => (firstPlane + plane) * area);
  let stride = area;
  box.slice(0, -1).forEach(({ from, until }, axis) => {
    stride /= sizes[axis];
    const step = stride;
    starts = starts.flatMap((start) => Array.from({ length: until - from }, (_, each) => start + (from + each) * step));
  });
  const { from, until } = box[box.length - 1];
  const spans: number[] = [];
  for (const start of starts) {
    if (spans[spans.length - 1] === start + from) spans[spans.length - 1] = start + until;
    else spans.push(start + from, start + until);
  }
  return spans;
}

/** Fewer values than this are moved one by one. */
const SHORT = 32;

export function move(source: Floats, at: number, target: Floats, to: number, count: number): void {
  if (count >= SHORT) target.set(source.subarray(at, at + count), to);
  else for (let each = 0; each < count; each++) target[to + each] = source[at + each];
}

/** The values of the spans, one after another; the values themselves where they lie so. */
function collect(values: Floats, spans: readonly number[]): Floats {
  if (spans.length === 2) return values.subarray(spans[0], spans[1]);
  let count = 0;
  for (let each = 0; each < spans.length; each += 2) count += spans[each + 1] - spans[each];
  const all = values instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  let at = 0;
  for (let each = 0; each < spans.length; each += 2) {
    move(values, spans[each], all, at, spans[each + 1] - spans[each]);
    at += spans[each + 1] - spans[each];
  }
  return all;
}

/** The weights of some output channels of one group, laid out as the weights of a part. */
function weightsOf(plan: Plan, weight: Floats, firstChannel: number, channels: number): Floats {
  const { kernelArea, inputPerGroup } = plan;
  const first = firstInputOf(plan, firstChannel);
  if (plan.kind === 'conv') {
    const from = weightPlane(plan, first, firstChannel) * kernelArea;
    return weight.subarray(from, from + channels * inputPerGroup * kernelArea);
  }
  const length = channels * kernelArea;
  const all =
    weight instanceof Float32Array
      ? new Float32Array(inputPerGroup * length)
      : new Float64Array(inputPerGroup * length);
  for (let each = 0; each < inputPerGroup; each++)
    move(weight, weightPlane(plan, first + each, firstChannel) * kernelArea, all, each * length, length);
  return all;
}
