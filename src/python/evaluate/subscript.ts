import { asDtype, nested, numbersOf, tensorOf } from '../model/contents';
import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import { argumentsOf, FAILED, keyOfValue, knownInt, NO_ARGUMENTS, string, unknown } from '../model/make';
import { RAISED } from '../model/raised';
import { asScalar, knownData, rewrite, sureShape, type TensorValue, writeTo } from '../model/tensor';
import type { CallPlace, ContainerValue, InstanceValue, ListValue, SliceValue, Value } from '../model/value';
import { indexTensor, refusalOfIndex } from '../shapes/indexing';
import { picked, placed } from '../shapes/picking';
import { mismatch, refuse } from '../shapes/problems';
import { indexRefusal } from '../shapes/refusals/check';
import { isKnown } from '../sizes/size';
import { member } from './classes';
import { enumMembers } from './enumerations';
import { goThrough } from './iteration';
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
      if (object.open && index.kind === 'string' && machine.modules.register(object, index.value))
        return subscript(machine, object, index, at);
      if (key !== undefined && !object.open && object.missing) {
        const made = machine.call(object.missing, NO_ARGUMENTS, undefined);
        if (object.missing.kind !== 'builtin' || object.missing.name !== 'Counter.__missing__')
          setItem(machine, object, index, made);
        return made;
      }
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
      if (isMissing(object, index) && member(object.cls, '__missing__'))
        return machine.call(machine.attribute(object, '__missing__'), argumentsOf(index), undefined);
      return object.native ? subscript(machine, object.native, index) : unknown();
    }
    case 'choice':
      return joinAll(
        machine,
        object.options.map((option) => subscript(machine, option, index)),
      );
    case 'class':
      return (index.kind === 'string' && enumMembers(object) ? object.members.get(index.value) : undefined) ?? object;
    case 'external':
      // `vars(nn)['Conv2d']`
      if (object.name.endsWith('.__dict__') && index.kind === 'string')
        return machine.library.attribute(object.name.slice(0, -'.__dict__'.length), index.value);
      // `List[int]`, `Generic[T]`: a type, itself again.
      return object;
    default:
      return unknown();
  }
}

/** Whether a dictionary of a class of the program's surely has no such key. */
function isMissing({ native }: InstanceValue, index: Value): boolean {
  const key = keyOfValue(index);
  return native?.kind === 'dict' && !native.open && key !== undefined && !native.entries.has(key);
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
  // Of nothing there is nothing, whatever the bounds.
  if (items.length === 0) return [];
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
  // Python's own words have no code here: what comes behind is not run, and nothing is told of it.
  if (object.kind === 'set' || object.viewOf) throw RAISED;
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
  const numbers = knownData(object) && numbersOf(object);
  const item = numbers && picked(numbers, index);
  if (!item) return indexTensor(machine, object, index);
  if (item.shape.length === 0 && index.kind === 'number') return asScalar(nested(item));
  const { torch, keras, of } = object;
  const made: TensorValue = { ...tensorOf(item, object.source), torch, keras, of };
  const copies = (index.kind === 'tuple' ? index.items : [index]).some(
    (part) => part.kind === 'list' || part.kind === 'tensor',
  );
  // What an array of indices takes is a copy; everything else looks into the same memory.
  return copies ? made : { ...made, memory: object.memory, seen: object.memory?.writes };
}

/** `tensor[index] = value`: known where all numbers are, and nothing may still take it back. */
function setTensorItem(machine: Machine, object: TensorValue, index: Value, value: Value, where?: CallPlace): void {
  const refusal = where && refusalOfIndex(object, index);
  if (refusal) mismatch(machine, where, refusal);
  const [numbers, given] = [knownData(object) && numbersOf(object), numbersOf(value)];
  writeTo(object);
  if (!machine.settled || !numbers || !given) return;
  const after = placed(numbers, index, given);
  const kept = after && asDtype(after, numbers.dtype);
  if (kept) rewrite(object, nested(kept));
}

/** `list[from:to:step] = values` */
function setSlice(machine: Machine, object: ListValue, slice: SliceValue, value: Value): void {
  const bounds = object.open ? undefined : sliceBounds(slice, object.items.length);
  const values = goThrough(machine, value);
  if (!bounds || !values) {
    object.items = [];
    object.open = true;
  } else if (bounds.step === 1)
    object.items = object.items.toSpliced(bounds.from, Math.max(0, bounds.to - bounds.from), ...values);
  else {
    const places = sliceItems(
      object.items.map((_, place) => place),
      slice,
    )!;
    if (places.length !== values.length) throw RAISED;
    object.items = object.items.map((item, place) => (places.includes(place) ? values[places.indexOf(place)] : item));
  }
}

/** `object[index] = value` */
export function setItem(machine: Machine, object: Value, index: Value, value: Value, at?: CallPlace): void {
  if (object.kind === 'tensor') setTensorItem(machine, object, index, value, at);
  else if (object.kind === 'list' || (object.kind === 'container' && object.type !== 'dict')) {
    const at = knownInt(index);
    machine.touch(object);
    if (object.kind === 'list' && index.kind === 'slice') setSlice(machine, object, index, value);
    else if (at === undefined || object.open) {
      object.open = true;
      if (at === undefined || at < 0) object.items = [];
      else object.items = object.items.map((item, position) => (position === at ? value : item));
    } else
      object.items = object.items.map((item, position) =>
        position === (at < 0 ? at + object.items.length : at) ? value : item,
      );
  } else if (object.kind === 'dict') {
    const key = keyOfValue(index);
    machine.touch(object);
    if (key === undefined) object.open = true;
    else {
      object.entries.set(key, [index, value]);
      if (object.variables && index.kind === 'string') machine.setVariable(object.variables, index.value, value);
    }
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
  else if (FIXED.has(object.kind)) throw RAISED;
}

/** Kinds of what holds nothing that an assignment could change. */
const FIXED: ReadonlySet<Value['kind']> = new Set(['tuple', 'string', 'number', 'bool', 'none', 'range', 'set']);
