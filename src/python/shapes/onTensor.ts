import type { Applied, Signature } from '../model/library';
import { FAILED, unknown } from '../model/make';
import type { TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import type { Size } from '../sizes/size';
import { normalAxis } from './indexing';
import { mismatch } from './problems';

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
export function refuse(call: Pick<Applied, 'machine' | 'at'>, problem: Parameters<typeof mismatch>[2]): never {
  mismatch(call.machine, call.at, problem);
  throw REFUSED;
}

/** As `refuse`, of what needs no explanation but the framework's own. */
export const refuseSaying = (call: Pick<Applied, 'machine' | 'at'>, code: string, framework: string): never =>
  refuse(call, { code, template: 'The framework refuses this call.', args: [], framework });

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
export function axisAmong(call: Pick<Applied, 'machine' | 'at'>, at: number, rank: number): number {
  const axis = normalAxis(at, Math.max(rank, 1));
  if (axis === undefined)
    refuse(call, {
      code: 'axis-range',
      template: 'There is no axis {0} among {1}.',
      args: [at, rank],
      framework: `Dimension out of range (expected to be in range of [${-Math.max(rank, 1)}, ${Math.max(rank, 1) - 1}], but got ${at})`,
    });
  return axis;
}

/** One axis of the bound argument `name`, as an index from the front. */
export function axisOf(call: Applied, name: string, rank: number): number | undefined {
  const at = call.bound.int(name);
  return at === undefined ? undefined : axisAmong(call, at, rank);
}
