import type { Applied, Bound, Signature } from '../model/library';
import { FAILED, unknown } from '../model/make';
import { sureShape, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import type { Size } from '../sizes/size';
import { type Refusal, refuse as tell } from './problems';
import { axisRefusal } from './refusals/axes';

export interface TensorOp {
  readonly signature: Signature;
  readonly apply: (call: Applied) => Value;
}

/** An operation by its names, its signature and what it does. */
export type OpRow = readonly [names: string, form: string, apply: TensorOp['apply']];

/** Leaves a rule in the middle: the problem has been told, and the result is that of a step that raised. */
class Refused extends Error {}
const REFUSED = new Refused('An operation that raises');

/** Tells a problem of the operation, and leaves its rule. */
export function refuse(call: Pick<Applied, 'machine' | 'at'>, problem: Refusal): never {
  tell(call.machine, call.at, problem);
  throw REFUSED;
}

/** A rule that may leave through `refuse`. */
export const refusing =
  <C extends Applied>(apply: (call: C) => Value): ((call: C) => Value) =>
  (call) => {
    try {
      return apply(call);
    } catch (error) {
      if (error instanceof Refused) return FAILED;
      throw error;
    }
  };

/** The first argument as a tensor; the operation is not told when it is none. */
export function onTensor(
  act: (x: TensorValue, shape: readonly Size[] | undefined, call: Applied) => Value,
): TensorOp['apply'] {
  return (call) => {
    const value = call.bound.get('input');
    if (value?.kind === 'unknown' && value.failed) return FAILED;
    const x = value && call.machine.asTensor(value);
    return x ? act(x, x.cell.shape, call) : unknown();
  };
}

/** One axis of a tensor of so many, as an index from the front; PyTorch refuses one that is not there. */
export function axisAmong(
  call: Pick<Applied, 'machine' | 'at'> & { readonly bound?: Bound },
  at: number,
  rank: number,
): number {
  const wrong = axisRefusal([at], rank);
  const x = wrong && call.bound?.tensor('input');
  // Where the number of axes was only inferred nothing is told, and nothing is known of the result.
  if (x && !sureShape(x)) throw REFUSED;
  if (wrong) refuse(call, wrong);
  return at < 0 ? at + Math.max(rank, 1) : at;
}

/** One axis of the bound argument `name`, as an index from the front. */
export function axisOf(call: Applied, name: string, rank: number): number | undefined {
  const at = call.bound.int(name);
  return at === undefined ? undefined : axisAmong(call, at, rank);
}
