import type { Machine } from '../model/machine';
import { FAILED } from '../model/make';
import { derived, tensor } from '../model/tensor';
import type { Value } from '../model/value';
import { product } from '../sizes/size';
import { normalAxis } from './indexing';

export function flatten(machine: Machine, input: Value, from: number | undefined, to: number | undefined): Value {
  const x = machine.asTensor(input);
  if (!x) return input.kind === 'unknown' && input.failed ? FAILED : tensor(undefined, 'symbolic', { stem: 't' });
  const shape = x.cell.shape;
  const [first, last] = [from, to].map((axis) =>
    axis === undefined || !shape ? undefined : normalAxis(axis, shape.length),
  );
  if (!shape || first === undefined || last === undefined || first > last)
    return tensor(undefined, 'symbolic', { stem: 't' });
  return derived(
    x,
    [...shape.slice(0, first), machine.simple(() => product(shape.slice(first, last + 1))), ...shape.slice(last + 1)],
    first === last ? undefined : [],
  );
}
