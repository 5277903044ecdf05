import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import { argumentsOf, bool, keyOfValue, knownInt, list, NO_ARGUMENTS, number, tuple, unknown } from '../model/make';
import { RAISED } from '../model/raised';
import { alsoStirring, following } from '../model/staleness';
import { truthOf } from '../model/truth';
import { type Arguments, type CallPlace, type ListValue, NO_PLACE, type Value } from '../model/value';
import { isKnown } from '../sizes/size';
import { member } from './classes';
import { enumMembers } from './enumerations';
import { runLazily } from './generators';
import { largest } from './operators';
import { followingCalls } from './staleness';

/**
 * The items of anything that can be gone through, when all are known. An iterator has none left afterwards: `zip(it,
 * it)` pairs its items, and a generator that was summed is empty.
 *
 * @param ends How many of them are asked for: nobody asks for those behind.
 */
export function goThrough(
  machine: Machine,
  value: Value | undefined,
  isLater = false,
  ends: (items: readonly Value[]) => number | 'some' | 'all' = () => 'all',
): readonly Value[] | undefined {
  if (!value) return undefined;
  if (value.kind === 'class') return enumMembers(value);
  if (value.kind === 'instance' && member(value.cls, '__iter__')) {
    const items = machine.call(machine.attribute(value, '__iter__'), NO_ARGUMENTS, undefined);
    return items.kind === 'instance' ? undefined : goThrough(machine, items, isLater, ends);
  }
  const items = iterate(value);
  const taken = items ? ends(items) : 'all';
  if (items && value.kind === 'list' && value.once && taken !== 'all') {
    takeSome(machine, value, taken);
    return items;
  }
  if (value.kind === 'list' && !isLater) value.stirs?.(machine, value.items.length, true);
  if (items && value.kind === 'list' && value.once) {
    machine.touch(value);
    value.items = [];
    // How much is left of it depends on how far somebody goes.
    if (isLater) value.open = true;
  }
  return items;
}

/** Asks an iterator for so many of its items, or for nobody knows how many. */
function takeSome(machine: Machine, source: ListValue, count: number | 'some'): void {
  const total = source.items.length;
  if (count === 'some') source.stirs?.(machine, -1, false);
  else for (let taken = 0; taken < count; taken++) source.stirs?.(machine, total - taken, false);
  machine.touch(source);
  source.open ||= count === 'some';
  source.items = count === 'some' ? [] : source.items.slice(count);
}

export const iterator = (items: readonly Value[] | undefined, open = items === undefined): ListValue => ({
  ...list([...(items ?? [])], open),
  once: true,
});

type Implementation = (machine: Machine, args: Arguments, at: CallPlace) => Value;

function extremes(kind: 'max' | 'min'): Implementation {
  return (machine, args, at) => {
    const values =
      args.positional.length === 1 ? goThrough(machine, args.positional[0]) : args.open ? undefined : args.positional;
    if (values?.length === 0) return args.keywords.get('default') ?? unknown();
    if (!values) return unknown();
    const key = args.keywords.get('key');
    if (key || values.some((value) => value.kind !== 'number')) {
      const order = ordered(machine, values, key, at);
      if (order) return kind === 'min' ? order[0] : ordered(machine, values, key, at, true)![0];
      return key || values.some((value) => value.kind === 'string' || value.kind === 'tuple')
        ? unknown()
        : machine.freshNumber();
    }
    const numbers = values.filter((value) => value.kind === 'number');
    // Python gives back the object, of two that are equal the first: `max(2.0, 3)` is whole.
    if (numbers.every(({ size }) => isKnown(size)))
      return numbers.reduce((best, each) =>
        (kind === 'max' ? Number(each.size) > Number(best.size) : Number(each.size) < Number(best.size)) ? each : best,
      );
    const floats = numbers.filter(({ float }) => float).length;
    if (floats > 0 && floats < numbers.length) return unknown();
    const sizes = numbers.map(({ size }) => size);
    return number(
      sizes.reduce((one, other) => largest(machine, kind, one, other)),
      floats > 0,
    );
  };
}

type Key = number | string | readonly (Key | undefined)[];

/** What Python orders by: numbers, texts, and tuples of them, of which the first that differ decide. */
function keyFor(value: Value): Key | undefined {
  if (value.kind === 'bool') return Number(value.value);
  if (value.kind === 'string') return value.value;
  if (value.kind === 'number') return isKnown(value.size) ? value.size : undefined;
  if (value.kind !== 'tuple' && value.kind !== 'list') return undefined;
  return value.open ? undefined : value.items.map(keyFor);
}

