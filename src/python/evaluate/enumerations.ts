import { AUTO } from '../model/enumeration';
import type { Machine } from '../model/machine';
import { argumentsOf, keyOfValue, number, string, unknown } from '../model/make';
import type { ClassValue, InstanceValue, Value } from '../model/value';

const isEnum = (cls: ClassValue): boolean =>
  cls.order.some((base) => base.kind === 'external' && /^enum\.\w*(Enum|Flag)$/.test(base.name));

/** `IntEnum`, `class Kind(str, Enum)`: members that are numbers or texts themselves, and are kept as those. */
const isMixed = (cls: ClassValue): boolean =>
  cls.order.some(
    (base) =>
      (base.kind === 'external' && /^enum\.(Int|Str)/.test(base.name)) ||
      (base.kind === 'builtin' && ['int', 'str'].includes(base.name)),
  );

/** What the class or one above it has under a name; the module of classes has need of this one. */
const found = (cls: ClassValue, name: string): Value | undefined =>
  cls.order.map((base) => (base.kind === 'class' ? base.members.get(name) : undefined)).find((each) => each);

const isMember = ([name, value]: readonly [string, Value]): boolean =>
  !name.startsWith('_') && value.kind !== 'function' && value.kind !== 'class';

/** Makes members of what the body of a class of an enumeration assigns. */
export function makeMembers(machine: Machine, cls: ClassValue): void {
  if (!isEnum(cls)) return;
  const mixed = isMixed(cls);
  const [make, next, init] = ['__new__', '_generate_next_value_', '__init__'].map((name) => found(cls, name));
  let last = 0;
  for (const [name, written] of [...cls.members].filter(isMember)) {
    const automatic = next ? unknown(name) : nextOf(cls, name, last);
    const value = make ? unknown(name) : written === AUTO ? automatic : written;
    if (value.kind === 'number' && typeof value.size === 'number') last = Math.max(last, value.size);
    const one: InstanceValue = {
      kind: 'instance',
      cls,
      attributes: new Map<string, Value>([
        ['name', string(name)],
        ['value', value],
      ]),
      applied: 0,
    };
    if (init?.kind === 'function') {
      const args = value.kind === 'tuple' && !value.open ? value.items : [value];
      machine.callFunction(init, argumentsOf(...args), undefined, one);
    }
    machine.setVariable(cls.members, name, mixed ? value : one);
  }
}

/** What `auto()` stands for: the name in small letters, the next power of two, or the next number. */
function nextOf(cls: ClassValue, name: string, last: number): Value {
  const is = (kind: RegExp): boolean => cls.order.some((base) => base.kind === 'external' && kind.test(base.name));
  if (is(/^enum\.StrEnum$/)) return string(name.toLowerCase());
  return number(is(/^enum\.\w*Flag$/) ? (last < 1 ? 1 : 2 ** (Math.floor(Math.log2(last)) + 1)) : last + 1);
}

/** The members of an enumeration in order; `undefined` of any other class. */
export function enumMembers(cls: ClassValue): readonly Value[] | undefined {
  return isEnum(cls) ? [...cls.members].filter(isMember).map(([, value]) => value) : undefined;
}

/** `Kind(value)` */
export function memberOfValue(cls: ClassValue, value: Value | undefined): Value | undefined {
  const key = value && keyOfValue(value);
  return enumMembers(cls)?.find((each) => {
    const held = each.kind === 'instance' ? each.attributes.get('value') : each;
    return each === value || (key !== undefined && held !== undefined && keyOfValue(held) === key);
  });
}
