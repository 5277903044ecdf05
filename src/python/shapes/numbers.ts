import { asDtype, dtypeNamed, type Numbers, numbersOf, rounded, widest } from '../model/contents';
import type { Applied } from '../model/library';
import { knownInt } from '../model/make';
import type { Dtype } from '../model/tensor';
import type { Value } from '../model/value';

type Unary = (value: number) => number;
type Binary = (a: number, b: number) => number;

/** Halves go to the even neighbour, in PyTorch, NumPy and Python alike. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

const floorModulo: Binary = (a, b) => a - b * Math.floor(a / b);

/** Of the same type as the operand. */
const KEEPING: Readonly<Record<string, Unary>> = {
  neg: (value) => -value,
  negative: (value) => -value,
  abs: Math.abs,
  absolute: Math.abs,
  sign: Math.sign,
  square: (value) => value * value,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  fix: Math.trunc,
  round: roundHalfEven,
  relu: (value) => Math.max(value, 0),
  clone: (value) => value,
  detach: (value) => value,
  contiguous: (value) => value,
  copy: (value) => value,
  cpu: (value) => value,
};

/** Whole numbers become floating ones. */
const FLOATING: Readonly<Record<string, Unary>> = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
};

const CASTS: Readonly<Record<string, Dtype>> = {
  float: 'float32',
  double: 'float64',
  int: 'int',
  long: 'int',
  bool: 'bool',
};

const ARITHMETIC: Readonly<Record<string, Binary>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  subtract: (a, b) => a - b,
  mul: (a, b) => a * b,
  multiply: (a, b) => a * b,
  pow: (a, b) => a ** b,
  power: (a, b) => a ** b,
  floor_divide: (a, b) => Math.floor(a / b),
  remainder: floorModulo,
  maximum: Math.max,
  minimum: Math.min,
  bitwise_and: (a, b) => Number(BigInt(a) & BigInt(b)),
  bitwise_or: (a, b) => Number(BigInt(a) | BigInt(b)),
  bitwise_xor: (a, b) => Number(BigInt(a) ^ BigInt(b)),
};
/** Of whole numbers only; of truths they are truths. */
const BITWISE = new Set(['bitwise_and', 'bitwise_or', 'bitwise_xor']);
const DIVIDING = new Set(['div', 'divide', 'true_divide']);
const COMPARING: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

/** The function of the same meaning for each of Python's operators. */
export const OPERATIONS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floor_divide',
  '%': 'remainder',
  '**': 'pow',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '&': 'bitwise_and',
  '|': 'bitwise_or',
  '^': 'bitwise_xor',
};

const floatOf = (numbers: Numbers): Dtype => (numbers.numpy ? 'float64' : 'float32');

export function mapped(name: string, x: Numbers): Numbers | undefined {
  const cast = CASTS[name];
  if (cast) return asDtype(x, cast);
  const keeping = KEEPING[name];
  if (keeping) return asDtype({ ...x, items: x.items.map(keeping) }, x.dtype);
  const floating = FLOATING[name];
  if (!floating) return undefined;
  const dtype = x.dtype === 'int' || x.dtype === 'bool' ? floatOf(x) : x.dtype;
  return asDtype({ ...x, items: x.items.map(floating) }, dtype);
}

/** The type of a result: a Python number does not widen a tensor of its own kind. */
function resultType(a: Numbers, b: Numbers): Dtype {
  const [scalar, whole] = a.shape.length === 0 ? [a, b] : [b, a];
  if (scalar.shape.length > 0 || (a.shape.length === 0 && b.shape.length === 0)) return widest([a.dtype, b.dtype]);
  const floating = (dtype: Dtype): boolean => dtype === 'float32' || dtype === 'float64';
  if (floating(whole.dtype)) return whole.dtype;
  return floating(scalar.dtype) ? floatOf(whole) : widest([whole.dtype, scalar.dtype]);
}

