import type { Interpreter } from '../evaluate/interpreter';
import { call } from '../evaluate/calls';
import { NO_ARGUMENTS, unknown } from '../values/make';
import type { Arguments, CallPlace, ContainerValue, Value } from '../values/value';

/** `keras.Sequential` run on a tensor: its layers in order. */
export function applyKerasSequential(machine: Interpreter, model: ContainerValue, args: Arguments, at: CallPlace): Value {
  if (model.open) return unknown();
  const start: Value = args.positional[0] ?? unknown();
  return model.items.filter((item) => item.kind !== 'tensor').reduce((value, item) => call(machine, item, { ...NO_ARGUMENTS, positional: [value] }, at), start);
}
