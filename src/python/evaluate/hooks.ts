import { isModule } from '../model/children';
import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import { NO_KEYWORDS, NONE, tuple, unknown } from '../model/make';
import type { Arguments, CallPlace, Value } from '../model/value';

/** The lists of hooks that a module keeps, under the names that PyTorch gives them. */
export const HOOKS = '_forward_hooks';
export const PRE_HOOKS = '_forward_pre_hooks';

/** Whether anything is called before or after a module with these attributes. */
export const isHooked = (attributes: Attributes): boolean =>
  attributes !== undefined && attributes.size > 0 && (attributes.has(PRE_HOOKS) || attributes.has(HOOKS));

type Attributes = ReadonlyMap<string, Value> | undefined;

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
  const [before, after] = [attributes?.get(PRE_HOOKS), attributes?.get(HOOKS)];
  const given = before ? preHooked(machine, module, before, args, at) : args;
  if (!given) return unknown();
  const result = run(given);
  return after ? hooked(machine, module, after, given, result, at) : result;
}

const isNone = (value: Value): boolean => value === NONE || value.kind === 'none';

/** The inputs that hooks leave; `undefined` where that is not known. */
function preHooked(
  machine: Machine,
  module: Value,
  hooks: Value,
  args: Arguments,
  at: CallPlace,
): Arguments | undefined {
  let positional: readonly Value[] = args.positional;
  for (const hook of iterate(hooks) ?? [unknown()]) {
    const inputs = tuple([...positional], args.open);
    const given = machine.call(hook, { positional: [module, inputs], keywords: NO_KEYWORDS, open: false }, at);
    if (given.kind === 'unknown' || given.kind === 'choice') return undefined;
    if (!isNone(given)) positional = given.kind === 'tuple' ? given.items : [given];
  }
  return { ...args, positional };
}

function hooked(machine: Machine, module: Value, hooks: Value, args: Arguments, result: Value, at: CallPlace): Value {
  const items = iterate(hooks);
  if (!items) return unknown();
  return items.reduce<Value>((value, hook) => {
    const positional = [module, tuple([...args.positional], args.open), value];
    const given = machine.call(hook, { positional, keywords: NO_KEYWORDS, open: false }, at);
    return isNone(given) ? value : given;
  }, result);
}