/** One operand for each element of the other: equal shapes, or one that is a single number. */
function paired(
  a: Numbers,
  b: Numbers,
): { readonly shape: readonly number[]; readonly pairs: [number, number][] } | undefined {
  if (a.shape.join() === b.shape.join())
    return { shape: a.shape, pairs: a.items.map((item, index) => [item, b.items[index]]) };
  if (b.items.length === 1 && b.shape.length <= a.shape.length)
    return { shape: a.shape, pairs: a.items.map((item) => [item, b.items[0]]) };
  if (a.items.length === 1 && a.shape.length <= b.shape.length)
    return { shape: b.shape, pairs: b.items.map((item) => [a.items[0], item]) };
  return undefined;
}

export function combined(name: string, a: Numbers, b: Numbers): Numbers | undefined {
  const matched = paired(a, b);
  if (!matched) return undefined;
  const { shape, pairs } = matched;
  const numpy = a.numpy || b.numpy;
  const comparing = COMPARING[name];
  if (comparing) return { shape, items: pairs.map(([p, q]) => Number(comparing(p, q))), dtype: 'bool', numpy };
  const type = resultType(a, b);
  const divides = DIVIDING.has(name);
  const compute = divides ? (p: number, q: number): number => p / q : ARITHMETIC[name];
  if (!compute) return undefined;
  const whole = type === 'int' || type === 'bool';
  if (BITWISE.has(name)) {
    if (!whole) return undefined;
    return { shape, items: pairs.map(([p, q]) => compute(p, q)), dtype: type, numpy };
  }
  const dtype = divides && whole ? floatOf({ ...a, numpy }) : type === 'bool' ? 'int' : type;
  // A whole number to a negative power, and a division by zero, are errors or not whole.
  const items = pairs.map(([p, q]) => compute(rounded(p, type) ?? NaN, rounded(q, type) ?? NaN));
  if (whole && !divides && !items.every(Number.isInteger)) return undefined;
  return asDtype({ shape, items, dtype, numpy }, dtype);
}

type Along = (row: readonly number[]) => readonly number[];

/** Applies something to every row along an axis that keeps its length. */
function along(x: Numbers, axis: number, act: Along): Numbers | undefined {
  const inner = x.shape.slice(axis + 1).reduce((all, each) => all * each, 1);
  const count = x.shape[axis];
  const items = [...x.items];
  for (let start = 0; start < items.length; start++) {
    if (Math.floor(start / inner) % count !== 0) continue;
    const places = Array.from({ length: count }, (_, index) => start + index * inner);
    const after = act(places.map((place) => x.items[place]));
    places.forEach((place, index) => {
      items[place] = after[index];
    });
  }
  return asDtype({ ...x, items }, x.dtype);
}

const running =
  (compute: Binary): Along =>
  (row) => {
    let sum: number | undefined;
    return row.map((value) => (sum = sum === undefined ? value : compute(sum, value)));
  };

const ALONG: Readonly<Record<string, Along>> = {
  cumsum: running((a, b) => a + b),
  cumprod: running((a, b) => a * b),
  flip: (row) => row.toReversed(),
  flipud: (row) => row.toReversed(),
  fliplr: (row) => row.toReversed(),
  msort: (row) => row.toSorted((a, b) => a - b),
};
/** Which axis is meant where none is named. */
const FIXED_AXIS: Readonly<Record<string, number>> = { flipud: 0, fliplr: 1, msort: 0 };

/** Reductions to one number. */
const WHOLE: Readonly<Record<string, (items: readonly number[]) => number>> = {
  sum: (items) => items.reduce((all, each) => all + each, 0),
  prod: (items) => items.reduce((all, each) => all * each, 1),
  max: (items) => Math.max(...items),
  min: (items) => Math.min(...items),
  amax: (items) => Math.max(...items),
  amin: (items) => Math.min(...items),
  any: (items) => Number(items.some((each) => each !== 0)),
  all: (items) => Number(items.every((each) => each !== 0)),
  mean: (items) => items.reduce((all, each) => all + each, 0) / items.length,
  argmax: (items) => items.indexOf(Math.max(...items)),
  argmin: (items) => items.indexOf(Math.min(...items)),
  count_nonzero: (items) => items.filter((each) => each !== 0).length,
};

