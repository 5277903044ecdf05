import type { Machine } from '../model/machine';
import { NO_ARGUMENTS } from '../model/make';
import { truthOf } from '../model/truth';
import type { Value } from '../model/value';
import { member } from './classes';

/** `bool(value)`, where the program's own class may say what that is. */
export function truthIn(machine: Machine, value: Value): boolean | undefined {
  if (value.kind !== 'instance') return truthOf(value);
  const method = ['__bool__', '__len__'].find((name) => member(value.cls, name)?.kind === 'function');
  return method ? truthOf(machine.call(machine.attribute(value, method), NO_ARGUMENTS, undefined)) : truthOf(value);
}
