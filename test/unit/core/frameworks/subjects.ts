import { type Subject, subjectOf } from '../../../../src/core/derive/subject';
import { windowOf } from '../../../../src/core/derive/window';
import { type ElementOf, flatIndex } from '../../../../src/core/explain/readout';
import { gather } from '../../../../src/core/kernels/gather';
import type { Operation, Tensor } from '../../../../src/core/operation';
import type { Plan } from '../../../../src/core/plan';
import { planOf, wholeNumbers } from '../arbitraries';

/** A window of a layer on its first channels, with the layer's values. */
export function windowedOn(
  plan: Plan,
  { input, weight, bias }: { readonly input: Tensor; readonly weight: Tensor; readonly bias?: Tensor },
  most?: number,
): Subject | undefined {
  const window = windowOf(plan, { batch: 0, from: 0, to: 0 }, undefined, most);
  if (!window) return undefined;
  const output = gather(plan, input, weight, bias);
  const at: ElementOf = (tensor, index) => {
    const of = { input, weight, bias, output }[tensor];
    if (!of) throw new Error(`No ${tensor}.`);
    return of.data[flatIndex(of.shape, index)];
  };
  return subjectOf(plan, window, 'float64', at, bias !== undefined);
}

/** A layer of one channel of these sizes, and its window. */
export function subjectFor(
  op: Operation,
  input: readonly number[],
  kernel: readonly number[],
  most?: number,
): { plan: Plan; subject: Subject } {
  const plan = planOf(op, [1, 1, ...input], [1, 1, ...kernel]);
  const subject = windowedOn(
    plan,
    { input: wholeNumbers([1, 1, ...input], 3), weight: wholeNumbers([1, 1, ...kernel], 4) },
    most,
  );
  if (!subject) throw new Error('No window.');
  return { plan, subject };
}
