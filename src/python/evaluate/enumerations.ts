import { AUTO } from '../model/enumeration';
import type { Machine } from '../model/machine';
import { keyOfValue, number, string } from '../model/make';
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

const isMember = ([name, value]: readonly [string, Value]): boolean =>
  !name.startsWith('_') && value.kind !== 'function' && value.kind !== 'class';

/** Makes members of what the body of a class of an enumeration assigns. */
export function makeMembers(machine: Machine, cls: ClassValue): void {
  if (!isEnum(cls)) return;
  const mixed = isMixed(cls);
  let last = 0;
  for (const [name, written] of [...cls.members].filter(isMember)) {
    const value = written === AUTO ? number(last + 1) : written;
    if (value.kind === 'number' && typeof value.size === 'number') last = value.size;
    const one: InstanceValue = {
      kind: 'instance',
      cls,
      attributes: new Map<string, Value>([
        ['name', string(name)],
        ['value', value],
      ]),
      applied: 0,
    };
    machine.setVariable(cls.members, name, mixed ? value : one);
  }
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
