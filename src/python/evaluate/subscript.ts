import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import { argumentsOf, FAILED, keyOfValue, knownInt, string, unknown } from '../model/make';
import { RAISED } from '../model/raised';
import { knownData, rewrite, sureShape, tensor, type TensorValue, writeTo } from '../model/tensor';
import type { CallPlace, ContainerValue, ListValue, SliceValue, Value } from '../model/value';
import { indexTensor, refusalOfIndex } from '../shapes/indexing';
import { mismatch, refuse } from '../shapes/problems';
import { indexRefusal } from '../shapes/refusals/check';
import { shapeOfData } from '../shapes/sizesGiven';
import { isKnown } from '../sizes/size';
import { member } from './classes';
import { joinAll } from './join';

/** `object[index]` */
export function subscript(machine: Machine, object: Value, index: Value, at?: CallPlace): Value {
  switch (object.kind) {
    case 'list':
    case 'tuple':
    case 'set':
      return listItem(machine, object, index, at);
    case 'dict': {
      const key = keyOfValue(index);
      const found = key !== undefined ? object.entries.get(key) : undefined;
      if (found) return found[1];
      if (key !== undefined && !object.open) throw RAISED;
      return key === undefined && object.entries.size > 0 && object.entries.size <= 4 && !object.open
        ? joinAll(
            machine,
            [...object.entries.values()].map(([, value]) => value),
          )
        : unknown(index.kind === 'string' ? index.value : undefined);
    }
    case 'string': {
      const at = knownInt(index);
      if (index.kind === 'slice') return sliceString(object.value, index);
      return at === undefined ? unknown() : string(object.value.at(at) ?? '');
    }
    case 'container':
      return containerItem(machine, object, index);
    case 'tensor':
      return tensorItem(machine, object, index, at);
    case 'shape':
      return shapeItem(machine, object, index);
    case 'range': {
      const items = iterate(object);
      return items ? listItem(machine, { kind: 'list', items: [...items], open: false }, index) : machine.freshNumber();
    }
    case 'unknown': {
      if (object.failed) return FAILED;
      if (object.tensor || object.input) return indexTensor(machine, machine.asTensor(object)!, index);
      const key = index.kind === 'string' ? index.value : knownInt(index);
      return key === undefined ? unknown() : machine.attribute(object, String(key));
    }
    case 'instance': {
      if (member(object.cls, '__getitem__'))
        return machine.call(machine.attribute(object, '__getitem__'), argumentsOf(index), undefined);
      return object.native ? subscript(machine, object.native, index) : unknown();
    }
    case 'choice':
      return joinAll(
        machine,
        object.options.map((option) => subscript(machine, option, index)),
      );
    case 'external':
    case 'class':
      // `List[int]`, `Generic[T]`: a type, itself again.
      return object;
    default:
      return unknown();
  }
}

function shapeItem(machine: Machine, object: Value & { kind: 'shape' }, index: Value): Value {
  if (object.tensor.cell.shape)
    return subscript(machine, { kind: 'tuple', items: [...iterate(object)!], open: false }, index);
  const at = knownInt(index);
  return at === undefined
    ? unknown()
    : machine.freshNumber(`${object.tensor.cell.stem || 'x'}_shape${at < 0 ? '_last' : at}`);
}

/** Bounds of a slice of something with that many items; `undefined` when they are not known. */
export function sliceBounds(
  slice: SliceValue,
  length: number,
): { readonly from: number; readonly to: number; readonly step: number } | undefined {
  const read = (value: Value, otherwise: number): number | undefined =>
    value.kind === 'none' ? otherwise : knownInt(value);
  const step = read(slice.step, 1);
  if (step === undefined || step === 0) return undefined;
  const clamp = (value: number): number =>
    step > 0
      ? Math.min(Math.max(value < 0 ? value + length : value, 0), length)
      : Math.min(Math.max(value < 0 ? value + length : value, -1), length - 1);
  const from = slice.lower.kind === 'none' ? (step > 0 ? 0 : length - 1) : read(slice.lower, 0);
  const to = slice.upper.kind === 'none' ? (step > 0 ? length : -1) : read(slice.upper, length);
  if (from === undefined || to === undefined) return undefined;
  return {
    from: slice.lower.kind === 'none' ? from : clamp(from),
    to: slice.upper.kind === 'none' ? to : clamp(to),
    step,
  };
}

export function sliceItems<T>(items: readonly T[], slice: SliceValue): T[] | undefined {
  const bounds = sliceBounds(slice, items.length);
  if (!bounds) return undefined;
  const found: T[] = [];
  for (let at = bounds.from; bounds.step > 0 ? at < bounds.to : at > bounds.to; at += bounds.step)
    found.push(items[at]);
  return found;
}

function sliceString(text: string, slice: SliceValue): Value {
  const characters = sliceItems([...text], slice);
  return characters ? string(characters.join('')) : unknown();
}

function listItem(machine: Machine, object: ListValue, index: Value, place?: CallPlace): Value {
  if (index.kind === 'slice') {
    const items = object.open ? undefined : sliceItems(object.items, index);
    const { sizesOf } = object;
    return { kind: object.kind === 'tuple' ? 'tuple' : 'list', items: items ?? [], open: items === undefined, sizesOf };
  }
  const at = knownInt(index);
  if (at === undefined)
    return object.items.length > 0 && object.items.length <= 4 && !object.open
      ? joinAll(machine, object.items)
      : unknown();
  if (object.open) return at >= 0 ? (object.items[at] ?? unknown()) : unknown();
  const item = object.items.at(at);
  if (item) return item;
  if (place && object.sizesOf && sureShape(object.sizesOf))
    mismatch(machine, place, indexRefusal(at, object.items.length, 'tuple index out of range'));
  throw RAISED;
}

