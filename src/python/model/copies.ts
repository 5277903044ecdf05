import { knownData } from './tensor';
import type { InstanceValue, Value } from './value';

/**
 * `copy.deepcopy`: whatever can be changed in place is another object afterwards, and what was one object stays one.
 * Values that nobody changes in place are shared, and so is what is not known.
 */
export function deepCopy(value: Value, seen = new Map<Value, Value>()): Value {
  const before = seen.get(value);
  if (before) return before;
  const keep = <T extends Value>(copy: T): T => {
    seen.set(value, copy);
    return copy;
  };
  const copyInto = (target: Map<string, Value>, source: ReadonlyMap<string, Value>): void => {
    for (const [name, each] of source) target.set(name, deepCopy(each, seen));
  };
  switch (value.kind) {
    case 'list':
    case 'tuple':
    case 'set': {
      const copy = keep({ ...value });
      copy.items = value.items.map((item) => deepCopy(item, seen));
      return copy;
    }
    case 'dict': {
      const copy = keep({ ...value, variables: undefined, entries: new Map<string, readonly [Value, Value]>() });
      for (const [key, [name, item]] of value.entries) copy.entries.set(key, [name, deepCopy(item, seen)]);
      return copy;
    }
    case 'container': {
      const copy = keep({ ...value, names: [...value.names] });
      copy.items = value.items.map((item) => deepCopy(item, seen));
      if (value.attributes) copyInto((copy.attributes = new Map<string, Value>()), value.attributes);
      return copy;
    }
    case 'layer': {
      const copy = keep({ ...value, attributes: new Map<string, Value>(), made: undefined });
      copyInto(copy.attributes, value.attributes);
      return copy;
    }
    case 'instance': {
      const copy = keep({ ...value, attributes: new Map<string, Value>() });
      copyInto(copy.attributes, value.attributes);
      if (value.native) copy.native = deepCopy(value.native, seen) as InstanceValue['native'];
      return copy;
    }
    case 'tensor':
      return keep({ ...value, data: knownData(value), memory: { writes: 0 }, seen: 0 });
    default:
      return value;
  }
}

/** `copy.copy`: another object that holds the same things. */
export function shallowCopy(value: Value): Value {
  switch (value.kind) {
    case 'list':
    case 'set':
      return { ...value, items: [...value.items] };
    case 'dict':
      return { ...value, variables: undefined, entries: new Map(value.entries) };
    case 'container':
      return {
        ...value,
        names: [...value.names],
        items: [...value.items],
        attributes: value.attributes && new Map(value.attributes),
      };
    case 'layer':
      return { ...value, attributes: new Map(value.attributes), made: undefined };
    case 'instance':
      return { ...value, attributes: new Map(value.attributes) };
    default:
      return value;
  }
}
