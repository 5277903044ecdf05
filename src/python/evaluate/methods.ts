import { iterate, MOST_ITEMS } from '../model/iterate';
import type { Machine } from '../model/machine';
import { builtin, keyOfValue, knownInt, list, NONE, number, string, tuple, unknown } from '../model/make';
import { parentOf } from '../model/paths';
import { textOf } from '../model/text';
import type { Arguments, DictValue, ListValue, Value } from '../model/value';
import { productOf } from '../shapes/sizesGiven';

/** Methods of lists, tuples and sets. */
export function listMethod(object: ListValue, name: string): Value {
  const change = (act: (args: Arguments, machine: Machine) => Value | undefined): Value =>
    builtin(name, (machine, args) => {
      machine.touch(object);
      return act(args, machine) ?? NONE;
    });
  switch (name) {
    case 'append':
    case 'add':
    case 'appendleft':
      return change(({ positional: [item] }) => {
        if (object.items.length >= MOST_ITEMS) object.open = true;
        else if (item) object.items = name === 'appendleft' ? [item, ...object.items] : [...object.items, item];
        return undefined;
      });
    case 'extend':
    case 'update':
      return change(({ positional: [source] }) => {
        const items = source && iterate(source);
        if (items && object.items.length < MOST_ITEMS) object.items = [...object.items, ...items];
        else object.open = true;
        return undefined;
      });
    case 'insert':
      return change(({ positional: [index, item] }) => {
        const at = knownInt(index);
        if (at === undefined) object.open = true;
        else object.items = object.items.toSpliced(at, 0, item);
        return undefined;
      });
    case 'pop':
    case 'popleft':
      return change(({ positional: [index] }) => {
        const at = name === 'popleft' ? 0 : index === undefined ? -1 : knownInt(index);
        if (at === undefined || object.open || object.items.length === 0) {
          object.open = true;
          return unknown();
        }
        const item = object.items.at(at)!;
        object.items = object.items.toSpliced(at < 0 ? at + object.items.length : at, 1);
        return item;
      });
    case 'reverse':
      return change(() => {
        object.items = object.items.toReversed();
        return undefined;
      });
    case 'clear':
      return change(() => {
        object.items = [];
        object.open = false;
        return undefined;
      });
    case 'sort':
    case 'remove':
      return change(() => {
        object.open = true;
        return undefined;
      });
    case 'copy':
      return builtin(name, () => ({ ...object, items: [...object.items] }));
    case 'index':
      return builtin(name, (machine, { positional: [item] }) => {
        const at = object.items.findIndex((each) => machine.compare('==', each, item) !== false);
        return at >= 0 && machine.compare('==', object.items[at], item) === true ? number(at) : unknown();
      });
    case 'count':
      return builtin(name, (machine, { positional: [item] }) => {
        const tests = object.items.map((each) => machine.compare('==', each, item));
        return object.open || tests.includes(undefined)
          ? unknown()
          : number(tests.filter((each) => each === true).length);
      });
    case 'numel':
      return builtin(name, (machine) => productOf(machine, object.items));
    case 'as_list':
    case 'tolist':
      return builtin(name, () => object);
    case '_replace':
      return builtin(name, () => unknown());
    default:
      return unknown(name);
  }
}

export function dictMethod(object: DictValue, name: string): Value {
  const entries = (): readonly (readonly [Value, Value])[] => [...object.entries.values()];
  switch (name) {
    case 'get':
    case 'setdefault':
    case 'pop':
      return builtin(name, (machine, { positional: [key, otherwise] }) => {
        const text = key && keyOfValue(key);
        const found = text !== undefined ? object.entries.get(text) : undefined;
        if (name !== 'get') machine.touch(object);
        if (name === 'pop' && text !== undefined) object.entries.delete(text);
        if (found) return found[1];
        if (object.open || text === undefined) return unknown(key?.kind === 'string' ? key.value : undefined);
        if (name === 'setdefault') object.entries.set(text, [key, otherwise ?? NONE]);
        return otherwise ?? NONE;
      });
    case 'keys':
      return builtin(name, () =>
        list(
          entries().map(([key]) => key),
          object.open,
        ),
      );
    case 'values':
      return builtin(name, () =>
        list(
          entries().map(([, value]) => value),
          object.open,
        ),
      );
    case 'items':
      return builtin(name, () =>
        list(
          entries().map(([key, value]) => tuple([key, value])),
          object.open,
        ),
      );
    case 'update':
      return builtin(name, (machine, args) => {
        machine.touch(object);
        const [source] = args.positional;
        if (source?.kind === 'dict') for (const [key, entry] of source.entries) object.entries.set(key, entry);
        else if (source) object.open = true;
        for (const [key, value] of args.keywords) object.entries.set(`s:${key}`, [string(key), value]);
        return NONE;
      });
    case 'copy':
      return builtin(name, () => ({ ...object, entries: new Map(object.entries) }));
    default: {
      // Settings that allow `cfg.width` for `cfg['width']`.
      return object.entries.get(`s:${name}`)?.[1] ?? unknown(name);
    }
  }
}

export function stringMethod(text: string, name: string): Value {
  const simple = (make: (text: string) => string): Value => builtin(name, () => string(make(text)));
  switch (name) {
    case 'lower':
    case 'casefold':
      return simple((each) => each.toLowerCase());
    case 'upper':
      return simple((each) => each.toUpperCase());
    case 'strip':
      return simple((each) => each.trim());
    case 'capitalize':
      return simple((each) => each.charAt(0).toUpperCase() + each.slice(1).toLowerCase());
    case 'startswith':
    case 'endswith':
      return builtin(name, (_machine, { positional: [part] }) =>
        part?.kind === 'string'
          ? { kind: 'bool', value: name === 'startswith' ? text.startsWith(part.value) : text.endsWith(part.value) }
          : unknown(),
      );
    case 'split':
      return builtin(name, (_machine, { positional: [separator] }) => {
        if (separator && separator.kind !== 'string') return unknown();
        return list(
          (separator ? text.split(separator.value) : text.split(/\s+/).filter((each) => each !== '')).map(string),
        );
      });
    case 'replace':
      return builtin(name, (_machine, { positional: [from, to] }) =>
        from?.kind === 'string' && to?.kind === 'string' ? string(text.replaceAll(from.value, to.value)) : unknown(),
      );
    case 'isdigit':
      return builtin(name, () => ({ kind: 'bool', value: /^\d+$/.test(text) }));
    case 'join':
      return builtin(name, (_machine, { positional: [source] }) => {
        const pieces = source && iterate(source)?.map((each) => (each.kind === 'string' ? each.value : undefined));
        return pieces && !pieces.includes(undefined) ? string(pieces.join(text)) : unknown();
      });
    case 'parent':
      return string(parentOf(text));
    case 'resolve':
    case 'absolute':
    case 'expanduser':
      return builtin(name, () => string(text));
    case 'format':
      return builtin(name, (_machine, args) => formatString(text, args));
    default:
      return unknown();
  }
}

function formatString(text: string, args: Arguments): Value {
  let next = 0;
  let failed = args.open;
  const filled = text.replace(/\{(\w*)\}/g, (_hole, field: string) => {
    const value =
      field === ''
        ? args.positional[next++]
        : /^\d+$/.test(field)
          ? args.positional[Number(field)]
          : args.keywords.get(field);
    const piece = value && textOf(value);
    if (piece === undefined) failed = true;
    return piece ?? '';
  });
  return failed || filled.includes('{') ? unknown() : string(filled);
}