/** The type of what a reduction gives; `undefined` where it is refused. */
function reducedType(name: string, x: Numbers): Dtype | undefined {
  if (name === 'any' || name === 'all') return 'bool';
  if (name === 'argmax' || name === 'argmin' || name === 'count_nonzero') return 'int';
  const whole = x.dtype === 'int' || x.dtype === 'bool';
  if (name === 'mean') return whole ? (x.numpy ? 'float64' : undefined) : x.dtype;
  return x.dtype === 'bool' && (name === 'sum' || name === 'prod') ? 'int' : x.dtype;
}

/** Rows along an axis made one number each. */
function reducedAlong(x: Numbers, axis: number, act: (row: readonly number[]) => number): number[] {
  const inner = x.shape.slice(axis + 1).reduce((all, each) => all * each, 1);
  const count = x.shape[axis];
  return x.items.flatMap((_, start) =>
    Math.floor(start / inner) % count === 0
      ? [act(Array.from({ length: count }, (__, at) => x.items[start + at * inner]))]
      : [],
  );
}

/** Arguments that are looked at below; what has others is not known. */
const MODELLED = new Set(['input', 'other', 'rest', 'dim', 'keepdim', 'min', 'max', 'mask', 'value']);

/** A reduction of all elements to one, by its name. */
export function reducedWhole(name: string, x: Numbers): Numbers | undefined {
  const dtype = reducedType(name, x);
  return x.items.length === 0 || !dtype
    ? undefined
    : asDtype({ ...x, shape: [], items: [WHOLE[name](x.items)] }, dtype);
}

/** A running sum or product, or the order turned round. Truth values are counted. */
export function rowsAlong(name: string, x: Numbers, axis: number): Numbers | undefined {
  return along(x.dtype === 'bool' && name !== 'flip' ? { ...x, dtype: 'int' } : x, axis, ALONG[name]);
}

/**
 * What an operation on tensors makes of what its arguments hold, where that is known and modelled. An operation that is
 * not here forgets the contents: to hand them on, as every operation that keeps the shape once did, was wrong.
 */
export function numbersAfter(name: string, call: Applied): Numbers | undefined {
  const { bound } = call;
  const x = numbersOf(bound.get('input'));
  if (!x || [...bound.values.keys()].some((each) => !MODELLED.has(each) && bound.isGiven(each))) return undefined;
  const other = bound.get('other');
  if (other) {
    const y = numbersOf(other);
    return y && !bound.get('alpha') ? combined(name, x, y) : undefined;
  }
  const rest = bound.get('rest');
  const more = rest?.kind === 'tuple' ? rest.items : [];
  if (ALONG[name]) {
    const fixed = FIXED_AXIS[name] as number | undefined;
    if (fixed !== undefined) return fixed < x.shape.length ? rowsAlong(name, x, fixed) : undefined;
    const given = bound.get('dim') ?? bound.get('dims') ?? more[0];
    const axis =
      given === undefined && x.shape.length === 1
        ? 0
        : knownInt(
            (given?.kind === 'tuple' || given?.kind === 'list') && given.items.length === 1 ? given.items[0] : given,
          );
    const at = axis === undefined ? undefined : axis < 0 ? axis + x.shape.length : axis;
    return at !== undefined && at >= 0 && at < x.shape.length ? rowsAlong(name, x, at) : undefined;
  }
  if (name === 'to' || name === 'type' || name === 'astype') {
    const dtype = more.length === 1 ? dtypeNamed(more[0]) : undefined;
    return dtype && asDtype(x, dtype);
  }
  if (name === 'roll') {
    const alone = more.length === 1 || (more.length === 2 && knownInt(more[1]) === 0);
    const shift = alone && x.shape.length === 1 ? knownInt(more[0]) : undefined;
    const turn = shift === undefined ? 0 : -(((shift % x.items.length) + x.items.length) % x.items.length);
    return shift === undefined ? undefined : { ...x, items: [...x.items.slice(turn), ...x.items.slice(0, turn)] };
  }
  const whole = WHOLE[name];
  if (whole) return reducedNumbers(name, whole, x, bound);
  if (name === 'clamp' || name === 'clip') {
    const [low, high] = [bound.get('min') ?? more[0], bound.get('max') ?? more[1]].map((each) =>
      each && each.kind !== 'none' ? numbersOf(each) : null,
    );
    if (low === undefined || high === undefined || more.length > 2) return undefined;
    const raised = low ? combined('maximum', x, low) : x;
    const result = raised && high ? combined('minimum', raised, high) : raised;
    return result?.dtype === x.dtype ? result : undefined;
  }
  if (name === 'masked_fill') {
    const [mask, value] = [bound.get('mask') ?? more[0], bound.get('value') ?? more[1]].map(numbersOf);
    if (!mask || value?.items.length !== 1 || mask.shape.join() !== x.shape.join()) return undefined;
    return asDtype({ ...x, items: x.items.map((each, at) => (mask.items[at] !== 0 ? value.items[0] : each)) }, x.dtype);
  }
  if (name === 'fill' || name === 'zero') {
    const value = name === 'zero' ? 0 : numbersOf(bound.get('value') ?? more[0])?.items[0];
    return value === undefined ? undefined : asDtype({ ...x, items: x.items.map(() => value) }, x.dtype);
  }
  return more.length === 0 ? mapped(name, x) : undefined;
}

