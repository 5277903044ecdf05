import { reachedOutputs } from '../core/explain/reached';
import { gatherAt } from '../core/kernels/gather';
import type { Plan } from '../core/plan';
import { elementCount } from '../core/tensor/tensor';
import type { EvaluateRequest, SharedTensor } from '../protocol/engine';
import { type Floats, type Hooks, type Kernels } from './kernels';
import { copyValues } from './kernels/copy';
import { cellsSince, nameOf, withWriting } from './lately';
import { view } from './sight';

type Tensors = EvaluateRequest['tensors'];

/** Some outputs by their places, and what they are now. */
interface Patch {
  readonly cells: Uint32Array;
  readonly values: Float64Array;
}

/** One of the two buffers into which outputs are written in turn. */
interface Slot {
  values: Floats | undefined;
  /** What makes it the last good output; undefined where only writing all of it does. */
  missing: readonly Patch[] | undefined;
}

/** The last good output, and all that it was made of. */
interface Good {
  readonly plan: Plan;
  readonly weight: string;
  readonly bias: string | undefined;
  readonly input: string;
  readonly output: SharedTensor;
}

/** With more multiply-adds than this, some 2 ms of plain code, all outputs are computed by the kernels. */
const MOST_MULTIPLY_ADDS = 300_000;

/** Counts for all sessions: they share the thread, which tells one output from another by its version alone. */
let lastVersion = 0;

/**
 * Where the evaluations of a session put their outputs: two buffers in turn, where the kernels work, so that nothing is
 * copied, and so that the last good output stays as it is while the next is made. After some inputs have been written
 * only the outputs that they reach are computed, by the definition.
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
    const output = this.patched(plan, tensors) ?? this.computed(plan, tensors, hooks);
    const { input, weight, bias } = tensors;
    this.good = { plan, input: nameOf(input), weight: nameOf(weight), bias: bias && nameOf(bias), output };
    this.current = 1 - this.current;
    return output;
  }

  release(): void {
    for (const { values } of this.slots) if (values) this.kernels.release(values);
  }

  private computed(plan: Plan, { input, weight, bias }: Tensors, hooks: Hooks): SharedTensor {
    const slot = this.slots[1 - this.current];
    const count = elementCount(plan.outputShape);
    if (slot.values?.length !== count || slot.values instanceof Float32Array !== (input.dtype === 'float32')) {
      if (slot.values) this.kernels.release(slot.values);
      slot.values = undefined;
      slot.values = this.kernels.allocate(input.dtype, count);
    }
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

  /** The last output with what the last writings into the input have changed; undefined where that is not so simple. */
  private patched(plan: Plan, { input, weight, bias }: Tensors): SharedTensor | undefined {
    const { good } = this;
    const last = this.slots[this.current];
    const slot = this.slots[1 - this.current];
    if (good?.plan !== plan || good.output.dtype !== input.dtype || !last.values) return undefined;
    if (good.weight !== nameOf(weight) || good.bias !== (bias && nameOf(bias))) return undefined;
    const inputs = cellsSince(input, good.input);
    const cells = inputs && reachedOutputs(plan, inputs, MOST_MULTIPLY_ADDS);
    if (!cells) return undefined;
    const values = gatherAt(plan, view(input), view(weight), bias && view(bias), cells);
    const patch = { cells, values };
    if (slot.values?.constructor !== last.values.constructor || slot.values.length !== last.values.length) {
      if (slot.values) this.kernels.release(slot.values);
      slot.values = undefined;
      slot.values = this.kernels.allocate(input.dtype, last.values.length);
      slot.missing = undefined;
    }
    if (slot.missing) for (const each of slot.missing) write(slot.values, each);
    else copyValues(last.values, slot.values);
    write(slot.values, patch);
    slot.missing = [];
    last.missing = [patch];
    const lately = withWriting(good.output.lately ?? [], { before: nameOf(good.output), cells });
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

function write(into: Floats, { cells, values }: Patch): void {
  for (let each = 0; each < cells.length; each++) into[cells[each]] = values[each];
}
