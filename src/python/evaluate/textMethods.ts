import type { Machine } from '../model/machine';
import { bool, builtin, knownInt, list, number, string, tuple, unknown } from '../model/make';
import { openFile } from '../findings/openFiles';
import { joinPath, parentOf } from '../model/paths';
import { RAISED } from '../model/raised';
import { formattedText } from '../model/text';
import type { Arguments, Value } from '../model/value';
import { goThrough } from './iteration';

export function stringMethod(text: string, name: string): Value {
  const simple = (make: (text: string) => string): Value => builtin(name, () => string(make(text)));
  const about = (called: string, act: (part: string) => Value): Value =>
    builtin(called, (_machine: Machine, { positional }) =>
      positional.length === 1 && positional[0].kind === 'string' ? act(positional[0].value) : unknown(),
    );
  switch (name) {
    case 'lower':
    case 'casefold':
      return simple((each) => each.toLowerCase());
    case 'upper':
      return simple((each) => each.toUpperCase());
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      return builtin(name, (_machine, { positional: [given] }) => {
        if (given && given.kind !== 'string') return unknown();
        const stripped = given
          ? (each: string): boolean => given.value.includes(each)
          : (each: string): boolean => /\s/.test(each);
        let [from, to] = [0, text.length];
        if (name !== 'rstrip') while (from < to && stripped(text[from])) from++;
        if (name !== 'lstrip') while (to > from && stripped(text[to - 1])) to--;
        return string(text.slice(from, to));
      });
    case 'title':
      return simple((each) => each.toLowerCase().replace(/[a-z]+/g, (word) => word[0].toUpperCase() + word.slice(1)));
    case 'removeprefix':
    case 'removesuffix':
      return about(name, (part) => {
        if (name === 'removeprefix') return string(text.startsWith(part) ? text.slice(part.length) : text);
        return string(part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text);
      });
    case 'count':
      return about(name, (part) => (part === '' ? unknown() : number(text.split(part).length - 1)));
    case 'find':
    case 'rfind':
      return about(name, (part) => number(name === 'find' ? text.indexOf(part) : text.lastIndexOf(part)));
    case 'index':
      return about(name, (part) => {
        if (!text.includes(part)) throw RAISED;
        return number(text.indexOf(part));
      });
    case 'partition':
    case 'rpartition':
      return about(name, (part) => {
        const at = name === 'partition' ? text.indexOf(part) : text.lastIndexOf(part);
        const pieces =
          at >= 0
            ? [text.slice(0, at), part, text.slice(at + part.length)]
            : name === 'partition'
              ? [text, '', '']
              : ['', '', text];
        return tuple(pieces.map(string));
      });
    case 'zfill':
      return builtin(name, (_machine, { positional: [width] }) => {
        const size = knownInt(width);
        return size === undefined || /^[-+]/.test(text) ? unknown() : string(text.padStart(size, '0'));
      });
    case 'isidentifier':
      return builtin(name, () => (/[^ -~]/.test(text) ? unknown() : bool(/^[A-Za-z_]\w*$/.test(text))));
    case 'isalpha':
      return builtin(name, () => bool(/^[A-Za-z]+$/.test(text)));
    case 'splitlines':
      return builtin(name, () => list(text.split(/\r?\n/).map(string)));
    case 'capitalize':
      return simple((each) => each.charAt(0).toUpperCase() + each.slice(1).toLowerCase());
    case 'startswith':
    case 'endswith':
      return builtin(name, (_machine, { positional: [part] }) =>
        part?.kind === 'string'
          ? bool(name === 'startswith' ? text.startsWith(part.value) : text.endsWith(part.value))
          : part?.kind === 'tuple' && !part.open && part.items.every((each) => each.kind === 'string')
            ? bool(
                part.items.some(
                  (each) =>
                    each.kind === 'string' &&
                    (name === 'startswith' ? text.startsWith(each.value) : text.endsWith(each.value)),
                ),
              )
            : unknown(),
      );
    case 'split':
    case 'rsplit':
      return builtin(name, (_machine, { positional: [separator, most], keywords }) => {
        if (separator && separator.kind !== 'string' && separator.kind !== 'none') return unknown();
        const given = most ?? keywords.get('maxsplit');
        const limit = given ? knownInt(given) : -1;
        const pieces =
          separator?.kind === 'string' ? text.split(separator.value) : text.split(/\s+/).filter((each) => each !== '');
        if (limit === undefined || (separator?.kind === 'string' && separator.value === '')) return unknown();
        if (limit < 0 || pieces.length <= limit + 1) return list(pieces.map(string));
        if (separator?.kind !== 'string') return unknown();
        const joined = (from: number, to?: number): string => pieces.slice(from, to).join(separator.value);
        return list(
          (name === 'split'
            ? [...pieces.slice(0, limit), joined(limit)]
            : [joined(0, pieces.length - limit), ...pieces.slice(pieces.length - limit)]
          ).map(string),
        );
      });
    case 'replace':
      return builtin(name, (_machine, { positional: [from, to, most] }) =>
        !most && from?.kind === 'string' && to?.kind === 'string'
          ? string(text.replaceAll(from.value, to.value))
          : unknown(),
      );
    case 'isdigit':
    case 'isnumeric':
    case 'isdecimal':
      return builtin(name, () => bool(/^\d+$/.test(text)));
    case 'join':
      return builtin(name, (machine, { positional: [source] }) => {
        const pieces = goThrough(machine, source)?.map((each) => (each.kind === 'string' ? each.value : undefined));
        return pieces && !pieces.includes(undefined) ? string(pieces.join(text)) : unknown();
      });
    case 'parent':
      return string(parentOf(text));
    case 'resolve':
    case 'absolute':
    case 'expanduser':
      return builtin(name, () => string(text));
    case 'read_text':
      return builtin(name, (machine, _args, at) => {
        const read = machine.modules.data(at.chunk?.path ?? machine.path, text);
        return read === undefined ? unknown() : string(read);
      });
    case 'open':
      return builtin(name, (machine, args, at) => openFile(machine, string(text), args, at));
    case 'write_text':
      return builtin(name, (machine) => {
        machine.modules.wrote(text);
        return unknown();
      });
    case 'joinpath':
      return builtin(name, (_machine, { positional }) =>
        positional.every((each) => each.kind === 'string')
          ? string(joinPath([text, ...positional.map((each) => (each.kind === 'string' ? each.value : ''))]))
          : unknown(),
      );
    case 'with_name':
      return builtin(name, (_machine, { positional: [given] }) =>
        given?.kind === 'string' ? string(joinPath([parentOf(text), given.value])) : unknown(),
      );
    case 'format':
      return builtin(name, (_machine, args) => formatString(text, args));
    default:
      return unknown();
  }
}

function formatString(text: string, args: Arguments): Value {
  let next = 0;
  let failed = args.open;
  const filled = text.replace(/\{(\w*)(?::([^{}]*))?\}/g, (_hole, field: string, format = '') => {
    const value =
      field === ''
        ? args.positional[next++]
        : /^\d+$/.test(field)
          ? args.positional[Number(field)]
          : args.keywords.get(field);
    const piece = value && formattedText(value, String(format));
    if (piece === undefined) failed = true;
    return piece ?? '';
  });
  return failed || filled.includes('{') ? unknown() : string(filled);
}
