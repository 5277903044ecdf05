import { reachedOutputs } from '../core/explain/reached';
import { gatherAt } from '../core/kernels/gather';
import type { Dtype } from '../core/operation';
import type { Plan } from '../core/plan';
import { elementCount } from '../core/tensor/tensor';
import type { EvaluateRequest, SharedTensor } from '../protocol/engine';
import { type Floats, type Hooks, type Kernels } from './kernels';
import { copyValues } from './kernels/copy';
import { cellsSince, MOST_CELLS, nameOf, withWriting } from './lately';
import { applyPatch, move, type Patch, patchOfChannels, patchOfInputs, patchOfWeights, type Spans } from './patch';
import { view } from './sight';

type Tensors = EvaluateRequest['tensors'];

/** One of the two buffers into which outputs are written in turn. */
interface Slot {
  values: Floats | undefined;
  /** What makes it the last good output, taken from there; undefined where that takes all of it. */
  missing: readonly Spans[] | undefined;
}

/** The last good output, and all that it was made of. */
interface Good {
  readonly plan: Plan;
  readonly weight: string;
  readonly bias: string | undefined;
  readonly input: string;
  readonly output: SharedTensor;
}

/** Up to so many multiply-adds, some 0.1 ms of plain code, are done by the definition. */
const FEW_MULTIPLY_ADDS = 20_000;

/** Counts for all sessions: they share the thread, which tells one output from another by its version alone. */
let lastVersion = 0;

/**
 * Where the evaluations of a session put their outputs: two buffers in turn, where the kernels work, so that nothing is
 * copied, and so that the last good output stays as it is while the next is made. After some elements of one tensor
 * have been written only the outputs that they reach are computed: few by the definition, more by the kernels, as an
 * operation on a part of the input or on some output channels.
 */
export class Outputs {
  private readonly slots: readonly [Slot, Slot] = [
    { values: undefined, missing: undefined },
    { values: undefined, missing: undefined },
  ];
  private current = 0;
  private good: Good | undefined;

  constructor(private readonly kernels: Kernels) {}

  evaluate(plan: Plan, tensors: Tensors, hooks: Hooks): SharedTensor {
    const output = this.patched(plan, tensors, hooks) ?? this.computed(plan, tensors, hooks);
    const { input, weight, bias } = tensors;
    this.good = { plan, input: nameOf(input), weight: nameOf(weight), bias: bias && nameOf(bias), output };
    this.current = 1 - this.current;
    return output;
  }

  release(): void {
    for (const { values } of this.slots) if (values) this.kernels.release(values);
  }

  private computed(plan: Plan, { input, weight, bias }: Tensors, hooks: Hooks): SharedTensor {
    const slot = this.roomFor(plan, input.dtype);
    // Until it is whole, nobody knows what is in it.
    slot.missing = undefined;
    this.kernels.run(
      plan,
      { input: view(input).data, weight: view(weight).data, bias: bias && view(bias).data, output: slot.values },
      hooks,
    );
    slot.missing = [];
    this.slots[this.current].missing = undefined;
    return this.shared(slot.values, plan, input, []);
  }

  /** The other buffer, large enough for the output of this plan. */
  private roomFor(plan: Plan, dtype: Dtype): Slot & { values: Floats } {
    const slot = this.slots[1 - this.current];
    const count = elementCount(plan.outputShape);
    const { values } = slot;
    // What stands in memory that was replaced meanwhile would be copied there each time.
    const isFit =
      values?.length === count && values instanceof Float32Array === (dtype === 'float32') && this.kernels.owns(values);
    if (!isFit) {
      if (values) this.kernels.release(values);
      slot.values = undefined;
      slot.missing = undefined;
      slot.values = this.kernels.allocate(dtype, count);
    }
    return slot as Slot & { values: Floats };
  }

  /** The last output with what the last writings have changed; undefined where that is not so simple. */
  private patched(plan: Plan, tensors: Tensors, hooks: Hooks): SharedTensor | undefined {
    const { good } = this;
    const last = this.slots[this.current];
    if (good?.plan !== plan || good.output.dtype !== tensors.input.dtype || !last.values) return undefined;
    const change = changeSince(plan, good, tensors);
    if (!change) return undefined;
    const slot = this.roomFor(plan, tensors.input.dtype);
    if (slot.missing) for (const each of slot.missing) bring(last.values, slot.values, each);
    else copyValues(last.values, slot.values);
    slot.missing = undefined;
    const { input, weight, bias } = tensors;
    const values = { input: view(input), weight: view(weight), bias: bias && view(bias) };
    let spans: Spans;
    if ('cells' in change) {
      const made = gatherAt(plan, values.input, values.weight, values.bias, change.cells);
      change.cells.forEach((cell, each) => (slot.values[cell] = made[each]));
      spans = Uint32Array.from({ length: 2 * change.cells.length }, (_, at) => change.cells[at >> 1] + (at & 1));
    } else {
      const flat = {
        input: values.input.data,
        weight: values.weight.data,
        bias: values.bias?.data,
        output: slot.values,
      };
      spans = applyPatch(plan, change, flat, this.kernels, hooks);
    }
    slot.missing = [];
    last.missing = [spans];
    const cells = cellsOf(spans);
    const lately = cells ? withWriting(good.output.lately ?? [], { before: nameOf(good.output), cells }) : [];
    return this.shared(slot.values, plan, input, lately);
  }

  private shared(
    { buffer, byteOffset }: Floats,
    plan: Plan,
    { dtype }: SharedTensor,
    lately: NonNullable<SharedTensor['lately']>,
  ): SharedTensor {
    const id = 1 - this.current;
    return { id, version: ++lastVersion, dtype, shape: plan.outputShape, buffer, byteOffset, lately };
  }
}

/** The outputs that are different since; undefined where all of them are to be made. */
function changeSince(
  plan: Plan,
  good: Good,
  { input, weight, bias }: Tensors,
): { cells: Uint32Array } | Patch | undefined {
  const isSame = {
    input: good.input === nameOf(input),
    weight: good.weight === nameOf(weight),
    bias: good.bias === (bias && nameOf(bias)),
  };
  if (isSame.weight && isSame.bias) {
    const cells = cellsSince(input, good.input);
    if (!cells) return undefined;
    const reached = reachedOutputs(plan, cells, FEW_MULTIPLY_ADDS);
    return reached ? { cells: reached } : patchOfInputs(plan, cells);
  }
  if (isSame.input && isSame.bias) {
    const cells = cellsSince(weight, good.weight);
    return cells && patchOfWeights(plan, cells);
  }
  if (isSame.input && isSame.weight && bias && good.bias !== undefined) {
    const cells = cellsSince(bias, good.bias);
    return cells && patchOfChannels(plan, [...new Set(cells)]);
  }
  return undefined;
}

function bring(from: Floats, to: Floats, spans: Spans): void {
  for (let each = 0; each < spans.length; each += 2)
    move(from, spans[each], to, spans[each], spans[each + 1] - spans[each]);
}

/** Each of them; undefined where they are too many to be noted one by one. */
function cellsOf(spans: Spans): Uint32Array | undefined {
  let count = 0;
  for (let each = 0; each < spans.length; each += 2) count += spans[each + 1] - spans[each];
  if (count > MOST_CELLS) return undefined;
  const cells = new Uint32Array(count);
  let at = 0;
  for (let each = 0; each < spans.length; each += 2)
    for (let cell = spans[each]; cell < spans[each + 1]; cell++) cells[at++] = cell;
  return cells;
}
