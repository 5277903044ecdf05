import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import {
  argumentsOf,
  bool,
  builtin,
  dict,
  keyOfValue,
  knownInt,
  list,
  NO_ARGUMENTS,
  NONE,
  number,
  string,
  tuple,
  unknown,
} from '../model/make';
import { knownData } from '../model/tensor';
import { textOf } from '../model/text';
import { truthOf, truthValue } from '../model/truth';
import { type Arguments, type CallPlace, NO_PLACE, type Value } from '../model/value';
import { floorDivide, isKnown, modulo, type Size, truncate } from '../sizes/size';
import { isClosed, member } from './classes';
import { isInstance, isSubclass } from './isInstance';
import { largest } from './operators';

type Implementation = (machine: Machine, args: Arguments, at: CallPlace) => Value;

const items = (value: Value | undefined): readonly Value[] | undefined => value && iterate(value);
const first = (args: Arguments): Value => args.positional[0] ?? unknown();

function length(machine: Machine, { positional: [value] }: Arguments): Value {
  if (!value) return unknown();
  switch (value.kind) {
    case 'string':
      return number(value.value.length);
    case 'list':
    case 'tuple':
    case 'set':
      return value.open ? machine.freshNumber('n') : number(value.items.length);
    case 'dict':
      return value.open ? machine.freshNumber('n') : number(value.entries.size);
    case 'container': {
      const optional = value.items.some(
        (item) => item.kind === 'choice' && item.options.some((option) => option.kind === 'builtin'),
      );
      return value.open || optional ? machine.freshNumber('n') : number(value.items.length);
    }
    case 'tensor':
      return value.cell.shape?.[0] !== undefined ? number(value.cell.shape[0]) : machine.freshNumber('n');
    case 'shape':
      return value.tensor.cell.shape ? number(value.tensor.cell.shape.length) : unknown();
    case 'instance':
      if (member(value.cls, '__len__'))
        return machine.call(machine.attribute(value, '__len__'), NO_ARGUMENTS, undefined);
      return value.native ? length(machine, argumentsOf(value.native)) : unknown();
    case 'range': {
      const all = iterate(value);
      return all ? number(all.length) : unknown();
    }
    default:
      return machine.freshNumber(value.kind === 'unknown' && value.name ? `len_${value.name}` : 'n');
  }
}

function toInt(machine: Machine, args: Arguments): Value {
  const value = first(args);
  if (value.kind === 'string') return /^\s*-?\d+\s*$/.test(value.value) ? number(Number(value.value)) : unknown();
  if (value.kind === 'bool') return number(Number(value.value));
  const held = value.kind === 'tensor' ? knownData(value) : undefined;
  if (held?.kind === 'number') return toInt(machine, { ...args, positional: [held] });
  if (value.kind === 'unknown' && !value.failed) return value.input ? unknown() : machine.symbolOf(value);
  if (value.kind !== 'number') return machine.freshNumber();
  const size = machine.simple(() => truncate(value.size) ?? machine.freshSize());
  return number(size);
}

function extremes(kind: 'max' | 'min'): Implementation {
  return (machine, args) => {
    const values = args.positional.length === 1 ? items(args.positional[0]) : args.positional;
    if (!values || values.length === 0 || args.keywords.has('key')) return unknown();
    const sizes = values.map((value) => (value.kind === 'number' ? value.size : undefined));
    if (sizes.some((size) => size === undefined)) return machine.freshNumber();
    return number(
      (sizes as Size[]).reduce((a, b) => largest(machine, kind, a, b)),
      values.some((value) => value.kind === 'number' && value.float),
    );
  };
}

function range(machine: Machine, args: Arguments): Value {
  const sizes = args.positional.map((value) => machine.sizeOf(value));
  const [start, stop, step] = sizes.length === 1 ? [0, sizes[0], 1] : [sizes[0] ?? 0, sizes[1] ?? 0, sizes[2] ?? 1];
  return isKnown(step) && step !== 0 ? { kind: 'range', start, stop, step } : list([], true);
}

const sequence =
  (kind: 'list' | 'tuple' | 'set'): Implementation =>
  (_machine, args) => {
    if (args.positional.length === 0) return { kind, items: [], open: false };
    const all = items(args.positional[0]);
    if (!all) return { kind, items: [], open: true };
    if (kind !== 'set') return { kind, items: [...all], open: false };
    const keys = all.map(keyOfValue);
    return {
      kind,
      items: all.filter((_, index) => keys[index] === undefined || keys.indexOf(keys[index]) === index),
      open: keys.includes(undefined),
    };
  };

