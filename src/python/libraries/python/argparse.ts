import type { FunctionSpec } from '../../model/library';
import { iterate } from '../../model/iterate';
import { bool, dict, list, number, string, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Arguments, DictValue, Value } from '../../model/value';

/**
 * `argparse`: options have the defaults that the program gives them, as parameters of a function do. An option without
 * a default is unknown.
 */
function makeParser(): Value {
  const options = dict([]);
  const parser = dict([]);
  const holds = [options, parser];
  const add: Value = {
    kind: 'builtin',
    name: 'add_argument',
    holds,
    call: (machine, args) => {
      machine.touch(options);
      const name = optionName(args);
      if (name !== undefined) options.entries.set(`s:${name}`, [string(name), defaultOf(args, name)]);
      return unknown();
    },
  };
  const method = (name: string, value: Value): void => void parser.entries.set(`s:${name}`, [string(name), value]);
  method('add_argument', add);
  method('parse_args', {
    kind: 'builtin',
    name: 'parse_args',
    holds,
    call: (_machine, args) => parsed(options, args),
  });
  method('parse_known_args', {
    kind: 'builtin',
    name: 'parse_known_args',
    holds,
    call: () => tuple([options, list([], true)]),
  });
  for (const name of ['add_argument_group', 'add_mutually_exclusive_group'])
    method(name, { kind: 'builtin', name, holds, call: () => parser });
  method('set_defaults', {
    kind: 'builtin',
    name: 'set_defaults',
    holds,
    call: (machine, args) => {
      machine.touch(options);
      for (const [name, value] of args.keywords) options.entries.set(`s:${name}`, [string(name), value]);
      return unknown();
    },
  });
  return parser;
}

/** What the program itself gives to `parse_args` stands in for the command line. */
function parsed(options: DictValue, args: Arguments): Value {
  const given = args.positional[0] ?? args.keywords.get('args');
  if (!given || given.kind === 'none') return options;
  const words = iterate(given)?.map((each) => (each.kind === 'string' ? each.value : undefined));
  if (words?.length === 0) return options;
  const own = { ...options, entries: new Map(options.entries) };
  if (!words?.every((each) => each !== undefined)) return { ...own, entries: new Map(), open: true };
  for (let at = 0; at < words.length; at++) {
    const [flag, direct] = words[at].split('=');
    const name = flag.replace(/^-+/, '').replaceAll('-', '_');
    const entry = own.entries.get(`s:${name}`);
    const values: string[] = direct === undefined ? [] : [direct];
    while (direct === undefined && at + 1 < words.length && !/^--?[a-z]/i.test(words[at + 1])) values.push(words[++at]);
    // Several values, and types other than these, are not followed.
    const before = entry?.[1];
    const value =
      values.length === 0 && before?.kind === 'bool'
        ? bool(!before.value)
        : values.length === 1 && before?.kind === 'number' && /^-?\d+$/.test(values[0]) && !before.float
          ? number(Number(values[0]))
          : values.length === 1 && before?.kind === 'string'
            ? string(values[0])
            : unknown(name);
    own.entries.set(`s:${name}`, [string(name), value]);
  }
  return own;
}

function optionName(args: Arguments): string | undefined {
  const stated = args.keywords.get('dest');
  if (stated?.kind === 'string') return stated.value;
  const names = args.positional.flatMap((value) => (value.kind === 'string' ? [value.value] : []));
  const chosen = names.find((name) => name.startsWith('--')) ?? names[0];
  return chosen?.replace(/^-+/, '').replaceAll('-', '_');
}

function defaultOf(args: Arguments, name: string): Value {
  const action = args.keywords.get('action');
  const initial = args.keywords.get('default');
  if (!initial && action?.kind === 'string' && action.value.startsWith('store_'))
    return { kind: 'bool', value: action.value === 'store_false' };
  if (!initial) return unknown(name);
  const type = args.keywords.get('type');
  if (initial.kind === 'string' && type?.kind === 'builtin' && type.name === 'int')
    return number(Number(initial.value));
  return initial;
}

export const parserFunctions: readonly FunctionSpec[] = [
  ...['argparse.ArgumentParser', 'configargparse.ArgumentParser'].map((callee): FunctionSpec => ({
    callee,
    framework: 'torch',
    signature: signature('*rest, **more'),
    apply: makeParser,
  })),
];
