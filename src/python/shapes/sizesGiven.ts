import { type Size, multiply } from '../sizes/size';
import { number } from '../model/make';
import { tensor } from '../model/tensor';
import type { Value } from '../model/value';
import type { Interpreter } from '../evaluate/interpreter';
import { iterate } from '../model/iterate';

/** A tensor made in the program with these sizes: a list, several numbers, or one list among them. */
export function tensorOfShape(machine: Interpreter, value: Value | undefined): Value {
  let items = value && iterate(value);
  if (items?.length === 1) items = iterate(items[0]) ?? items;
  if (!items && value?.kind === 'number') items = [value];
  if (!items) return tensor(undefined, 'symbolic', { stem: 't', soft: true });
  return tensor(
    items.map((item) => machine.sizeOf(item)),
    machine.evidence,
  );
}

/** The shape of a literal of nested lists of numbers. */
export function shapeOfData(data: Value): readonly Size[] | undefined {
  if (data.kind === 'number' || data.kind === 'bool') return [];
  if (data.kind === 'tensor') return data.cell.shape;
  if (data.kind !== 'list' && data.kind !== 'tuple') return undefined;
  if (data.open) return undefined;
  const inner = data.items.length === 0 ? [] : shapeOfData(data.items[0]);
  return inner && [data.items.length, ...inner];
}

/** The product of the values as one number, a new name where one of them is not a size. */
export function productOf(machine: Interpreter, values: readonly Value[]): Value {
  const sizes = values.map((value) => machine.knownSize(value));
  if (!sizes.every((size) => size !== undefined)) return machine.freshNumber();
  return number(machine.simple(() => sizes.reduce(multiply, 1)));
}
