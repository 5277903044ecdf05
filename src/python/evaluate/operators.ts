import { doubting } from '../model/doubt';
import { holding, numbersOf } from '../model/contents';
import { iterate, LONGEST_TEXT, MOST_ITEMS } from '../model/iterate';
import type { Machine } from '../model/machine';
import { bool, FAILED, list, NO_ARGUMENTS, number, string, unknown } from '../model/make';
import { joinPath } from '../model/paths';
import { RAISED } from '../model/raised';
import { asScalar, forgotten, knownData } from '../model/tensor';
import { formattedText, textOf } from '../model/text';
import { truthOf } from '../model/truth';
import type { CallPlace, NumberValue, Value } from '../model/value';
import { broadcast, matrixProduct, withAnything } from '../shapes/elementwise';
import { openTensor } from '../shapes/sizesGiven';
import { combined, mapped, OPERATIONS } from '../shapes/numbers';
import { add, extreme, floorDivide, isKnown, modulo, multiply, scale, type Size, subtract } from '../sizes/size';
import type { BinaryOperator, UnaryOperator } from '../syntax/ast';
import { member } from './classes';
import { combinedSets } from './listMethods';

export function unary(machine: Machine, operator: UnaryOperator, operand: Value): Value {
  if (operator === 'not') {
    const truth = truthOf(operand);
    return truth === undefined ? unknown() : bool(!truth);
  }
  if (operand.kind === 'tensor') {
    const numbers = operator === '-' ? numbersOf(operand) : undefined;
    return holding(forgotten(operand), numbers && mapped('neg', numbers));
  }
  const value = asNumber(machine, operand);
  if (!value) return operand.kind === 'unknown' && operand.failed ? FAILED : unknown();
  if (operator === '-') {
    const negative = number(scale(value.size, -1), value.float);
    return mayBeArray(operand) ? perhapsArray(negative) : negative;
  }
  if (operator === '+') return value;
  return isKnown(value.size) && !value.float && value.exact === undefined ? number(-value.size - 1) : unknown();
}

export function asNumber(machine: Machine, value: Value): NumberValue | undefined {
  if (value.kind === 'number') return value;
  if (value.kind === 'bool') return number(Number(value.value));
  // An unknown value in arithmetic with sizes is a size of that name. A tensor parameter of an entry point is none.
  if (value.kind === 'unknown' && !value.failed && !value.tensor && !value.input) return machine.symbolOf(value);
  const held = value.kind === 'tensor' ? knownData(value) : undefined;
  if (held?.kind === 'number') return held;
  return undefined;
}

export function binary(machine: Machine, operator: BinaryOperator, left: Value, right: Value, at: CallPlace): Value {
  if ((left.kind === 'unknown' && left.failed) || (right.kind === 'unknown' && right.failed)) return FAILED;
  const sequence = sequences(machine, operator, left, right);
  if (sequence) return sequence;
  if (isTensor(left) || isTensor(right)) {
    const given = { ...NO_ARGUMENTS, positional: [left, right] };
    return doubting(machine, given, () => tensors(machine, operator, left, right, at));
  }
  if (left.kind === 'unknown' && right.kind === 'unknown' && !(left.symbol && right.symbol)) {
    if (left.name === undefined || right.name === undefined) return unknown();
  }
  const overloaded = overload(machine, operator, left, right);
  if (overloaded) return overloaded;
  const [a, b] = [asNumber(machine, left), asNumber(machine, right)];
  if (!a || !b) return unknown();
  const result = arithmetic(machine, operator, a, b);
  const told = mayBeArray(left) || mayBeArray(right) ? perhapsArray(result) : result;
  return a.scalar || b.scalar ? asScalar(told) : told;
}

const mayBeArray = (value: Value): boolean =>
  value.kind === 'unknown' || (value.kind === 'number' && value.perhapsArray === true);

const perhapsArray = (value: Value): Value =>
  value.kind === 'number' && !isKnown(value.size) ? { ...value, perhapsArray: true } : value;

const isTensor = (value: Value): boolean =>
  value.kind === 'tensor' || (value.kind === 'unknown' && (value.tensor !== undefined || value.input === true));

/** What an operator makes of tensors, with what the result holds where that is known. */
function tensors(machine: Machine, operator: BinaryOperator, left: Value, right: Value, at: CallPlace): Value {
  const result = tensorShapes(machine, operator, left, right, at);
  if (result.kind !== 'tensor') return result;
  const [a, b] = [left, right].map(numbersOf);
  const name = OPERATIONS[operator];
  return holding(forgotten(result), a && b && name ? combined(name, a, b) : undefined);
}

