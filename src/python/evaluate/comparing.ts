import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import { argumentsOf, keyOfValue, unknown } from '../model/make';
import { truthOf } from '../model/truth';
import type { ListValue, Value } from '../model/value';
import { isKnown, subtract } from '../sizes/size';
import type { CompareOperator } from '../syntax/ast';
import { member } from './classes';
import { same } from './join';
import { goThrough } from './iteration';
import { asNumber } from './operators';

/** What a comparison gives, where that can be told. */
export function compare(machine: Machine, operator: CompareOperator, left: Value, right: Value): boolean | undefined {
  switch (operator) {
    case 'is':
      return identical(machine, left, right);
    case '==':
      return equals(machine, left, right);
    case 'is not':
      return not(identical(machine, left, right));
    case '!=':
      return differs(machine, left, right) ?? not(equals(machine, left, right));
    case 'in':
      return contains(machine, right, left);
    case 'not in':
      return not(contains(machine, right, left));
    case '<':
    case '>':
    case '<=':
    case '>=':
      return ordered(machine, operator, left, right);
    default:
      return operator satisfies never;
  }
}

function ordered(machine: Machine, operator: '<' | '>' | '<=' | '>=', left: Value, right: Value): boolean | undefined {
  const [a, b] = [left, right].map((value) =>
    value.kind === 'number' || value.kind === 'bool' ? asNumber(machine, value)?.size : undefined,
  );
  if (a === undefined || b === undefined) return undefined;
  const difference = machine.simple(() => subtract(a, b));
  if (!isKnown(difference)) return undefined;
  if (operator === '<') return difference < 0;
  if (operator === '>') return difference > 0;
  return operator === '<=' ? difference <= 0 : difference >= 0;
}

/** Kinds whose values are never equal to one of another kind. */
const DECIDED = new Set<Value['kind']>([
  'number',
  'bool',
  'string',
  'none',
  'list',
  'tuple',
  'dict',
  'layer',
  'container',
  'instance',
  'class',
  'function',
  'external',
  'tensor',
  'method',
  'builtin',
  'partial',
]);

const not = (truth: boolean | undefined): boolean | undefined => (truth === undefined ? undefined : !truth);

/** Whether both are one object, which two that are equal need not be. */
function identical(machine: Machine, left: Value, right: Value): boolean | undefined {
  if (left.kind === 'instance' || right.kind === 'instance')
    return left === right ? true : DECIDED.has(left.kind) && DECIDED.has(right.kind) ? false : undefined;
  const equal = equals(machine, left, right);
  if (equal !== true || left === right) return equal;
  if ((left.kind === 'bool') !== (right.kind === 'bool')) return false;
  return ['list', 'tuple', 'dict', 'set'].includes(left.kind) ? undefined : true;
}

/** What a class of the program's says of itself and another value, by the first of two that says anything. */
function asked(machine: Machine, name: string, left: Value, right: Value): Value | undefined {
  for (const [self, other] of [
    [left, right],
    [right, left],
  ])
    if (self.kind === 'instance') {
      const method = member(self.cls, name);
      if (method?.kind === 'function') return machine.callFunction(method, argumentsOf(other), undefined, self);
      if (method) return unknown();
    }
  return undefined;
}

function differs(machine: Machine, left: Value, right: Value): boolean | undefined {
  const own = asked(machine, '__ne__', left, right);
  return own && truthOf(own);
}

/** Whether a class and all above it are known, so that nobody else says what its objects are equal to. */
const isPlain = (value: Value): boolean =>
  value.kind !== 'instance' ||
  (!value.native &&
    !value.cls.isDataclass &&
    value.cls.order.every(
      (base) =>
        base.kind === 'class' ||
        (base.kind === 'external' && /^(?:object|torch\.nn\.Module|enum\.(?:Enum|Flag))$/.test(base.name)),
    ));

function equals(machine: Machine, left: Value, right: Value): boolean | undefined {
  if (left.kind === 'unknown' && left.input && right.kind === 'none') return false;
  const own = asked(machine, '__eq__', left, right);
  if (own) return truthOf(own);
  if (left.kind === 'shape' || right.kind === 'shape' || left.kind === 'choice' || right.kind === 'choice')
    return undefined;
  if (!DECIDED.has(left.kind) || !DECIDED.has(right.kind))
    return left === right && left.kind !== 'unknown' ? true : undefined;
  const [a, b] = [left, right].map((value) =>
    value.kind === 'number' || value.kind === 'bool' ? asNumber(machine, value) : undefined,
  );
  if (a && b) {
    const difference = machine.simple(() => subtract(a.size, b.size));
    return isKnown(difference) ? difference === 0 : undefined;
  }
  if (same(left, right)) return true;
  if (!isPlain(left) || !isPlain(right)) return left.kind === 'none' || right.kind === 'none' ? false : undefined;
  if (left.kind !== right.kind) return false;
  if ((left.kind === 'list' || left.kind === 'tuple') && (right.kind === 'list' || right.kind === 'tuple')) {
    if (left.open || right.open) return undefined;
    if (left.items.length !== right.items.length) return false;
    const parts = left.items.map((item, index) => equals(machine, item, right.items[index]));
    return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  }
  const [x, y] = [keyOfValue(left), keyOfValue(right)];
  return x !== undefined && y !== undefined ? x === y : undefined;
}

function contains(machine: Machine, holder: Value, item: Value): boolean | undefined {
  if (holder.kind === 'string') return item.kind === 'string' ? holder.value.includes(item.value) : undefined;
  if (holder.kind === 'dict') {
    const key = keyOfValue(item);
    if (key === undefined) return undefined;
    if (holder.entries.has(key)) return true;
    if (holder.open && item.kind === 'string' && machine.modules.register(holder, item.value))
      return contains(machine, holder, item);
    return holder.open ? undefined : false;
  }
  if (holder.kind === 'container' && holder.type === 'dict')
    return item.kind === 'string' ? holder.names.includes(item.value) : undefined;
  if (holder.kind === 'list' && holder.once) return soughtIn(machine, holder, item);
  const known = iterate(holder);
  const items =
    known ?? (holder.kind === 'list' || holder.kind === 'tuple' || holder.kind === 'set' ? holder.items : []);
  const parts = items.map((each) => equals(machine, each, item));
  // What else is in a list of which not all is known may be anything.
  if (!known) return parts.includes(true) ? true : undefined;
  return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
}

/** An iterator is read as far as the item, and what it is asked for then stands behind that. */
function soughtIn(machine: Machine, holder: ListValue, item: Value): boolean | undefined {
  let isThere: boolean | undefined;
  goThrough(machine, holder, false, (items) => {
    const parts = items.map((each) => equals(machine, each, item));
    const at = parts.findIndex((each) => each !== false);
    isThere = at < 0 ? false : parts[at];
    return at < 0 ? 'all' : isThere ? at + 1 : 'some';
  });
  return isThere;
}
