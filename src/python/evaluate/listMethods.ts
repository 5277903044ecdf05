import { MOST_ITEMS } from '../model/iterate';
import type { Machine } from '../model/machine';
import { bool, builtin, keyOfValue, knownInt, NONE, number, unknown } from '../model/make';
import { RAISED } from '../model/raised';
import { truthOf } from '../model/truth';
import type { Arguments, CallPlace, ListValue, Value } from '../model/value';
import { productOf } from '../shapes/sizesGiven';
import { goThrough, ordered, setOf } from './iteration';
import { same } from './join';

/** What is in it is not known any more. */
function forget(object: ListValue): void {
  object.items = [];
  object.open = true;
}

/** What a queue keeps of items that are put at its end. */
const lastOf = ({ most }: ListValue, items: Value[]): Value[] =>
  most === undefined ? items : items.slice(Math.max(0, items.length - most));

type Change = (args: Arguments, machine: Machine, at: CallPlace) => Value | undefined;

/** Where an item equal to it is first; `undefined` when that cannot be told. */
function placeOf(machine: Machine, object: ListValue, item: Value | undefined): number | undefined {
  const at = item ? object.items.findIndex((each) => machine.compare('==', each, item) !== false) : -1;
  if (at < 0) return object.open || !item ? undefined : -1;
  return item && machine.compare('==', object.items[at], item) === true ? at : undefined;
}

/** Methods that change a list, a set or a queue. */
const CHANGES: Readonly<Record<string, (object: ListValue) => Change>> = {
  append:
    (object) =>
    ({ positional: [item] }) => {
      if (object.items.length >= MOST_ITEMS) object.open = true;
      else if (item) object.items = lastOf(object, [...object.items, item]);
      return undefined;
    },
  add:
    (object) =>
    ({ positional: [item] }) => {
      const key = item && keyOfValue(item);
      const keys = object.items.map(keyOfValue);
      if (item && (key === undefined || keys.includes(undefined))) object.open = true;
      else if (item && !keys.includes(key)) object.items = [...object.items, item];
      return undefined;
    },
  appendleft:
    (object) =>
    ({ positional: [item] }) => {
      if (object.open || !item) forget(object);
      else object.items = [item, ...object.items].slice(0, object.most);
      return undefined;
    },
  extend:
    (object) =>
    ({ positional: [source] }, machine) => {
      const items = source && goThrough(machine, source);
      if (items && object.items.length < MOST_ITEMS) object.items = lastOf(object, [...object.items, ...items]);
      else object.open = true;
      return undefined;
    },
  update:
    (object) =>
    ({ positional }, machine) => {
      const all = positional.map((source) => goThrough(machine, source));
      const joined = setOf([...object.items, ...all.flatMap((each) => each ?? [])]);
      object.items = joined.items;
      object.open ||= joined.open || all.includes(undefined);
      return undefined;
    },
  insert:
    (object) =>
    ({ positional: [index, item] }) => {
      const at = knownInt(index);
      if (at === undefined || !item) forget(object);
      else if (object.open && at !== 0) forget(object);
      else object.items = object.items.toSpliced(at, 0, item);
      return undefined;
    },
  pop:
    (object) =>
    ({ positional: [index] }) => {
      const at = index === undefined ? (object.kind === 'set' ? undefined : -1) : knownInt(index);
      const item = at === undefined || object.open ? undefined : object.items.at(at);
      if (at !== undefined && !object.open && !item && object.kind === 'list') throw RAISED;
      if (!item || at === undefined) {
        forget(object);
        return unknown();
      }
      object.items = object.items.toSpliced(at < 0 ? at + object.items.length : at, 1);
      return item;
    },
  popleft: (object) => () => {
    const [item, ...rest] = object.items;
    if (object.open || object.items.length === 0) {
      forget(object);
      return unknown();
    }
    object.items = rest;
    return item;
  },
  reverse: (object) => () => {
    if (object.open) forget(object);
    else object.items = object.items.toReversed();
    return undefined;
  },
  rotate:
    (object) =>
    ({ positional: [by] }) => {
      const turn = by ? knownInt(by) : 1;
      const count = object.items.length;
      if (object.open || turn === undefined) forget(object);
      else if (count > 0) {
        const from = ((-turn % count) + count) % count || 0;
        object.items = [...object.items.slice(from), ...object.items.slice(0, from)];
      }
      return undefined;
    },
  clear: (object) => () => {
    object.items = [];
    object.open = false;
    return undefined;
  },
  sort:
    (object) =>
    ({ keywords }, machine, at) => {
      const reverse = truthOf(keywords.get('reverse') ?? bool(false));
      const items =
        object.open || reverse === undefined
          ? undefined
          : ordered(machine, object.items, keywords.get('key'), at, reverse);
      if (items) object.items = items;
      else forget(object);
      return undefined;
    },
  remove:
    (object) =>
    ({ positional: [item] }, machine) => {
      const at = placeOf(machine, object, item);
      if (at === -1) throw RAISED;
      if (at === undefined || object.open) forget(object);
      else object.items = object.items.toSpliced(at, 1);
      return undefined;
    },
  discard:
    (object) =>
    ({ positional: [item] }, machine) => {
      const at = placeOf(machine, object, item);
      if (at === undefined || object.open) forget(object);
      else if (at >= 0) object.items = object.items.toSpliced(at, 1);
      return undefined;
    },
  extendleft:
    (object) =>
    ({ positional: [source] }, machine) => {
      const items = source && goThrough(machine, source);
      if (object.open || !items) forget(object);
      else object.items = [...items.toReversed(), ...object.items].slice(0, object.most);
      return undefined;
    },
  intersection_update: (object) => () => {
    forget(object);
    return undefined;
  },
  difference_update: (object) => () => {
    forget(object);
    return undefined;
  },
};

