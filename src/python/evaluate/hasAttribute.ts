import type { Machine } from '../model/machine';
import { bool, FALSE, unknown } from '../model/make';
import { Raised } from '../model/raised';
import type { Arguments, Value } from '../model/value';
import { isClosed, member } from './classes';

const names = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const NUMBERS = names(
  'as_integer_ratio bit_count bit_length conjugate denominator from_bytes fromhex hex imag is_integer numerator real to_bytes',
);

/** The attributes of Python's own kinds of values, without those between two underscores. */
const ATTRIBUTES: Partial<Record<Value['kind'], ReadonlySet<string>>> = {
  list: names('append clear copy count extend index insert pop remove reverse sort'),
  tuple: names('count index'),
  dict: names('clear copy fromkeys get items keys pop popitem setdefault update values'),
  none: new Set(),
  bool: NUMBERS,
  number: NUMBERS,
};
/** Between two underscores: what every collection has, and no number. */
const OF_COLLECTIONS = names('__len__ __iter__ __getitem__ __contains__');

/** What stands for an attribute that is surely missing. */
export function attributeOr(otherwise: Value | undefined, get: () => Value): Value {
  try {
    return get();
  } catch (error) {
    if (otherwise && error instanceof Raised) return otherwise;
    throw error;
  }
}

/** `hasattr(object, name)` */
export function hasAttribute(machine: Machine, args: Arguments): Value {
  const [object, name] = args.positional;
  if (!object || name?.kind !== 'string') return unknown();
  if (object.kind === 'instance') {
    if (object.attributes.has(name.value) || member(object.cls, name.value)) return bool(true);
    return isClosed(object.cls) ? bool(false) : unknown();
  }
  if (object.kind === 'layer' && attributeOr(FALSE, () => machine.attribute(object, name.value)) === FALSE)
    return FALSE;
  if (object.kind === 'function') {
    if (object.attributes?.has(name.value)) return bool(true);
    // What stands above a definition may have given it any.
    const isBare = object.definition.kind === 'lambda' || object.definition.decorators.length === 0;
    return isBare && !name.value.startsWith('__') ? bool(false) : unknown();
  }
  const known = ATTRIBUTES[object.kind];
  // What is kept as one of these may be something more: an iterator, a named tuple, a dictionary of settings.
  if (!known || (object.kind === 'list' && object.once) || (object.kind === 'dict' && object.variables))
    return unknown();
  if (object.kind === 'tuple' && object.fields?.includes(name.value)) return bool(true);
  if (OF_COLLECTIONS.has(name.value)) return bool(['list', 'tuple', 'dict'].includes(object.kind));
  if (name.value.startsWith('_')) return unknown();
  if (known.has(name.value)) return bool(true);
  return object.kind === 'dict' || (object.kind === 'tuple' && object.fields) ? unknown() : bool(false);
}
