import { type Changes, type Contents, contentsOf, restore } from '../model/journal';
import type { Machine } from '../model/machine';
import { IDENTITY, keyOfValue, unknown } from '../model/make';
import { tensor, type TensorValue, weaker } from '../model/tensor';
import type { Value } from '../model/value';
import { equal, keyOf, type Size } from '../sizes/size';

const MOST_OPTIONS = 4;

/** Whether two values are surely the same; `false` says only that this cannot be told. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.kind !== b.kind) return false;
  if (a.kind === 'number' && b.kind === 'number') return a.float === b.float && sameSize(a.size, b.size);
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value;
  if (a.kind === 'tensor' && b.kind === 'tensor') return sameTensor(a, b);
  if ((a.kind === 'tuple' || a.kind === 'list') && b.kind === a.kind) {
    return (
      !a.open &&
      !b.open &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => same(item, b.items[index]))
    );
  }
  const key = keyOfValue(a);
  return key !== undefined && key === keyOfValue(b);
}

/** Whether two sizes have one key; no key is made of numbers for it. */
const sameSize = (a: Size, b: Size): boolean =>
  a === b ||
  (typeof a === 'number' && typeof b === 'number' ? Number.isNaN(a) && Number.isNaN(b) : keyOf(a) === keyOf(b));

function sameTensor(a: TensorValue, b: TensorValue): boolean {
  // What they hold may differ where their shapes do not.
  if (a.data !== b.data) return false;
  if (a.cell === b.cell) return true;
  const [left, right] = [a.cell.shape, b.cell.shape];
  return left !== undefined && right?.length === left.length && left.every((size, axis) => sameSize(size, right[axis]));
}

/** The value that stands for either of two, by a condition that is not known. */
export function join(machine: Machine, a: Value, b: Value): Value {
  if (same(a, b)) return a;
  if (a.kind === 'unknown' && a.failed) return b;
  if (b.kind === 'unknown' && b.failed) return a;
  if (a.kind === 'number' && b.kind === 'number') return a.float || b.float ? unknown() : machine.freshNumber();
  if (a.kind === 'tensor' && b.kind === 'tensor') return joinTensors(machine, a, b);
  if (a.kind === 'tuple' && b.kind === 'tuple' && !a.open && !b.open && a.items.length === b.items.length) {
    return { ...a, items: a.items.map((item, index) => join(machine, item, b.items[index])) };
  }
  if (a.kind === 'unknown' || b.kind === 'unknown') return unknown();
  const ofOne = optionsOf(a);
  const options = [...ofOne, ...optionsOf(b).filter((option) => !ofOne.some((other) => same(option, other)))];
  return options.length <= MOST_OPTIONS ? { kind: 'choice', options } : unknown();
}

export const optionsOf = (value: Value): readonly Value[] => (value.kind === 'choice' ? value.options : [value]);

function joinTensors(machine: Machine, a: TensorValue, b: TensorValue): Value {
  const [left, right] = [a.cell.shape, b.cell.shape];
  const source = weaker(a.source, b.source);
  if (!left || !right || left.length !== right.length) return tensor(undefined, 'symbolic', { stem: 't' });
  return tensor(
    left.map((size, axis) => joinSizes(machine, size, right[axis])),
    source,
    { inputKey: a.inputKey },
  );
}

const joinSizes = (machine: Machine, a: Size, b: Size): Size => (equal(a, b) === true ? a : machine.freshSize());

/** Both ways of an undecided condition, merged into the present state (in which neither has happened). */
export function mergeChanges(machine: Machine, first: Changes, second: Changes): void {
  for (const variables of keysOfBoth(first.keys, second.keys)) {
    const [one, two] = [first.keys.get(variables), second.keys.get(variables)];
    for (const name of keysOfBoth(one ?? NOTHING, two ?? NOTHING)) {
      const before = variables.get(name);
      const a = one?.has(name) ? one.get(name) : before;
      const b = two?.has(name) ? two.get(name) : before;
      // A name that only one way binds is used, if at all, where that way was taken.
      const merged = a && b ? join(machine, a, b) : (a ?? b);
      if (merged) machine.setVariable(variables, name, merged);
      else machine.removeVariable(variables, name);
    }
  }
  for (const value of keysOfBoth(first.wholes, second.wholes)) {
    const a = first.wholes.get(value) ?? contentsOf(value);
    const b = second.wholes.get(value) ?? contentsOf(value);
    machine.touch(value);
    restore(value, joinContents(machine, a, b));
  }
}

const NOTHING: ReadonlyMap<string, undefined> = new Map();

/** The keys of the one, then those of the other that it has not. */
function keysOfBoth<Key>(one: ReadonlyMap<Key, unknown>, other: ReadonlyMap<Key, unknown>): Iterable<Key> {
  if (other.size === 0 || other === one) return one.keys();
  return one.size === 0 ? other.keys() : new Set([...one.keys(), ...other.keys()]);
}

function joinContents(machine: Machine, a: Contents, b: Contents): Contents {
  if (a === b) return a;
  if (a.kind === 'entries' && b.kind === 'entries') {
    const entries = new Map(a.entries);
    for (const [key, entry] of a.entries) {
      const other = b.entries.get(key);
      if (other && other !== entry) entries.set(key, [entry[0], join(machine, entry[1], other[1])]);
    }
    for (const [key, entry] of b.entries) {
      const other = a.entries.get(key);
      if (other !== entry) entries.set(key, other ? [entry[0], join(machine, entry[1], other[1])] : entry);
    }
    return { kind: 'entries', entries, open: a.open || b.open };
  }
  if (a.kind !== 'items' || b.kind !== 'items') return a;
  const [longer, shorter] = a.items.length >= b.items.length ? [a, b] : [b, a];
  const items = alignOptional(machine, longer.items, shorter.items);
  if (!items) return { kind: 'items', items: [], open: true };
  // Items that may be missing shift what follows, so the length is open; going through them in order still works.
  return { kind: 'items', items, open: a.open || b.open, names: longer.names };
}

/** The longer list with those items that the shorter one lacks made optional; `undefined` when they do not line up. */
function alignOptional(machine: Machine, longer: readonly Value[], shorter: readonly Value[]): Value[] | undefined {
  if (longer.length === shorter.length) return longer.map((item, index) => join(machine, item, shorter[index]));
  const items: Value[] = [];
  let at = 0;
  for (const item of longer) {
    if (at < shorter.length && same(item, shorter[at])) {
      items.push(item);
      at++;
    } else if (isModuleLike(item)) items.push({ kind: 'choice', options: [item, IDENTITY] });
    else return undefined;
  }
  return at === shorter.length ? items : undefined;
}

const isModuleLike = (value: Value): boolean => ['layer', 'container', 'instance', 'choice'].includes(value.kind);

export function joinAll(machine: Machine, values: readonly Value[]): Value {
  return values.length === 0 ? unknown() : values.slice(1).reduce((all, value) => join(machine, all, value), values[0]);
}

export const freshLike = (machine: Machine, value: Value): Value => {
  if (value.kind === 'number' && !value.float) return machine.freshNumber();
  if (value.kind === 'tensor')
    return tensor(
      value.cell.shape?.map(() => machine.freshSize()),
      'symbolic',
      { stem: 't' },
    );
  return unknown();
};