function reducedNumbers(
  name: string,
  act: (items: readonly number[]) => number,
  x: Numbers,
  bound: Applied['bound'],
): Numbers | undefined {
  const dtype = reducedType(name, x);
  const given = bound.get('dim');
  const keep = bound.flag('keepdim') !== false && !bound.isNone('keepdim');
  if (!dtype || x.items.length === 0) return undefined;
  if (!given || given.kind === 'none')
    return keep ? undefined : asDtype({ ...x, shape: [], items: [act(x.items)] }, dtype);
  const dim = knownInt(given);
  const axis = dim === undefined ? undefined : dim < 0 ? dim + x.shape.length : dim;
  if (axis === undefined || axis < 0 || axis >= x.shape.length) return undefined;
  const shape = keep ? x.shape.with(axis, 1) : x.shape.toSpliced(axis, 1);
  return asDtype({ ...x, shape, items: reducedAlong(x, axis, act) }, dtype);
}

/** A row in its order, or the places from which its numbers come. */
export function inOrder(x: Numbers | undefined, descending: boolean, places = false): Numbers | undefined {
  if (x?.shape.length !== 1) return undefined;
  const from = x.items
    .map((_, place) => place)
    .sort((a, b) => (descending ? x.items[b] - x.items[a] : x.items[a] - x.items[b]) || a - b);
  // Of equal numbers PyTorch may name any first, unless it is asked to keep their order.
  if (places) return { ...x, items: from, dtype: 'int' };
  return { ...x, items: from.map((place) => x.items[place]) };
}

/** `where(condition, a, b)` of known numbers of one shape, or single ones. */
export function chosen(condition: Value | undefined, a: Value | undefined, b: Value | undefined): Numbers | undefined {
  const [which, yes, no] = [condition, a, b].map(numbersOf);
  if (!which || !yes || !no) return undefined;
  const fits = (each: Numbers): boolean => each.items.length === 1 || each.shape.join() === which.shape.join();
  if (!fits(yes) || !fits(no)) return undefined;
  const dtype = resultType({ ...yes, shape: which.shape }, no);
  const at = (each: Numbers, index: number): number => each.items[each.items.length === 1 ? 0 : index];
  return asDtype({ ...which, items: which.items.map((each, index) => at(each !== 0 ? yes : no, index)) }, dtype);
}