const isOptional = (item: Value): boolean =>
  item.kind === 'choice' && item.options.some((option) => option.kind === 'builtin');

function containerItem(machine: Machine, object: ContainerValue, index: Value): Value {
  if (index.kind === 'string') {
    const at = object.names.indexOf(index.value);
    return at >= 0 ? object.items[at] : unknown();
  }
  if (object.items.some(isOptional)) return unknown();
  if (index.kind === 'slice') {
    const items = object.open ? undefined : sliceItems(object.items, index);
    return {
      kind: 'container',
      type: object.type,
      items: items ?? [],
      names: (items ?? []).map((_, at) => String(at)),
      open: items === undefined,
    };
  }
  const at = machine.knownSize(index);
  if (at === undefined || !isKnown(at))
    return object.items.length > 0 && object.items.length <= 4 && !object.open
      ? joinAll(machine, object.items)
      : unknown();
  if (object.open) return at >= 0 ? (object.items[at] ?? unknown()) : unknown();
  const item = object.items.at(at);
  if (!item) throw RAISED;
  return item;
}

/** An item of a tensor whose contents are known is known too; otherwise its shape is. */
function tensorItem(machine: Machine, object: TensorValue, index: Value, at?: CallPlace): Value {
  const refusal = refusalOfIndex(object, index);
  if (refusal) return at ? refuse(machine, at, refusal) : FAILED;
  const data = knownData(object);
  const simple = index.kind === 'number' || index.kind === 'slice';
  if (!data || data.kind === 'number' || !simple) return indexTensor(machine, object, index);
  const item = subscript(machine, data, index);
  if (item.kind !== 'list' && item.kind !== 'tuple') return item;
  const shape = shapeOfData(item);
  const { dtype, numpy, memory } = object;
  if (!shape) return indexTensor(machine, object, index);
  return tensor(shape, object.source, { data: item, dtype, numpy, memory, seen: memory?.writes });
}

/** `tensor[index] = value`: known where one number takes the place of another, and nothing may still take it back. */
function setTensorItem(machine: Machine, object: TensorValue, index: Value, value: Value, where?: CallPlace): void {
  const refusal = where && refusalOfIndex(object, index);
  if (refusal) mismatch(machine, where, refusal);
  const data = knownData(object);
  const at = knownInt(index);
  writeTo(object);
  if (!machine.settled || data?.kind !== 'list' || at === undefined || value.kind !== 'number') return;
  const place = at < 0 ? at + data.items.length : at;
  const before = data.items[place];
  if (before?.kind !== 'number' || (value.float && !before.float)) return;
  rewrite(object, { ...data, items: data.items.with(place, { ...value, float: before.float }) });
}

/** `object[index] = value` */
export function setItem(machine: Machine, object: Value, index: Value, value: Value, at?: CallPlace): void {
  if (object.kind === 'tensor') setTensorItem(machine, object, index, value, at);
  else if (object.kind === 'list' || (object.kind === 'container' && object.type !== 'dict')) {
    const at = knownInt(index);
    machine.touch(object);
    if (at === undefined || object.open) object.open = true;
    else
      object.items = object.items.map((item, position) =>
        position === (at < 0 ? at + object.items.length : at) ? value : item,
      );
  } else if (object.kind === 'dict') {
    const key = keyOfValue(index);
    machine.touch(object);
    if (key === undefined) object.open = true;
    else object.entries.set(key, [index, value]);
  } else if (object.kind === 'container' && index.kind === 'string') {
    machine.touch(object);
    const at = object.names.indexOf(index.value);
    if (at >= 0) object.items = object.items.map((item, position) => (position === at ? value : item));
    else {
      object.names = [...object.names, index.value];
      object.items = [...object.items, value];
    }
  } else if (object.kind === 'instance' && object.native && object.native.kind !== 'layer')
    setItem(machine, object.native, index, value);
}

/** `del object[index]`, of what modules are in; of a list or dictionary too. */
export function deleteItem(machine: Machine, object: Value, index: Value): void {
  if (object.kind === 'instance') {
    if (object.native) deleteItem(machine, object.native, index);
  } else if (object.kind === 'dict') {
    const key = keyOfValue(index);
    machine.touch(object);
    if (key === undefined) object.open = true;
    else object.entries.delete(key);
  } else if (object.kind === 'list' || object.kind === 'container') {
    machine.touch(object);
    const [first, count] = removed(object, index);
    if (first === undefined || object.open) {
      object.open = true;
      return;
    }
    object.items = object.items.toSpliced(first, count);
    // A list of modules counts its names anew, a dictionary and a Sequential with names of its own keep theirs.
    if (object.kind === 'container') object.names = renumbered(object.names.toSpliced(first, count));
  } else if (object.kind === 'tensor') setTensorItem(machine, object, index, unknown());
}

/** Where the items that go begin and how many they are; `undefined` where that is not known. */
function removed(object: ListValue | ContainerValue, index: Value): [first: number | undefined, count: number] {
  if (index.kind === 'string' && object.kind === 'container') {
    const at = object.names.indexOf(index.value);
    return [at < 0 ? undefined : at, 1];
  }
  if (index.kind === 'slice') return [undefined, 0];
  const at = knownInt(index);
  return [at !== undefined && at < 0 ? at + object.items.length : at, 1];
}

const renumbered = (names: readonly string[]): string[] =>
  names.every((name) => /^\d+$/.test(name)) ? names.map((_, index) => String(index)) : [...names];
