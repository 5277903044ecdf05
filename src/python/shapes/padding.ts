import type { Machine } from '../model/machine';
import { derived, tensor, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { add, type Size } from '../sizes/size';

/** `F.pad`: pairs of (begin, end) from the last axis backwards. Negative entries crop. */
export function padShape(machine: Machine, x: TensorValue, amounts: readonly Size[], rank?: number): Value {
  const shape = x.cell.shape ?? (rank === undefined ? undefined : machine.withRank(x, rank + 2));
  if (!shape) return tensor(undefined, 'symbolic', { stem: x.cell.stem || 't', soft: x.cell.soft });
  const padded = shape.map((size, axis) => {
    const from = 2 * (shape.length - 1 - axis);
    return from + 1 < amounts.length ? machine.simple(() => add(size, add(amounts[from], amounts[from + 1]))) : size;
  });
  return derived(x, padded);
}
