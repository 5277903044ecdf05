import { iterate } from '../../model/iterate';
import type { Bound, FunctionSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { argumentsOf, bool, dict, knownInt, list, NONE, string, tuple, unknown } from '../../model/make';
import { RAISED } from '../../model/raised';
import { signature } from '../../model/signature';
import type { Arguments, DictValue, Value } from '../../model/value';

/**
 * `argparse`: options have the defaults that the program gives them, as parameters of a function do. An option without
 * a default is unknown.
 */
interface Parser {
  /** By destination: the default. */
  readonly options: DictValue;
  /** By flag, or by the name of what has none: its destination, and the keywords that it was added with. */
  readonly flags: DictValue;
}

const entry = (object: DictValue, name: string): Value | undefined => object.entries.get(`s:${name}`)?.[1];
const put = (object: DictValue, name: string, value: Value): void =>
  void object.entries.set(`s:${name}`, [string(name), value]);

function makeParser({ bound }: { readonly bound: Bound }): Value {
  const self: Parser = { options: dict([], !bound.isNone('parents')), flags: dict([]) };
  const parser = dict([]);
  const holds = [self.options, self.flags, parser];
  const method = (name: string, call: (machine: Machine, args: Arguments) => Value): void =>
    put(parser, name, { kind: 'builtin', name, holds, call });
  method('add_argument', (machine, args) => {
    add(machine, self, args);
    return unknown();
  });
  method('parse_args', (machine, args) => parsed(machine, self, args).options);
  method('parse_known_args', (machine, args) => {
    const { options, rest } = parsed(machine, self, args, true);
    return tuple([options, rest]);
  });
  for (const name of ['add_argument_group', 'add_mutually_exclusive_group']) method(name, () => parser);
  method('add_subparsers', (machine) => {
    machine.touch(self.options);
    self.options.open = true;
    return unknown();
  });
  method('set_defaults', (machine, args) => {
    machine.touch(self.options);
    for (const [name, value] of args.keywords) put(self.options, name, value);
    return NONE;
  });
  method('get_default', (_machine, { positional: [name] }) =>
    name?.kind === 'string' ? (entry(self.options, name.value) ?? unknown(name.value)) : unknown(),
  );
  return parser;
}

function add(machine: Machine, { options, flags }: Parser, args: Arguments): void {
  machine.touch(options);
  machine.touch(flags);
  const name = optionName(args);
  if (name === undefined || args.open) {
    options.open = true;
    return;
  }
  const given = dict([...args.keywords].map(([key, value]) => [string(key), value] as const));
  const described = tuple([string(name), given]);
  put(options, name, defaultOf(machine, args, name));
  for (const flag of args.positional)
    if (flag.kind === 'string') {
      put(flags, flag.value, described);
      if (isEitherWay(args.keywords.get('action')) && flag.value.startsWith('--'))
        put(flags, `--no-${flag.value.slice(2)}`, described);
    }
}

/** `argparse.BooleanOptionalAction`: `--flag` and `--no-flag`. */
const isEitherWay = (action: Value | undefined): boolean =>
  action?.kind === 'external' && action.name.endsWith('.BooleanOptionalAction');

interface Parsed {
  readonly options: DictValue;
  /** What is no option of the parser's. */
  readonly rest: Value;
}

/** What the program itself gives to `parse_args` stands in for the command line. */
function parsed(machine: Machine, parser: Parser, args: Arguments, tolerant = false): Parsed {
  const options: DictValue = { ...parser.options, entries: new Map(parser.options.entries) };
  machine.noteMade(options);
  const nothing = { options: { ...options, entries: new Map<never, never>(), open: true }, rest: list([], true) };
  const [given = args.keywords.get('args'), space = args.keywords.get('namespace')] = args.positional;
  if (args.open || (space && space.kind !== 'none')) return nothing;
  if (!given || given.kind === 'none') return { options, rest: list([], true) };
  const texts = iterate(given)?.map((each) => (each.kind === 'string' ? each.value : undefined));
  if (!texts?.every((each) => each !== undefined)) return nothing;
  const words = [...texts];
  const rest: Value[] = [];
  while (words.length > 0) {
    const word = words.shift()!;
    if (isFlag(word) && take(machine, parser, options, word, words)) continue;
    // What stands for itself, and what belongs to no option, is not followed.
    if (!tolerant || !isFlag(word)) return nothing;
    rest.push(string(word));
    while (words.length > 0 && !isFlag(words[0])) rest.push(string(words.shift()!));
  }
  return { options, rest: list(rest) };
}

const isFlag = (word: string): boolean => /^-(?![\d.])./.test(word);

/** Takes a flag and its values from the words; whether it is one of the parser's, and followed. */
function take(machine: Machine, { flags }: Parser, options: DictValue, word: string, words: string[]): boolean {
  const [, flag, direct] = /^([^=]*)(?:=(.*))?$/s.exec(word)!;
  // A long flag may be cut short.
  const long = [...flags.entries.values()].flatMap(([key]) =>
    key.kind === 'string' && flag.startsWith('--') && key.value.startsWith(flag) ? [key.value] : [],
  );
  const whole = flags.entries.has(`s:${flag}`) ? flag : long.length === 1 ? long[0] : undefined;
  const described = whole === undefined ? undefined : entry(flags, whole);
  if (whole === undefined || described?.kind !== 'tuple') return false;
  const [dest, given] = described.items;
  if (dest.kind !== 'string' || given.kind !== 'dict') return false;
  const action = entry(given, 'action');
  const values: string[] = direct === undefined ? [] : [direct];
  if (isEitherWay(action)) put(options, dest.value, bool(!whole.startsWith('--no-')));
  else if (action?.kind === 'string' && action.value.startsWith('store_'))
    put(
      options,
      dest.value,
      action.value === 'store_const' ? (entry(given, 'const') ?? NONE) : bool(action.value === 'store_true'),
    );
  else if (action && !(action.kind === 'string' && action.value === 'store')) return false;
  else {
    const count = entry(given, 'nargs');
    const most =
      !count || count.kind === 'none' ? 1 : (knownInt(count) ?? (isText(count, '+*') ? Infinity : undefined));
    if (most === undefined) return false;
    while (direct === undefined && values.length < most && words.length > 0 && !isFlag(words[0]))
      values.push(words.shift()!);
    const made = values.map((value) => typed(machine, entry(given, 'type'), string(value)));
    if (made.length === 0 && !isText(count, '*')) throw RAISED;
    put(options, dest.value, !count || count.kind === 'none' ? made[0] : list(made));
  }
  return true;
}

const isText = (value: Value | undefined, letters: string): boolean =>
  value?.kind === 'string' && value.value.length === 1 && letters.includes(value.value);

/** What the parser makes of a word, or of a default that is a text. */
function typed(machine: Machine, type: Value | undefined, value: Value): Value {
  if (!type || type.kind === 'none') return value;
  if (type.kind === 'external' || type.kind === 'unknown') return unknown();
  return machine.call(type, argumentsOf(value), undefined);
}

function optionName(args: Arguments): string | undefined {
  const stated = args.keywords.get('dest');
  if (stated) return stated.kind === 'string' ? stated.value : undefined;
  const names = args.positional.flatMap((value) => (value.kind === 'string' ? [value.value] : []));
  if (names.length < args.positional.length) return undefined;
  const chosen = names.find((name) => name.startsWith('--')) ?? names[0];
  return chosen?.replace(/^-+/, '').replaceAll('-', '_');
}

function defaultOf(machine: Machine, args: Arguments, name: string): Value {
  const action = args.keywords.get('action');
  const initial = args.keywords.get('default');
  if (!initial && action?.kind === 'string' && /^store_(true|false)$/.test(action.value))
    return bool(action.value === 'store_false');
  if (!initial) return unknown(name);
  return initial.kind === 'string' ? typed(machine, args.keywords.get('type'), initial) : initial;
}

export const parserFunctions: readonly FunctionSpec[] = [
  ...['argparse.ArgumentParser', 'configargparse.ArgumentParser'].map((callee): FunctionSpec => ({
    callee,
    framework: 'torch',
    signature: signature('*rest, **more'),
    apply: makeParser,
  })),
];
