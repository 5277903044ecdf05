import { deviceText } from '../model/device';
import { EXCEPTIONS } from '../model/exceptions';
import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import {
  argumentsOf,
  bool,
  builtin,
  dict,
  knownInt,
  list,
  NO_ARGUMENTS,
  NONE,
  number,
  string,
  tuple,
  unknown,
} from '../model/make';
import { openFile } from '../findings/openFiles';
import { knownData, sureRank } from '../model/tensor';
import { reprOf, textOf } from '../model/text';
import { RAISED } from '../model/raised';
import { truthValue } from '../model/truth';
import { type Arguments, type CallPlace, NO_PLACE, type Value } from '../model/value';
import { isKnown, type Size, truncate, wholePart } from '../sizes/size';
import { isClosed, member } from './classes';
import { deleteAttribute } from './deletion';
import { enumMembers } from './enumerations';
import { isInstance, isSubclass } from './isInstance';
import { attributeOr, hasAttribute } from './hasAttribute';
import { goThrough, iterationFunctions } from './iteration';
import { truthIn } from './truthiness';

type Implementation = (machine: Machine, args: Arguments, at: CallPlace) => Value;

const first = (args: Arguments): Value => args.positional[0] ?? unknown();

function length(machine: Machine, { positional: [value] }: Arguments): Value {
  if (!value) return unknown();
  switch (value.kind) {
    case 'string':
      return number([...value.value].length);
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
      return sureRank(value) ? number(value.cell.shape![0]) : machine.freshNumber('n');
    case 'shape':
      return value.tensor.cell.shape ? number(value.tensor.cell.shape.length) : unknown();
    case 'instance':
      if (member(value.cls, '__len__'))
        return machine.call(machine.attribute(value, '__len__'), NO_ARGUMENTS, undefined);
      return value.native ? length(machine, argumentsOf(value.native)) : unknown();
    case 'class': {
      const members = enumMembers(value);
      return members ? number(members.length) : unknown();
    }
    case 'range': {
      const all = iterate(value);
      return all ? number(all.length) : unknown();
    }
    default:
      return machine.freshNumber(value.kind === 'unknown' && value.name ? `len_${value.name}` : 'n');
  }
}

const raise = (): never => {
  throw RAISED;
};

/** Digits of the bases in which people write numbers. */
const DIGITS: Readonly<Record<number, RegExp>> = { 2: /^(0b)?[01]+$/, 8: /^(0o)?[0-7]+$/, 16: /^(0x)?[\da-f]+$/ };

function parsed(text: string, base: number | undefined): Value {
  const trimmed = text.trim().toLowerCase();
  if (base === 10) {
    if (/^[-+]?\d+$/.test(trimmed))
      return Math.abs(Number(trimmed)) <= Number.MAX_SAFE_INTEGER ? number(Number(trimmed)) : unknown();
    return trimmed.includes('_') ? unknown() : raise();
  }
  const digits = base === undefined ? undefined : DIGITS[base];
  return digits?.test(trimmed) ? number(parseInt(trimmed.replace(/^0[box]/, ''), base)) : unknown();
}

function toInt(machine: Machine, args: Arguments): Value {
  if (args.positional.length === 0 && !args.open) return number(0);
  const value = first(args);
  const base = args.positional[1] ?? args.keywords.get('base');
  if (value.kind === 'string') return parsed(value.value, base ? knownInt(base) : 10);
  if (base) return unknown();
  if (value.kind === 'bool') return number(Number(value.value));
  const held = value.kind === 'tensor' ? knownData(value) : undefined;
  if (held?.kind === 'number') return toInt(machine, { ...args, positional: [held] });
  if (value.kind === 'unknown' && !value.failed) return value.input ? unknown() : machine.symbolOf(value);
  if (value.kind !== 'number') return machine.freshNumber();
  if (!value.float && !machine.names.isWhole(value.size)) return number(wholePart(value.size));
  return number(machine.simple(() => truncate(value.size) ?? machine.freshSize()));
}

function range(machine: Machine, args: Arguments): Value {
  const sizes = args.positional.map((value) => machine.sizeOf(value));
  const [start, stop, step] = sizes.length === 1 ? [0, sizes[0], 1] : [sizes[0] ?? 0, sizes[1] ?? 0, sizes[2] ?? 1];
  return isKnown(step) && step !== 0 ? { kind: 'range', start, stop, step } : list([], true);
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
  const has = otherwise && hasAttribute(machine, argumentsOf(object, name));
  if (has?.kind === 'bool' && !has.value) return otherwise;
  if (otherwise && object.kind === 'dict' && !object.open && !object.entries.has(`s:${name.value}`)) return otherwise;
  return attributeOr(otherwise, () => machine.attribute(object, name.value));
}

