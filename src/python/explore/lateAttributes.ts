import { isModule } from '../model/children';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import type { ClassValue, InstanceValue, Value } from '../model/value';

/** Methods that run before anybody can call another one. */
const AT_FIRST = new Set(['__init__', '__new__', '__post_init__', '__init_subclass__']);
/** What stands on the left of an assignment, at the beginning of a line. */
const ASSIGNED = /^[ \t]*([^=#"'\n]*?)(?:\/\/|\*\*|[-+*/@%])?=(?!=)/gm;
const OWN = /\bself\.(\w+)(?![\w.([])/g;

const known = new WeakMap<ClassValue, readonly string[]>();

/** The attributes that methods of a class set which run after its objects have been made. */
function setLater(cls: ClassValue): readonly string[] {
  let found = known.get(cls);
  if (!found) {
    const names = new Set<string>();
    for (const [name, value] of cls.members) {
      if (AT_FIRST.has(name) || value.kind !== 'function' || value.definition.kind !== 'function') continue;
      const text = value.chunk.text.slice(value.definition.start, value.definition.end);
      for (const [, left] of text.matchAll(ASSIGNED)) for (const [, own] of left.matchAll(OWN)) names.add(own);
    }
    known.set(cls, (found = [...names]));
  }
  return found;
}

/**
 * Runs a method that nothing calls, whenever it is that the program does: what other methods set may then be anything,
 * not what it was at first (`anchors = torch.empty(0)`, until `forward` has been run). Modules stay: one is put in the
 * place of another, if at all, to do the same.
 */
export function later(machine: Machine, instance: InstanceValue, run: () => void): void {
  const before = new Map<string, Value | undefined>();
  for (const cls of instance.cls.order) {
    if (cls.kind !== 'class') continue;
    for (const name of setLater(cls)) {
      const value = instance.attributes.get(name) ?? cls.members.get(name);
      if (!value || isModule(value) || value.kind === 'unknown' || before.has(name)) continue;
      before.set(name, instance.attributes.get(name));
      machine.setVariable(instance.attributes, name, unknown(name));
    }
  }
  try {
    run();
  } finally {
    for (const [name, value] of before)
      if (value) machine.setVariable(instance.attributes, name, value);
      else machine.removeVariable(instance.attributes, name);
  }
}
