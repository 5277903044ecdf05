import { exceptionsAbove } from '../model/exceptions';
import type { Frame } from '../model/frame';
import type { Completion, Machine } from '../model/machine';
import { unknown } from '../model/make';
import { Raised } from '../model/raised';
import type { Value } from '../model/value';
import type { Expression, Statement } from '../syntax/ast';
import { mayBeMissing } from './imports';
import { assignName } from './scope';
import { eitherWay } from './undecided';

type Try = Statement & { kind: 'try' };

export function runTry(machine: Machine, frame: Frame, node: Try): Completion {
  let outcome: Completion | Raised;
  try {
    outcome = runHandled(machine, frame, node);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    outcome = error;
  }
  // What is returned waits for `finally`, which may return something else, and may run both ways of a condition.
  const { returned } = frame;
  frame.returned = undefined;
  const last = machine.runBlock(frame, node.final);
  if (last !== 'next') return last;
  if (outcome instanceof Raised) throw outcome;
  frame.returned = returned;
  return outcome;
}

function runHandled(machine: Machine, frame: Frame, node: Try): Completion {
  if (node.handlers.length === 0) return machine.runBlock(frame, node.body);
  const tried = (): Completion => {
    const completion = machine.within({ guarded: true }, () => machine.runBlock(frame, node.body));
    return completion === 'next' ? machine.runBlock(frame, node.otherwise) : completion;
  };
  // Whether another package is there, nobody here knows, and what handles that it is not is meant to run as well.
  if (node.caught.some(isForMissing) && node.body.some((each) => mayBeMissing(machine, frame, each)))
    return eitherWay(machine, frame, tried, () => handle(machine, frame, node, unknown('error'), MISSING));
  let completion: Completion;
  try {
    completion = machine.within({ guarded: true }, () => machine.runBlock(frame, node.body));
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    return handle(machine, frame, node, error.value ?? unknown('error'), undefined, error);
  }
  machine.trace.skipped(frame, node.handlers.flat());
  return completion === 'next' ? machine.runBlock(frame, node.otherwise) : completion;
}

const MISSING: Value = { kind: 'external', name: 'ModuleNotFoundError' };

/** A handler for what an import raises. */
const isForMissing = ({ type }: { readonly type?: Expression }): boolean =>
  type === undefined ||
  (type.kind === 'tuple'
    ? type.items.some((each) => isForMissing({ type: each }))
    : type.kind === 'name' && (exceptionsAbove('ModuleNotFoundError') ?? []).includes(type.name));

/** What handles an exception: the first handler that is for it, or each of those that may be. */
function handle(
  machine: Machine,
  frame: Frame,
  node: Try,
  value: Value,
  cls: Value | undefined = classOf(value),
  error?: Raised,
): Completion {
  const attempt = (index: number): Completion => {
    if (index === node.handlers.length) {
      // Where it is not known what was raised, it was something that is handled.
      if (error && cls) throw error;
      return 'next';
    }
    const { type, name } = node.caught[index];
    const run = (): Completion => {
      if (name !== undefined) assignName(machine, frame.scope, name, value);
      return machine.runBlock(frame, node.handlers[index]);
    };
    const takes = type === undefined || isFor(machine.evaluate(frame, type), cls);
    if (takes === false) return attempt(index + 1);
    if (takes === true || index === node.handlers.length - 1) return run();
    return eitherWay(machine, frame, run, () => attempt(index + 1));
  };
  return attempt(0);
}

/** What was raised is one of, as far as it is known. */
export const classOf = (value: Value): Value | undefined =>
  value.kind === 'instance' ? value.cls : value.kind === 'class' || value.kind === 'external' ? value : undefined;

/** All that an exception of a class is, by name or as a class; `open`: and what else, nobody knows. */
function kindsOf(cls: Value): { readonly kinds: readonly (Value | string)[]; readonly open: boolean } {
  const order = cls.kind === 'class' ? cls.order : [cls];
  let open = false;
  const kinds = order.flatMap((each): (Value | string)[] => {
    if (each.kind === 'class') return [each];
    const above = each.kind === 'external' ? exceptionsAbove(each.name) : undefined;
    open ||= !above;
    return [...(above ?? [])];
  });
  return { kinds, open };
}

/** Whether a handler for `type` takes an exception of a class. */
function isFor(type: Value, cls: Value | undefined): boolean | undefined {
  if (type.kind === 'tuple' && !type.open) {
    const parts = type.items.map((each) => isFor(each, cls));
    return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
  }
  if (type.kind === 'external' && type.name === 'BaseException') return true;
  if (!cls) return undefined;
  const wanted = type.kind === 'class' ? type : type.kind === 'external' ? type.name : undefined;
  const { kinds, open } = kindsOf(cls);
  if (wanted !== undefined && kinds.includes(wanted)) return true;
  const known = type.kind === 'class' || (type.kind === 'external' && exceptionsAbove(type.name) !== undefined);
  return open || !known ? undefined : false;
}

/** What `raise` gives: an object of the program's, or the class of another. */
export function exceptionOf(machine: Machine, frame: Frame, node: Expression): Value {
  const callee = node.kind === 'call' ? machine.evaluate(frame, node.callee) : undefined;
  const value = machine.evaluate(frame, node);
  return value.kind === 'unknown' && callee?.kind === 'external' ? callee : value;
}
