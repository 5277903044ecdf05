import type { ClassValue, InstanceValue, Value } from './value';

/**
 * An object of a library's class, of which these attributes are known and nothing else. `name` is what the class calls
 * itself, where that is not how it is imported.
 */
export function plainObject(
  className: string,
  attributes: Readonly<Record<string, Value>>,
  name = className,
): InstanceValue {
  const base: Value = { kind: 'external', name: className };
  const cls: ClassValue = {
    kind: 'class',
    name,
    bases: [base],
    members: new Map(),
    order: [base],
    definition: base,
    isDataclass: false,
    fields: [],
  };
  return { kind: 'instance', cls, attributes: new Map(Object.entries(attributes)), applied: 0 };
}