function tensorShapes(machine: Machine, operator: BinaryOperator, left: Value, right: Value, at: CallPlace): Value {
  const [a, b] = [left, right].map((value) =>
    value.kind === 'unknown' && !isTensor(value) ? value : machine.asTensor(value),
  );
  if (!a || !b) return a?.kind === 'tensor' ? a : b?.kind === 'tensor' ? b : unknown();
  // A product with a matrix of which nothing is known has other sizes.
  if (operator === '@' && (a.kind === 'unknown' || b.kind === 'unknown')) return openTensor();
  // A number, or something unknown that may be one, leaves the shape of a tensor of at least one axis as it is… unless
  // it is a larger tensor.
  if (a.kind === 'unknown') return left.kind === 'number' ? b : likely(machine, b);
  if (b.kind === 'unknown') return right.kind === 'number' ? a : likely(machine, a);
  return operator === '@' ? matrixProduct(machine, a, b, at) : broadcast(machine, [a, b], at);
}

/** What an operation with something of which nothing is known makes of a tensor. */
const likely = (machine: Machine, value: Value): Value =>
  value.kind === 'tensor' ? withAnything(machine, value) : value;

function sequences(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (left.kind === 'string' && operator === '%') return formatPercent(left.value, right);
  if (left.kind === 'string' && right.kind === 'string' && operator === '+')
    return left.value.length + right.value.length <= LONGEST_TEXT ? string(left.value + right.value) : unknown();
  // Paths are texts here, and only paths have a `/`.
  if (left.kind === 'string' && right.kind === 'string' && operator === '/')
    return string(joinPath([left.value, right.value]));
  if (left.kind === 'set' && right.kind === 'set') return combinedSets(operator, left, right);
  if (operator === '*') {
    const [sequence, times] = left.kind === 'number' ? [right, left] : [left, right];
    if (sequence.kind === 'list' || sequence.kind === 'tuple' || sequence.kind === 'string') {
      const count = machine.knownSize(times);
      const known = count !== undefined && isKnown(count) && count <= 4096;
      if (sequence.kind === 'string')
        return known && sequence.value.length * count <= LONGEST_TEXT
          ? string(sequence.value.repeat(Math.max(0, count)))
          : unknown();
      if (!known || sequence.items.length * count > MOST_ITEMS) return { ...sequence, items: [], open: true };
      return { ...sequence, items: Array.from({ length: Math.max(0, count) }, () => sequence.items).flat() };
    }
  }
  if (operator === '+' && left.kind === 'container' && right.kind === 'container')
    return {
      ...left,
      items: [...left.items, ...right.items],
      names: [...left.items, ...right.items].map((_, at) => String(at)),
      open: left.open || right.open,
    };
  if (operator === '+' && (isSequence(left) || isSequence(right))) {
    if (!isSequence(left) || !isSequence(right)) {
      const other = isSequence(left) ? right : left;
      return other.kind === 'unknown' ? list([], true) : other.kind === 'tensor' ? undefined : unknown();
    }
    const kind = left.kind === 'tuple' ? 'tuple' : 'list';
    const [a, b] = [iterate(left), iterate(right)];
    return a && b ? { kind, items: [...a, ...b], open: false } : { kind, items: [], open: true };
  }
  return undefined;
}

const isSequence = (value: Value): boolean => value.kind === 'list' || value.kind === 'tuple' || value.kind === 'shape';

function formatPercent(text: string, right: Value): Value {
  const values = right.kind === 'tuple' ? [...right.items] : [right];
  let failed = false;
  const filled = text.replace(/%(0?\d*)([dsi%]?)/g, (_whole, width: string, kind: string) => {
    if (kind === '%' && width === '') return kind;
    const next = kind === '' || kind === '%' ? undefined : values.shift();
    // A text of a width stands at the other end than in other formats.
    const isWhole = kind !== 's' && next?.kind === 'number' && !next.float;
    const piece =
      next && (isWhole ? formattedText(next, width) : kind === 's' && width === '' ? textOf(next) : undefined);
    if (piece === undefined) failed = true;
    return piece ?? '';
  });
  return failed ? unknown() : string(filled);
}

const OVERLOADS: Partial<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '@': 'matmul',
  '%': 'mod',
  '**': 'pow',
  '|': 'or',
};

function overload(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const name = OVERLOADS[operator];
  if (!name) return undefined;
  if (left.kind === 'instance' && member(left.cls, `__${name}__`))
    return machine.call(machine.attribute(left, `__${name}__`), { ...NO_ARGUMENTS, positional: [right] }, undefined);
  if (right.kind === 'instance' && member(right.cls, `__r${name}__`))
    return machine.call(machine.attribute(right, `__r${name}__`), { ...NO_ARGUMENTS, positional: [left] }, undefined);
  if (operator === '|' && left.kind === 'dict' && right.kind === 'dict')
    return { kind: 'dict', entries: new Map([...left.entries, ...right.entries]), open: left.open || right.open };
  return undefined;
}