function zip(_machine: Machine, args: Arguments): Value {
  const lists = args.positional.map((value) => items(value));
  const known = lists.filter((each) => each !== undefined);
  if (known.length < lists.length || args.open) return list([], true);
  const shortest = Math.min(...known.map((each) => each.length));
  return list(Array.from({ length: shortest }, (_, index) => tuple(known.map((each) => each[index]))));
}

function quantify(wanted: boolean): Implementation {
  return (_machine, args) => {
    const all = items(args.positional[0]);
    if (!all) return unknown();
    const truths = all.map(truthOf);
    if (truths.includes(wanted)) return bool(wanted);
    return truths.includes(undefined) ? unknown() : bool(!wanted);
  };
}

function hasAttribute(_machine: Machine, args: Arguments): Value {
  const [object, name] = args.positional;
  if (!object || name?.kind !== 'string') return unknown();
  if (object.kind === 'instance') {
    if (object.attributes.has(name.value) || member(object.cls, name.value)) return bool(true);
    return isClosed(object.cls) ? bool(false) : unknown();
  }
  if (object.kind === 'list' || object.kind === 'tuple')
    return bool(name.value === '__len__' || name.value === '__iter__' || name.value === '__getitem__');
  if (object.kind === 'number') return bool(false);
  return unknown();
}

function getAttribute(machine: Machine, args: Arguments): Value {
  const [object, name, otherwise] = args.positional;
  if (!object || name?.kind !== 'string') return unknown();
  if (
    otherwise &&
    object.kind === 'instance' &&
    !object.attributes.has(name.value) &&
    !member(object.cls, name.value)
  ) {
    return isClosed(object.cls) ? otherwise : unknown(name.value);
  }
  return machine.attribute(object, name.value);
}

function round(machine: Machine, args: Arguments): Value {
  const value = first(args);
  const digits = args.positional[1];
  if (value.kind !== 'number') return unknown();
  if (digits && digits.kind !== 'none') return value;
  if (!isKnown(value.size)) return value.float ? machine.freshNumber() : value;
  // Python rounds halves to even.
  const floor = Math.floor(value.size);
  const rest = value.size - floor;
  return number(rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor);
}

function sum(machine: Machine, args: Arguments): Value {
  const all = items(args.positional[0]);
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
  const lists = sources.map((source) => items(source));
  if (!callee || lists.length === 0 || lists.includes(undefined)) return list([], true);
  const known = lists as (readonly Value[])[];
  return list(known[0].map((_, index) => machine.call(callee, argumentsOf(...known.map((each) => each[index])), at)));
}

function filter(machine: Machine, args: Arguments, at: CallPlace): Value {
  const [callee, source] = args.positional;
  const all = items(source);
  if (!callee || !all) return list([], true);
  const tests = all.map((each) => truthOf(callee.kind === 'none' ? each : machine.call(callee, argumentsOf(each), at)));
  return tests.includes(undefined) ? list([], true) : list(all.filter((_, index) => tests[index] === true));
}

function makeDict(_machine: Machine, args: Arguments): Value {
  const pairs: (readonly [Value, Value])[] = [];
  let { open } = args;
  const [source] = args.positional;
  if (source?.kind === 'dict') {
    pairs.push(...source.entries.values());
    open ||= source.open;
  } else if (source) {
    const all = items(source);
    for (const pair of all ?? [])
      if (pair.kind === 'tuple' || pair.kind === 'list') pairs.push([pair.items[0], pair.items[1] ?? NONE]);
    open ||= !all;
  }
  return dict([...pairs, ...[...args.keywords].map(([name, value]) => [string(name), value] as const)], open);
}

function typeOf(args: Arguments): Value {
  const value = first(args);
  if (value.kind === 'instance') return value.cls;
  if (value.kind === 'layer') return { kind: 'external', name: value.spec.callee };
  const names: Partial<Record<Value['kind'], string>> = {
    list: 'list',
    tuple: 'tuple',
    string: 'str',
    bool: 'bool',
    dict: 'dict',
  };
  const name = value.kind === 'number' ? (value.float ? 'float' : 'int') : names[value.kind];
  return name ? builtins.get(name)! : unknown();
}

function superOf(args: Arguments): Value {
  const [cls, self] = args.positional;
  return cls?.kind === 'class' && self ? { kind: 'super', self, after: cls } : unknown();
}