/** `round(value, digits)`: halves that the binary form has exactly go to the even neighbour. */
function roundedTo(size: Size, digits: number | undefined): Value {
  if (!isKnown(size) || digits === undefined || digits < 0 || digits > 20) return unknown();
  const isHalf = Number.isInteger(size * 2 ** (digits + 1)) && Math.abs((size * 10 ** digits) % 1) === 0.5;
  const below = Math.floor(size * 10 ** digits);
  return number(isHalf ? (below + Math.abs(below % 2)) / 10 ** digits : Number(size.toFixed(digits)), true);
}

function round(machine: Machine, args: Arguments): Value {
  const value = first(args);
  const digits = args.positional[1];
  if (value.kind !== 'number') return unknown();
  if (digits && digits.kind !== 'none') return value.float ? roundedTo(value.size, knownInt(digits)) : value;
  if (!isKnown(value.size)) return value.float || !machine.names.isWhole(value.size) ? machine.freshNumber() : value;
  // Python rounds halves to even.
  const floor = Math.floor(value.size);
  const rest = value.size - floor;
  return number(rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor);
}

function makeDict(machine: Machine, args: Arguments): Value {
  const pairs: (readonly [Value, Value])[] = [];
  let { open } = args;
  const [source] = args.positional;
  if (source?.kind === 'dict') {
    pairs.push(...source.entries.values());
    open ||= source.open;
  } else if (source) {
    const all = goThrough(machine, source)?.map((pair) => iterate(pair));
    for (const pair of all ?? []) {
      if (pair?.length === 2) pairs.push([pair[0], pair[1]]);
      else open = true;
    }
    open ||= !all;
  }
  return dict([...pairs, ...[...args.keywords].map(([name, value]) => [string(name), value] as const)], open);
}

function typeOf(args: Arguments): Value {
  const value = first(args);
  if (value.kind === 'number' && value.scalar) return unknown();
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
    if (value.kind === 'string') {
      if (/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value.value)) return number(Number(value.value), true);
      return /inf|nan|_/i.test(value.value) ? unknown() : raise();
    }
    return value.kind === 'number' ? number(value.size, true) : unknown();
  },
  bool: (machine, args) => truthValue(truthIn(machine, first(args))),
  str: (machine, args) => {
    const text = textOf(first(args));
    return text === undefined ? (deviceText(machine, first(args)) ?? unknown()) : string(text);
  },
  repr: (_machine, args) => {
    const text = reprOf(first(args));
    return text === undefined ? unknown() : string(text);
  },
  range,
  ...iterationFunctions,
  dict: makeDict,
  abs: (machine, args, at) => {
    const value = first(args);
    if (value.kind === 'tensor') return machine.call(machine.attribute(value, 'abs'), NO_ARGUMENTS, at);
    return value.kind === 'number' && isKnown(value.size) ? number(Math.abs(value.size), value.float) : unknown();
  },
  pow: (machine, args) => {
    const power = machine.binary('**', first(args), args.positional[1] ?? unknown(), NO_PLACE);
    return args.positional[2] ? machine.binary('%', power, args.positional[2], NO_PLACE) : power;
  },
  divmod: (machine, args) => {
    const [a, b] = [first(args), args.positional[1] ?? unknown()];
    return tuple([machine.binary('//', a, b, NO_PLACE), machine.binary('%', a, b, NO_PLACE)]);
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
  open: (machine, args, at) => {
    const [file = args.keywords.get('file'), ...rest] = args.positional;
    return openFile(machine, file, { ...args, positional: rest }, at);
  },
  slice: (_machine, args) => {
    const [a, b, c] = args.positional;
    return b
      ? { kind: 'slice', lower: a, upper: b, step: c ?? NONE }
      : { kind: 'slice', lower: NONE, upper: a ?? NONE, step: NONE };
  },
  vars: (machine, args) => (args.positional[0] ? machine.attribute(args.positional[0], '__dict__') : unknown()),
  delattr: (machine, args) => {
    const [object, name] = args.positional;
    if (object && name?.kind === 'string') deleteAttribute(machine, object, name.value);
    return NONE;
  },
  ord: (_machine, args) => {
    const value = first(args);
    return value.kind === 'string' && value.value.length === 1 ? number(value.value.charCodeAt(0)) : unknown();
  },
  chr: (_machine, args) => {
    const code = knownInt(first(args));
    return code !== undefined && code >= 0 && code < 0xd800 ? string(String.fromCharCode(code)) : unknown();
  },
  bytes: () => unknown(),
  complex: () => unknown(),
  // What else a library has nobody here knows, so that only what is found in the list says something.
  dir: (machine, args) => {
    const value = first(args);
    return value.kind === 'external' ? list(machine.library.members(value.name).map(string), true) : unknown();
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
  ...EXCEPTIONS.map((name) => [name, { kind: 'external', name }] as const),
]);
