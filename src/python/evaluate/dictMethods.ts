import { COUNT } from '../model/counter';
import type { Machine } from '../model/machine';
import { builtin, dict, keyOfValue, knownInt, list, NONE, number, string, tuple, unknown, view } from '../model/make';
import { RAISED } from '../model/raised';
import { type DictValue, NO_PLACE, type Value } from '../model/value';
import { goThrough } from './iteration';
import { setItem } from './subscript';

/** What is in it is not known any more. */
function forget(machine: Machine, object: DictValue): void {
  machine.touch(object);
  object.entries.clear();
  object.open = true;
}

function remove(machine: Machine, object: DictValue, key: string): void {
  machine.touch(object);
  object.entries.delete(key);
  if (object.variables && key.startsWith('s:')) machine.removeVariable(object.variables, key.slice(2));
}

/** Puts the entries of a dictionary, or pairs, into one. */
export function merge(machine: Machine, object: DictValue, source: Value): void {
  if (source.kind === 'dict') {
    for (const [key, value] of [...source.entries.values()]) setItem(machine, object, key, value);
    if (source.open) {
      machine.touch(object);
      object.open = true;
    }
    return;
  }
  const pairs = goThrough(machine, source)?.map((pair) =>
    pair.kind === 'tuple' || pair.kind === 'list' ? pair.items : [],
  );
  if (pairs?.every((pair) => pair.length === 2)) for (const [key, value] of pairs) setItem(machine, object, key, value);
  else {
    machine.touch(object);
    object.open = true;
  }
}

/** `Counter.update` and `subtract`: what is given is counted, or its counts are added. */
const counting = (object: DictValue, name: string): Value =>
  builtin(name, (machine, { positional: [source], keywords, open }) => {
    const items = !source || source.kind === 'dict' ? [] : goThrough(machine, source);
    const pairs = [
      ...(items ?? []).map((item) => [item, number(1)] as const),
      ...(source?.kind === 'dict' ? source.entries.values() : []),
      ...[...keywords].map(([key, value]) => [string(key), value] as const),
    ];
    if (!items || open || (source?.kind === 'dict' && source.open)) forget(machine, object);
    else
      for (const [key, count] of pairs) {
        const text = keyOfValue(key);
        const before = text === undefined ? undefined : (object.entries.get(text)?.[1] ?? number(0));
        const after = before && machine.binary(name === 'update' ? '+' : '-', before, count, NO_PLACE);
        setItem(machine, object, key, after ?? unknown());
      }
    return NONE;
  });

export function dictMethod(object: DictValue, name: string): Value {
  const entries = (): readonly (readonly [Value, Value])[] => [...object.entries.values()];
  switch (name) {
    case 'get':
    case 'setdefault':
    case 'pop':
      return builtin(name, (machine, { positional: [key, otherwise] }) => {
        const text = key && keyOfValue(key);
        const found = text !== undefined ? object.entries.get(text) : undefined;
        if (name === 'pop') {
          if (text !== undefined) remove(machine, object, text);
          else forget(machine, object);
        }
        if (found) return found[1];
        if (name === 'get' && object.open && key?.kind === 'string' && machine.modules.register(object, key.value))
          return machine.subscript(object, key);
        if (object.open || text === undefined) return unknown(key?.kind === 'string' ? key.value : undefined);
        if (name === 'setdefault') setItem(machine, object, key, otherwise ?? NONE);
        if (name === 'pop' && !otherwise) throw RAISED;
        return otherwise ?? NONE;
      });
    case 'keys':
      return builtin(name, () => view('set', object, () => entries().map(([key]) => key)));
    case 'values':
      return builtin(name, () => view('list', object, () => entries().map(([, value]) => value)));
    case 'items':
      return builtin(name, () => view('list', object, () => entries().map(([key, value]) => tuple([key, value]))));
    case 'subtract':
    case 'update':
      if (name === 'subtract' || object.missing === COUNT) return counting(object, name);
      return builtin(name, (machine, args) => {
        machine.touch(object);
        if (args.positional[0]) merge(machine, object, args.positional[0]);
        for (const [key, value] of args.keywords) setItem(machine, object, string(key), value);
        if (args.open) object.open = true;
        return NONE;
      });
    case 'popitem':
      return builtin(name, (machine, { positional: [last], keywords }) => {
        const end = last ?? keywords.get('last');
        const keys = [...object.entries.keys()];
        const key = end?.kind === 'bool' && !end.value ? keys[0] : keys.at(-1);
        if (object.open || (end && end.kind !== 'bool') || key === undefined) {
          forget(machine, object);
          return unknown();
        }
        const [first, value] = object.entries.get(key)!;
        remove(machine, object, key);
        return tuple([first, value]);
      });
    case 'move_to_end':
      return builtin(name, (machine, { positional: [key, last], keywords }) => {
        const text = key && keyOfValue(key);
        const entry = text !== undefined ? object.entries.get(text) : undefined;
        const end = last ?? keywords.get('last');
        if (text === undefined || !entry || (end && end.kind !== 'bool')) {
          forget(machine, object);
          return NONE;
        }
        machine.touch(object);
        const others = [...object.entries].filter(([each]) => each !== text);
        object.entries.clear();
        const all =
          end?.kind === 'bool' && !end.value
            ? [[text, entry] as const, ...others]
            : [...others, [text, entry] as const];
        for (const [each, pair] of all) object.entries.set(each, pair);
        return NONE;
      });
    case 'clear':
      return builtin(name, (machine) => {
        machine.touch(object);
        object.entries.clear();
        object.open = false;
        return NONE;
      });
    case 'copy':
      return builtin(name, () => ({ ...object, variables: undefined, entries: new Map(object.entries) }));
    case 'most_common':
      return builtin(name, (_machine, { positional: [count] }) => {
        const counts = entries().map(([, value]) => knownInt(value));
        const most = count ? knownInt(count) : entries().length;
        if (object.open || most === undefined || !counts.every((each) => each !== undefined)) return list([], true);
        const places = counts.map((_, place) => place).sort((a, b) => counts[b] - counts[a] || a - b);
        return list(places.slice(0, most).map((place) => tuple([...entries()[place]])));
      });
    case '__dict__':
      // Of settings that are attributes: the object itself is kept as the dictionary of them.
      return object;
    case 'total':
      return builtin(name, (machine) =>
        entries().reduce<Value>((all, [, value]) => machine.binary('+', all, value, NO_PLACE), number(0)),
      );
    default:
      // Settings that allow `cfg.width` for `cfg['width']`.
      return object.entries.get(`s:${name}`)?.[1] ?? unknown(name);
  }
}

/** `dict.fromkeys(names, value)` */
export const fromKeys: Value = builtin('fromkeys', (machine, { positional: [keys, value] }) => {
  const all = goThrough(machine, keys);
  return dict(
    (all ?? []).map((key) => [key, value ?? NONE] as const),
    !all,
  );
});