const implementations: Readonly<Record<string, Implementation>> = {
  len: length,
  int: toInt,
  float: (_machine, args) => {
    const value = first(args);
    if (value.kind === 'string') return number(Number(value.value), true);
    return value.kind === 'number' ? number(value.size, true) : unknown();
  },
  bool: (_machine, args) => truthValue(truthOf(first(args))),
  str: (_machine, args) => {
    const text = textOf(first(args));
    return text === undefined ? unknown() : string(text);
  },
  repr: (_machine, args) => {
    const text = textOf(first(args));
    return text === undefined ? unknown() : string(text);
  },
  max: extremes('max'),
  min: extremes('min'),
  range,
  list: sequence('list'),
  tuple: sequence('tuple'),
  set: sequence('set'),
  frozenset: sequence('set'),
  dict: makeDict,
  zip,
  enumerate: (_machine, args) => {
    const all = items(args.positional[0]);
    const start = knownInt(args.positional[1] ?? args.keywords.get('start') ?? number(0)) ?? 0;
    return all ? list(all.map((each, index) => tuple([number(index + start), each]))) : list([], true);
  },
  reversed: (_machine, args) => {
    const all = items(args.positional[0]);
    return all ? list([...all].reverse()) : list([], true);
  },
  sorted: (machine, args) => {
    const all = items(args.positional[0]);
    const sizes = all?.map((each) => machine.knownSize(each));
    if (!all || args.keywords.has('key') || !sizes?.every((size) => size !== undefined && isKnown(size)))
      return list([], true);
    const ordered = [...all].sort((a, b) => Number(machine.knownSize(a)) - Number(machine.knownSize(b)));
    return list(truthOf(args.keywords.get('reverse') ?? bool(false)) ? ordered.reverse() : ordered);
  },
  any: quantify(true),
  all: quantify(false),
  sum,
  map,
  filter,
  abs: (_machine, args) => {
    const value = first(args);
    if (value.kind === 'tensor') return value;
    return value.kind === 'number' && isKnown(value.size) ? number(Math.abs(value.size), value.float) : unknown();
  },
  pow: (machine, args) => machine.binary('**', first(args), args.positional[1] ?? unknown(), NO_PLACE),
  divmod: (machine, args) => {
    const [a, b] = [machine.sizeOf(first(args)), machine.sizeOf(args.positional[1])];
    return tuple([number(machine.simple(() => floorDivide(a, b))), number(machine.simple(() => modulo(a, b)))]);
  },
  round,
  isinstance: (machine, args) => truthValue(isInstance(machine, first(args), args.positional[1] ?? unknown())),
  issubclass: (machine, args) => truthValue(isSubclass(machine, first(args), args.positional[1] ?? unknown())),
  callable: (_machine, args) => {
    const { kind } = first(args);
    if (
      ['function', 'class', 'layer', 'container', 'instance', 'external', 'partial', 'method', 'builtin'].includes(kind)
    )
      return bool(true);
    return ['number', 'string', 'none', 'list', 'tuple', 'dict', 'bool'].includes(kind) ? bool(false) : unknown();
  },
  hasattr: hasAttribute,
  getattr: getAttribute,
  setattr: (machine, args) => {
    const [object, name, value] = args.positional;
    if (object && name?.kind === 'string' && value) machine.setAttribute(object, name.value, value);
    return NONE;
  },
  type: (_machine, args) => typeOf(args),
  super: (_machine, args) => superOf(args),
  print: () => NONE,
  iter: (_machine, args) => first(args),
  next: (machine, args) => {
    const source = first(args);
    if (source.kind !== 'list' || source.open || source.items.length === 0) return unknown();
    machine.touch(source);
    const [head, ...rest] = source.items;
    source.items = rest;
    return head;
  },
  slice: (_machine, args) => {
    const [a, b, c] = args.positional;
    return b
      ? { kind: 'slice', lower: a, upper: b, step: c ?? NONE }
      : { kind: 'slice', lower: NONE, upper: a ?? NONE, step: NONE };
  },
  eval: () => unknown(),
  id: () => unknown(),
  exit: () => NONE,
  object: () => unknown(),
};

/** The functions that Python itself provides. */
export const builtins: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.entries(implementations).map(([name, implementation]) => [name, builtin(name, implementation)] as const),
  ['object', { kind: 'external', name: 'object' }],
  ...[
    'Exception',
    'ValueError',
    'RuntimeError',
    'NotImplementedError',
    'TypeError',
    'KeyError',
    'AssertionError',
    'ImportError',
    'AttributeError',
  ].map((name) => [name, { kind: 'external', name }] as const),
]);