function arithmetic(machine: Machine, operator: BinaryOperator, left: NumberValue, right: NumberValue): Value {
  const [a, b] = [left.size, right.size];
  const float = left.float || right.float;
  if (b === 0 && ['/', '//', '%'].includes(operator)) throw RAISED;
  if (!float && isWhole(a) && isWhole(b)) {
    const short = left.exact === undefined && right.exact === undefined ? shortWhole(operator, a, b) : undefined;
    if (short !== undefined) return number(short);
    const exact = whole(operator, left.exact ?? BigInt(a), right.exact ?? BigInt(b));
    if (exact !== undefined) return exact;
  }
  const make = (compute: () => Size, isFloat = float): Value => number(machine.simple(compute), isFloat);
  switch (operator) {
    case '+':
      return make(() => add(a, b));
    case '-':
      return make(() => subtract(a, b));
    case '*':
      return make(() => multiply(a, b));
    case '/':
      if (!isKnown(b)) return quotient(machine, a, b);
      return make(() => (isKnown(a) ? a / b : scale(a, 1 / b)), true);
    case '//':
      if (float && !(isKnown(a) && isKnown(b))) return unknown();
      return make(() => floorDivide(a, b));
    case '%':
      if (float && !(isKnown(a) && isKnown(b))) return unknown();
      return make(() => modulo(a, b));
    case '**':
      return power(machine, a, b, float);
    case '<<':
      return isKnown(b) ? make(() => multiply(a, 2 ** b)) : unknown();
    case '>>':
      return isKnown(b) ? make(() => floorDivide(a, 2 ** b)) : unknown();
    // Of whole numbers that are known, above.
    case '&':
    case '|':
    case '^':
    case '@':
      return unknown();
    default:
      return operator satisfies never;
  }
}

const isWhole = (size: Size): size is number => Number.isInteger(size);

/** Of two whole numbers below this a double's quotient never reaches the next whole number by rounding. */
const SHORT = 2 ** 32;

/**
 * What `whole` gives where all digits are surely right without it: nearly always, and that one makes three objects and
 * a text.
 */
function shortWhole(operator: BinaryOperator, a: number, b: number): number | undefined {
  if (Math.abs(a) > SHORT || Math.abs(b) > SHORT) return undefined;
  switch (operator) {
    // Adding zero keeps −0 out.
    case '+':
      return a + b + 0;
    case '-':
      return a - b + 0;
    case '//':
      return Math.floor(a / b) + 0;
    case '%':
      return a - Math.floor(a / b) * b + 0;
    case '*': {
      const result = a * b + 0;
      return Number.isSafeInteger(result) ? result : undefined;
    }
    default:
      return undefined;
  }
}

/** Beyond this no shape is decided, and the time that a power takes grows. */
const MOST_BITS = 4_096n;

/**
 * Of whole numbers, as Python has them, of any length. `undefined`: no operator of whole numbers.
 */
function whole(operator: BinaryOperator, a: bigint, b: bigint): Value | undefined {
  const floor = (): bigint => (a % b !== 0n && a < 0n !== b < 0n ? a / b - 1n : a / b);
  const bits = a.toString(2).length;
  const compute = (): bigint | undefined => {
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '//':
        return floor();
      case '%':
        return a - floor() * b;
      case '**':
        return b >= 0n && BigInt(bits) * b <= MOST_BITS ? a ** b : undefined;
      case '<<':
        return b >= 0n && BigInt(bits) + b <= MOST_BITS ? a << b : undefined;
      case '>>':
        return b >= 0n ? a >> b : undefined;
      case '&':
        return a & b;
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      default:
        return undefined;
    }
  };
  const result = compute();
  if (result === undefined) return undefined;
  const size = Number(result);
  if (!Number.isFinite(size)) return unknown();
  return BigInt(size) === result ? number(size) : { kind: 'number', size, float: false, exact: result };
}

/** A quotient by a symbol stays a quotient until it is truncated; only exact ones can be told apart. */
function quotient(machine: Machine, a: Size, b: Size): Value {
  const floor = machine.simple(() => floorDivide(a, b));
  const back = machine.simple(() => subtract(multiply(floor, b), a));
  return back === 0 ? number(floor, true) : unknown();
}

function power(machine: Machine, a: Size, b: Size, float: boolean): Value {
  if (isKnown(a) && isKnown(b)) return number(a ** b, float || b < 0);
  if (isKnown(b) && Number.isInteger(b) && b >= 0 && b <= 6) {
    return number(
      machine.simple(() => Array.from({ length: b }, () => a).reduce<Size>(multiply, 1)),
      float,
    );
  }
  return unknown();
}

export const largest = (machine: Machine, kind: 'max' | 'min', a: Size, b: Size): Size =>
  machine.simple(() => extreme(kind, a, b));
