import type { ClassValue, Value } from './value';

/** An object of a library's class, of which these attributes are known and nothing else. */
export function plainObject(className: string, attributes: Readonly<Record<string, Value>>): Value {
  const base: Value = { kind: 'external', name: className };
  const cls: ClassValue = {
    kind: 'class',
    name: className,
    bases: [base],
    members: new Map(),
    order: [base],
    definition: base,
    isDataclass: false,
    fields: [],
  };
  return { kind: 'instance', cls, attributes: new Map(Object.entries(attributes)), applied: 0 };
}
