import type { FunctionSpec } from '../../model/library';
import { dict, list, number, string, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Arguments, Value } from '../../model/value';

/**
 * `argparse`: options have the defaults that the program gives them, as parameters of a function do. An option without
 * a default is unknown.
 */
function makeParser(): Value {
  const options = dict([]);
  const add: Value = {
    kind: 'builtin',
    name: 'add_argument',
    call: (machine, args) => {
      machine.touch(options);
      const name = optionName(args);
      if (name !== undefined) options.entries.set(`s:${name}`, [string(name), defaultOf(args, name)]);
      return unknown();
    },
  };
  const parser = dict([]);
  const method = (name: string, value: Value): void => void parser.entries.set(`s:${name}`, [string(name), value]);
  method('add_argument', add);
  method('parse_args', { kind: 'builtin', name: 'parse_args', call: () => options });
  method('parse_known_args', {
    kind: 'builtin',
    name: 'parse_known_args',
    call: () => tuple([options, list([], true)]),
  });
  for (const name of ['add_argument_group', 'add_mutually_exclusive_group'])
    method(name, { kind: 'builtin', name, call: () => parser });
  method('set_defaults', {
    kind: 'builtin',
    name: 'set_defaults',
    call: (machine, args) => {
      machine.touch(options);
      for (const [name, value] of args.keywords) options.entries.set(`s:${name}`, [string(name), value]);
      return unknown();
    },
  });
  return parser;
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