/** Below, equal or above zero; `undefined` where it is not known, or Python raises, as between a number and a text. */
function order(a: Key | undefined, b: Key | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a !== 'object' || typeof b !== 'object') return undefined;
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const found = order(a[at], b[at]);
    if (found !== 0) return found;
  }
  return a.length - b.length;
}

/** Values in Python's order, which keeps equal ones as they were; `undefined` when it cannot be told. */
export function ordered(
  machine: Machine,
  values: readonly Value[],
  key: Value | undefined,
  at: CallPlace,
  reverse = false,
): Value[] | undefined {
  const keys = values.map((value) =>
    keyFor(!key || key.kind === 'none' ? value : machine.call(key, argumentsOf(value), at)),
  );
  if (!keys.every((each) => each !== undefined)) return undefined;
  const places = values.map((_, index) => index);
  let decided = true;
  places.sort((a, b) => {
    const found = order(keys[a], keys[b]);
    decided &&= found !== undefined;
    return (reverse ? -1 : 1) * (found ?? 0) || a - b;
  });
  return decided ? places.map((place) => values[place]) : undefined;
}

/** The same values once each, as a set has them; `undefined` when some of them cannot be told apart. */
export function distinct(items: readonly Value[]): Value[] | undefined {
  const keys = items.map(keyOfValue);
  return keys.includes(undefined) ? undefined : items.filter((_, index) => keys.indexOf(keys[index]) === index);
}

export const setOf = (items: readonly Value[] | undefined): ListValue => {
  const kept = items && distinct(items);
  return { kind: 'set', items: kept ?? [], open: !kept };
};

const sequence =
  (kind: 'list' | 'tuple'): Implementation =>
  (machine, args) => {
    if (args.positional.length === 0) return { kind, items: [], open: args.open };
    const all = goThrough(machine, args.positional[0]);
    return { kind, items: [...(all ?? [])], open: !all };
  };

function zip(machine: Machine, args: Arguments): Value {
  const { positional } = args;
  // One iterator given several times hands out its items in turn.
  const times = (value: Value): number => positional.filter((each) => each === value).length;
  const sources = new Map<Value, readonly Value[] | undefined>();
  for (const value of positional) if (!sources.has(value)) sources.set(value, goThrough(machine, value, true));
  const shared = (value: Value): boolean => value.kind === 'list' && value.once === true && times(value) > 1;
  const lists = positional.map((value, place) => {
    const items = sources.get(value);
    if (!shared(value)) return items;
    const turn = positional.slice(0, place).filter((each) => each === value).length;
    return items?.filter((_, index) => index % times(value) === turn);
  });
  const known = lists.filter((each) => each !== undefined);
  if (known.length < lists.length || args.open) return iterator(undefined);
  const shortest = known.length === 0 ? 0 : Math.min(...known.map((each) => each.length));
  positional.forEach((value, place) => {
    // How much an iterator that is longer has left depends on where it stands.
    if (value.kind === 'list' && value.once && known[place].length > shortest) value.open = true;
  });
  const pairs = Array.from({ length: shortest }, (_, index) => tuple(known.map((each) => each[index])));
  const strict = args.keywords.get('strict');
  if (strict && truthOf(strict) !== false && known.some((each) => each.length !== shortest)) throw RAISED;
  const isAligned = known.every((each) => each.length === shortest) && sources.size === positional.length;
  const ended = positional.filter((value, place) => value.kind !== 'list' || known[place].length === shortest);
  return following(iterator(pairs), ended, isAligned);
}

function quantify(wanted: boolean): Implementation {
  return (machine, args) => {
    let truths: (boolean | undefined)[] = [];
    const all = goThrough(machine, args.positional[0], false, (items) => {
      truths = items.map(truthOf);
      const last = truths.findIndex((each) => each !== !wanted);
      return last < 0 ? 'all' : truths[last] === undefined ? 'some' : last + 1;
    });
    if (!all) return unknown();
    if (truths.includes(wanted)) return bool(wanted);
    return truths.includes(undefined) ? unknown() : bool(!wanted);
  };
}

function sum(machine: Machine, args: Arguments): Value {
  const all = goThrough(machine, args.positional[0]);
  if (!all) return unknown();
  const start = args.positional[1] ?? args.keywords.get('start') ?? number(0);
  return all.reduce(
    (total, each) =>
      total.kind === 'number' && total.size === 0 && each.kind === 'tensor'
        ? each
        : machine.binary('+', total, each, NO_PLACE),
    start,
  );
}

