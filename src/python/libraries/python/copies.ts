import type { Value } from '../../model/value';

/** `copy.copy`: another object that holds the same. */
export function shallowCopy(value: Value): Value {
  switch (value.kind) {
    case 'list':
    case 'set':
      return { ...value, items: [...value.items] };
    case 'dict':
      return { ...value, variables: undefined, entries: new Map(value.entries) };
    case 'container':
      return { ...value, items: [...value.items], names: [...value.names] };
    case 'instance':
      return { ...value, attributes: new Map(value.attributes) };
    case 'layer':
      return { ...value, attributes: new Map(value.attributes), made: undefined };
    default:
      return value;
  }
}

/** `copy.deepcopy`: nothing that can be changed is shared, and what was one object within is one again. */
export function deepCopy(value: Value, made = new Map<Value, Value>()): Value {
  const known = made.get(value);
  if (known) return known;
  const copy = value.kind === 'tuple' ? { ...value } : shallowCopy(value);
  if (copy === value) return value;
  made.set(value, copy);
  const inner = (each: Value): Value => deepCopy(each, made);
  if (copy.kind === 'list' || copy.kind === 'tuple' || copy.kind === 'set' || copy.kind === 'container')
    copy.items = copy.items.map(inner);
  else if (copy.kind === 'dict')
    for (const [key, [first, second]] of copy.entries) copy.entries.set(key, [first, inner(second)]);
  else if (copy.kind === 'instance') {
    for (const [name, each] of copy.attributes) copy.attributes.set(name, inner(each));
    const native = copy.native && inner(copy.native);
    if (native?.kind === 'layer' || native?.kind === 'container' || native?.kind === 'dict') copy.native = native;
  } else if (copy.kind === 'layer') for (const [name, each] of copy.attributes) copy.attributes.set(name, inner(each));
  return copy;
}
