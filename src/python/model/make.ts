import type { Size } from '../sizes/size';
import type {
  Arguments,
  BoolValue,
  BuiltinValue,
  DictValue,
  InstanceValue,
  ListValue,
  NoneValue,
  NumberValue,
  StringValue,
  UnknownValue,
  Value,
} from './value';

export const NONE: NoneValue = { kind: 'none' };
export const TRUE: BoolValue = { kind: 'bool', value: true };
export const FALSE: BoolValue = { kind: 'bool', value: false };
/** Most calls give none; a Map for each of them was garbage. */
export const NO_KEYWORDS: Arguments['keywords'] = new Map();
export const NO_ARGUMENTS: Arguments = { positional: [], keywords: NO_KEYWORDS, open: false };

/** Most numbers of a program are sizes and indices, and each of them was an object again and again. */
const SMALL: readonly NumberValue[] = Array.from({ length: 1_025 }, (_, size) => ({
  kind: 'number',
  size,
  float: false,
}));
const isSmall = (size: Size): size is number => typeof size === 'number' && size >= 0 && size <= 1_024;

export const number = (size: Size, float = false): NumberValue =>
  !float && isSmall(size) && Number.isInteger(size) && !Object.is(size, -0)
    ? SMALL[size]
    : { kind: 'number', size, float };
export const string = (value: string): StringValue => ({ kind: 'string', value });
export const bool = (value: boolean): BoolValue => (value ? TRUE : FALSE);
export const list = (items: readonly Value[], open = false): ListValue => ({ kind: 'list', items, open });
export const tuple = (items: readonly Value[], open = false): ListValue => ({ kind: 'tuple', items, open });
/** What `keys`, `values` and `items` give: what is put into the dictionary later is seen there, too. */
export const view = (
  kind: 'list' | 'set',
  viewOf: NonNullable<ListValue['viewOf']>,
  items: () => Value[],
): ListValue => ({
  kind,
  viewOf,
  get items() {
    return items();
  },
  get open() {
    return viewOf.open;
  },
  // Nobody changes a view. What an image brings back is written all the same, and is there already.
  set items(_) {},
  set open(_) {},
});
export const unknown = (name?: string): UnknownValue => ({ kind: 'unknown', name });
/** The result of a step that would have raised. */
export const FAILED: UnknownValue = { kind: 'unknown', failed: true };

export const builtin = (name: string, call: BuiltinValue['call']): BuiltinValue => ({ kind: 'builtin', name, call });
export const argumentsOf = (...positional: Value[]): Arguments => ({ positional, keywords: NO_KEYWORDS, open: false });
/** Applied like a layer, returns what it is given: what `maybe a layer` is when it is none. */
export const IDENTITY: BuiltinValue = builtin('identity', (_machine, args) => args.positional[0] ?? unknown());

export function dict(pairs: readonly (readonly [Value, Value])[], open = false): DictValue {
  const entries = new Map<string, readonly [Value, Value]>();
  for (const [key, value] of pairs) entries.set(keyOfValue(key) ?? '?', [key, value]);
  return { kind: 'dict', entries, open: open || entries.has('?') };
}

const identities = new WeakMap<Value, number>();
let nextIdentity = 1;

export function identityOf(value: Value): number {
  let identity = identities.get(value);
  if (identity === undefined) identities.set(value, (identity = nextIdentity++));
  return identity;
}

/** Unknown values that are the same wherever they are met. */
const fixed = new WeakSet<Value>();

export function fixedUnknown(name: string): UnknownValue {
  const value = unknown(name);
  fixed.add(value);
  return value;
}

/** Whether an object is equal to itself alone, as far as its classes are known. */
const isIdentity = ({ cls }: InstanceValue): boolean =>
  !cls.isDataclass && cls.order.every((each) => each.kind !== 'class' || !each.members.has('__eq__'));

/** A dictionary key as text, or `undefined` when the value is not known well enough to be looked up. */
export function keyOfValue(value: Value): string | undefined {
  switch (value.kind) {
    case 'number':
      return typeof value.size === 'number' ? `n:${value.size}` : undefined;
    case 'bool':
      return `n:${Number(value.value)}`;
    case 'string':
      return `s:${value.value}`;
    case 'none':
      return 'none';
    case 'tuple': {
      const keys = value.items.map(keyOfValue);
      return value.open || keys.includes(undefined) ? undefined : `t:(${keys.join(',')})`;
    }
    case 'external':
      return `e:${value.name}`;
    case 'instance':
      return isIdentity(value) ? `o:${identityOf(value)}` : undefined;
    case 'class':
    case 'function':
    case 'layer':
    case 'builtin':
      return `o:${identityOf(value)}`;
    default:
      return fixed.has(value) ? `o:${identityOf(value)}` : undefined;
  }
}

export function knownInt(value: Value | undefined): number | undefined {
  if (value?.kind === 'bool') return Number(value.value);
  return value?.kind === 'number' && typeof value.size === 'number' && Number.isInteger(value.size)
    ? value.size
    : undefined;
}

export function isString(value: Value | undefined, ...texts: readonly string[]): boolean {
  return value?.kind === 'string' && texts.includes(value.value);
}
