import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import type { Scope, Value } from '../model/value';
import { builtins } from './builtins';

/** The value of a name, looked up as Python does: function, enclosing functions, module, star imports, builtins. */
export function lookUp(machine: Machine, scope: Scope, name: string): Value | undefined {
  // What a function calls global is not what a function around it has.
  const from = scope.globals?.has(name) ? scope.module.scope : scope;
  for (let at: Scope | undefined = from; at; at = at.parent) {
    if (at.isClass && at !== scope) continue;
    const value = at.variables.get(name);
    if (value) return value;
  }
  return machine.modules.global(scope.module, name) ?? builtins.get(name);
}

export function lookUpOrUnknown(machine: Machine, scope: Scope, name: string): Value {
  const found = lookUp(machine, scope, name);
  if (found) return found;
  // Bound once, so that every mention of an undefined name is the same unknown value.
  const value = unknown(name);
  machine.setVariable(scope.module.scope.variables, name, value);
  return value;
}

export function assignName(machine: Machine, scope: Scope, name: string, value: Value): void {
  if (value.kind === 'unknown' && !value.failed && value.name === undefined) value.name = name;
  machine.setVariable(target(scope, name).variables, name, value);
}

function target(scope: Scope, name: string): Scope {
  if (scope.globals?.has(name)) return scope.module.scope;
  if (!scope.nonlocals?.has(name)) return scope;
  for (let at = scope.parent; at; at = at.parent) if (at.variables.has(name)) return at;
  return scope;
}
