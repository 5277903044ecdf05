import { iterate } from '../model/iterate';
import type { Applied } from '../model/library';
import type { Machine } from '../model/machine';
import { number } from '../model/make';
import type { TensorValue } from '../model/tensor';
import { tensor } from '../model/tensor';
import type { Value } from '../model/value';
import { multiply, type Size } from '../sizes/size';

/** A tensor made in the program with these sizes: a list, several numbers, or one list among them. */
export function tensorOfShape(machine: Machine, value: Value | undefined): Value {
  let items = value && iterate(value);
  // A single argument of which nothing is known is a size, or a list of any number of them.
  if (items?.length === 1) items = iterate(items[0]) ?? (items[0].kind === 'number' ? items : undefined);
  if (!items && value?.kind === 'number') items = [value];
  if (!items) return tensor(undefined, 'symbolic', { stem: 't' });
  return tensor(
    items.map((item) => machine.sizeOf(item)),
    machine.evidence,
  );
}

/** The shape of a literal of nested lists of numbers. */
export function shapeOfData(data: Value): readonly Size[] | undefined {
  if (data.kind === 'number') return data.perhapsArray ? undefined : [];
  if (data.kind === 'bool') return [];
  if (data.kind === 'tensor') return data.cell.shape;
  if (data.kind !== 'list' && data.kind !== 'tuple') return undefined;
  if (data.open) return undefined;
  const inner = data.items.length === 0 ? [] : shapeOfData(data.items[0]);
  return inner && [data.items.length, ...inner];
}

/** The product of the values as one number, a new name where one of them is not a size. */
export function productOf(machine: Machine, values: readonly Value[]): Value {
  const sizes = values.map((value) => machine.knownSize(value));
  if (!sizes.every((size) => size !== undefined)) return machine.freshNumber();
  const float = values.some((value) => value.kind === 'number' && value.float);
  return number(
    machine.simple(() => sizes.reduce(multiply, 1)),
    float,
  );
}

/** A tensor of which nothing is known but, perhaps, whose it is. */
export const openTensor = (from?: TensorValue): Value =>
  tensor(undefined, 'symbolic', { stem: from?.cell.stem || 't', soft: from?.cell.soft === true });

/** `f(1, 2)` and `f((1, 2))` alike. */
export function sizesArgument(call: Applied, name: string): readonly Value[] | undefined {
  const value = call.bound.get(name);
  if (value === undefined) return undefined;
  const items = iterate(value);
  if (items?.length === 1 && (items[0].kind === 'list' || items[0].kind === 'tuple' || items[0].kind === 'shape'))
    return iterate(items[0]);
  if (items?.length === 1 && (items[0].kind === 'unknown' || items[0].kind === 'choice')) return undefined;
  return items ?? (value.kind === 'number' ? [value] : undefined);
}
