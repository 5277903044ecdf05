import { isModule } from '../model/children';
import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import { builtin, NO_KEYWORDS, NONE, tuple, unknown } from '../model/make';
import type { Arguments, CallPlace, Value } from '../model/value';
import { bareModule } from './native';

/** The lists of hooks that a module keeps, under the names that PyTorch gives them. */
export const HOOKS = '_forward_hooks';
export const PRE_HOOKS = '_forward_pre_hooks';

/** Functions that register what is called around every module there is, and where that is kept. */
const OF_ALL_MODULES: Readonly<Record<string, string>> = {
  'torch.nn.modules.module.register_module_forward_hook': HOOKS,
  'torch.nn.modules.module.register_module_forward_pre_hook': PRE_HOOKS,
};

/** Whether anything is called before or after every module. */
const allAreHooked = ({ settings, library }: Machine): boolean =>
  settings.size > library.settings.size && (settings.has(HOOKS) || settings.has(PRE_HOOKS));

/** Whether anything is called before or after a module with these attributes. */
export const isHooked = (machine: Machine, attributes: Attributes): boolean =>
  allAreHooked(machine) ||
  (attributes !== undefined && attributes.size > 0 && (attributes.has(PRE_HOOKS) || attributes.has(HOOKS)));

type Attributes = ReadonlyMap<string, Value> | undefined;

/** The hook that a call registers; its options change how it is called, so that it is then unknown. */
export const hookIn = ({ positional, keywords, open }: Arguments): Value =>
  positional.length === 1 && keywords.size === 0 && !open ? positional[0] : unknown();

/** What registering a hook gives back: it takes the hook away again. */
export function handleOf(remove: (machine: Machine) => void): Value {
  const handle = bareModule('torch.utils.hooks.RemovableHandle');
  handle.attributes.set(
    'remove',
    builtin('remove', (machine) => {
      remove(machine);
      return NONE;
    }),
  );
  return handle;
}

/** A call that registers a hook of all modules, and what it gives back; `undefined` if it is none. */
export function registerForAll(machine: Machine, callee: string, args: Arguments): Value | undefined {
  const name = machine.library.canonical(callee);
  if (!Object.hasOwn(OF_ALL_MODULES, name)) return undefined;
  const key = OF_ALL_MODULES[name];
  const hook = hookIn(args);
  const change = (inner: Machine, hooks: (before: readonly Value[]) => Value[]): void =>
    inner.setVariable(inner.settings, key, tuple(hooks(hooksIn(inner.settings, key))));
  change(machine, (before) => [...before, hook]);
  return handleOf((inner) => change(inner, (now) => now.filter((each) => each !== hook)));
}

/** What is called around a module, in order; nobody knows what where nobody knows which. */
const hooksIn = (attributes: Attributes, key: string): readonly Value[] => {
  const hooks = attributes?.get(key);
  return hooks ? (iterate(hooks) ?? [unknown()]) : [];
};

/** What was assigned in the place of the method that runs when a module is called. */
export function replacedForward(attributes: Attributes): Value | undefined {
  const found = attributes?.get('forward') ?? attributes?.get('call');
  // A module of that name is a child like others, and the method stays.
  return found && isModule(found) ? undefined : found;
}

/**
 * Runs a module with what hooks make of its inputs before and of its result after: each is called with the module, the
 * inputs and, after, the output, and may give others instead (`nn.Module.register_forward_hook`).
 */
export function withHooks(
  machine: Machine,
  module: Value,
  attributes: Attributes,
  args: Arguments,
  at: CallPlace,
  run: (args: Arguments) => Value,
): Value {
  const [before, after] = [PRE_HOOKS, HOOKS].map((key) => [
    ...hooksIn(machine.settings, key),
    ...hooksIn(attributes, key),
  ]);
  const given = before.length > 0 ? preHooked(machine, module, before, args, at) : args;
  if (!given) return unknown();
  const result = run(given);
  return after.length > 0 ? hooked(machine, module, after, given, result, at) : result;
}

const isNone = (value: Value): boolean => value === NONE || value.kind === 'none';

/** The inputs that hooks leave; `undefined` where that is not known. */
function preHooked(
  machine: Machine,
  module: Value,
  hooks: readonly Value[],
  args: Arguments,
  at: CallPlace,
): Arguments | undefined {
  let positional: readonly Value[] = args.positional;
  for (const hook of hooks) {
    const inputs = tuple([...positional], args.open);
    const given = machine.call(hook, { positional: [module, inputs], keywords: NO_KEYWORDS, open: false }, at);
    if (given.kind === 'unknown' || given.kind === 'choice') return undefined;
    if (!isNone(given)) positional = given.kind === 'tuple' ? given.items : [given];
  }
  return { ...args, positional };
}

const hooked = (
  machine: Machine,
  module: Value,
  hooks: readonly Value[],
  args: Arguments,
  result: Value,
  at: CallPlace,
): Value =>
  hooks.reduce<Value>((value, hook) => {
    const positional = [module, tuple([...args.positional], args.open), value];
    const given = machine.call(hook, { positional, keywords: NO_KEYWORDS, open: false }, at);
    return isNone(given) ? value : given;
  }, result);