const SET_OPERATORS = { union: '|', intersection: '&', difference: '-', symmetric_difference: '^' } as const;

/** Methods of lists, tuples, sets and queues. */
export function listMethod(object: ListValue, name: string): Value {
  const change = Object.hasOwn(CHANGES, name) ? CHANGES[name](object) : undefined;
  if (change)
    return builtin(name, (machine, args, at) => {
      machine.touch(object);
      return change(args, machine, at) ?? NONE;
    });
  if (object.kind === 'set' && Object.hasOwn(SET_OPERATORS, name)) {
    const operator = SET_OPERATORS[name as keyof typeof SET_OPERATORS];
    return builtin(name, (machine, { positional }, at) =>
      positional.reduce<Value>(
        (all, other) => machine.binary(operator, all, setOf(goThrough(machine, other)), at),
        object,
      ),
    );
  }
  switch (name) {
    case 'copy':
      return builtin(name, () => ({ ...object, items: [...object.items] }));
    case 'index':
      return builtin(name, (machine, { positional: [item] }) => {
        const at = placeOf(machine, object, item);
        if (at === -1) throw RAISED;
        return at === undefined ? unknown() : number(at);
      });
    case 'count':
      return builtin(name, (machine, { positional: [item] }) => {
        const tests = object.items.map((each) => machine.compare('==', each, item));
        return object.open || tests.includes(undefined)
          ? unknown()
          : number(tests.filter((each) => each === true).length);
      });
    case 'numel':
      return builtin(name, (machine) => productOf(machine, object.items));
    case 'as_list':
    case 'tolist':
      return builtin(name, () => object);
    case '_replace':
      return builtin(name, (_machine, { keywords, open }) => {
        const { fields } = object;
        if (!fields || open) return unknown();
        return { ...object, items: object.items.map((item, index) => keywords.get(fields[index]) ?? item) };
      });
    case '_asdict':
      return builtin(name, () => unknown());
    default:
      return unknown(name);
  }
}

/** What `|`, `&`, `-` and `^` make of two sets. */
export function combinedSets(operator: string, left: ListValue, right: ListValue): Value | undefined {
  const has = (holder: ListValue, item: Value): boolean => holder.items.some((each) => same(each, item));
  const known =
    !left.open && !right.open && [...left.items, ...right.items].every((each) => keyOfValue(each) !== undefined);
  const one = left.items.filter((item) => !has(right, item));
  const other = right.items.filter((item) => !has(left, item));
  const items: Readonly<Record<string, Value[]>> = {
    '|': [...left.items, ...other],
    '&': left.items.filter((item) => has(right, item)),
    '-': one,
    '^': [...one, ...other],
  };
  if (!Object.hasOwn(items, operator)) return undefined;
  return known ? { kind: 'set', items: items[operator], open: false } : { kind: 'set', items: [], open: true };
}