function map(machine: Machine, args: Arguments, at: CallPlace): Value {
  const [callee, ...sources] = args.positional;
  const lists = sources.map((source) => goThrough(machine, source, true));
  if (!callee || lists.length === 0 || lists.includes(undefined)) return iterator(undefined);
  const known = lists as (readonly Value[])[];
  const shortest = Math.min(...known.map((each) => each.length));
  const made: Value[] = [];
  const { stirs, isOwn } = runLazily(machine, { here: args.positional }, (given) => {
    for (let index = 0; index < shortest; index++) {
      made.push(machine.call(callee, argumentsOf(...known.map((each) => each[index])), at));
      given();
    }
  });
  return alsoStirring(followingCalls(iterator(made), callee, sources, isOwn), stirs);
}

function filter(machine: Machine, args: Arguments, at: CallPlace): Value {
  const [callee, source] = args.positional;
  const all = goThrough(machine, source, true);
  if (!callee || !all) return iterator(undefined);
  const tests: (boolean | undefined)[] = [];
  const { stirs } = runLazily(machine, { here: args.positional }, (given) => {
    for (const each of all) {
      tests.push(truthOf(callee.kind === 'none' ? each : machine.call(callee, argumentsOf(each), at)));
      if (tests.at(-1) !== false) given();
    }
  });
  const passed = all.filter((_, index) => tests[index] !== false);
  return alsoStirring(following(iterator(tests.includes(undefined) ? undefined : passed), [source], false), stirs);
}

function next(machine: Machine, args: Arguments): Value {
  const [source, otherwise] = args.positional;
  if (source?.kind === 'instance' && member(source.cls, '__next__'))
    return machine.call(machine.attribute(source, '__next__'), NO_ARGUMENTS, undefined);
  if (source?.kind === 'list' && source.once && source.open) {
    machine.touch(source);
    source.items = [];
  }
  // What is a list here, and no iterator, may be one of a library's own.
  if (source?.kind !== 'list' || source.open || !source.once) return unknown();
  const isStale = source.isStale?.(source.items.length);
  source.stirs?.(machine, source.items.length, false);
  if (isStale) {
    machine.touch(source);
    source.open = true;
    return unknown();
  }
  if (source.items.length === 0) {
    if (otherwise) return otherwise;
    throw RAISED;
  }
  machine.touch(source);
  const [head, ...rest] = source.items;
  source.items = rest;
  return head;
}

/** `iter(function, last)`: what it gives until it gives that. */
function untilLast(machine: Machine, callee: Value, last: Value, at: CallPlace): Value {
  const items: Value[] = [];
  while (items.length < MOST_CALLS) {
    const item = machine.call(callee, NO_ARGUMENTS, at);
    const isLast = machine.compare('==', item, last);
    if (isLast === true) return iterator(items);
    if (isLast === undefined) break;
    items.push(item);
  }
  return iterator(undefined);
}
const MOST_CALLS = 256;

function sorted(machine: Machine, args: Arguments, at: CallPlace): Value {
  const all = goThrough(machine, args.positional[0]);
  const reverse = truthOf(args.keywords.get('reverse') ?? bool(false));
  const items = all && reverse !== undefined ? ordered(machine, all, args.keywords.get('key'), at, reverse) : undefined;
  return list(items ?? [], !items);
}

/** Python's functions of what can be gone through. */
export const iterationFunctions: Readonly<Record<string, Implementation>> = {
  max: extremes('max'),
  min: extremes('min'),
  list: sequence('list'),
  tuple: sequence('tuple'),
  set: (machine, args) => setOf(args.positional.length === 0 ? [] : goThrough(machine, args.positional[0])),
  frozenset: (machine, args) => setOf(args.positional.length === 0 ? [] : goThrough(machine, args.positional[0])),
  zip,
  enumerate: (machine, args) => {
    const all = goThrough(machine, args.positional[0], true);
    const start = knownInt(args.positional[1] ?? args.keywords.get('start') ?? number(0));
    const items = start === undefined ? undefined : all?.map((each, index) => tuple([number(index + start), each]));
    return following(iterator(items), args.positional.slice(0, 1));
  },
  reversed: (machine, { positional: [source] }) =>
    following(iterator(goThrough(machine, source)?.toReversed()), [source], false),
  sorted,
  any: quantify(true),
  all: quantify(false),
  sum,
  map,
  filter,
  iter: (machine, args, at) => {
    const [source, last] = args.positional;
    if (source && last) return untilLast(machine, source, last, at);
    return source?.kind === 'list' && source.once ? source : following(iterator(goThrough(machine, source)), [source]);
  },
  next,
};
