import { isOpened } from '../findings/openFiles';
import { fileOf } from '../findings/weightFiles';
import type { Frame } from '../model/frame';
import type { Completion, Machine } from '../model/machine';
import { argumentsOf, NO_ARGUMENTS, NONE, unknown } from '../model/make';
import { Raised } from '../model/raised';
import { truthOf } from '../model/truth';
import type { BuiltinValue, Value } from '../model/value';
import type { Expression, Statement } from '../syntax/ast';
import { assign } from './assignment';
import { classOf } from './tried';

type With = Statement & { kind: 'with' };

/** Runs a function that `contextmanager` was put around; `entered` is called where it yields. */
export type RunManaged = (entered: (given: Value) => void) => void;

/** What a call of such a function gives: it does not run before its `with` does. */
const WAITING = new WeakMap<Value, RunManaged>();

export function waitingFor(name: string, run: RunManaged, holds: readonly Value[]): BuiltinValue {
  // Around a function it runs at each call of that; what that does to shapes is the function's.
  const value: BuiltinValue = {
    kind: 'builtin',
    name,
    call: (_machine, args) => args.positional[0] ?? unknown(),
    holds,
  };
  WAITING.set(value, run);
  return value;
}

export function runWith(machine: Machine, frame: Frame, node: With): Completion {
  const meant = node.items.some(([item]) => isErrorMeant(item));
  if (!meant) return enter(machine, frame, node, 0);
  return machine.within({ guarded: true }, () => {
    try {
      return enter(machine, frame, node, 0);
    } catch (error) {
      if (error instanceof Raised) return 'next';
      throw error;
    }
  });
}

function isErrorMeant(item: Expression): boolean {
  const callee = item.kind === 'call' ? item.callee : undefined;
  return (
    (callee?.kind === 'attribute' || callee?.kind === 'name') && /^(raises|assertRaises\w*|suppress)$/.test(callee.name)
  );
}

/** One manager after the other, the block within the last. */
function enter(machine: Machine, frame: Frame, node: With, index: number): Completion {
  if (index === node.items.length) return machine.runBlock(frame, node.body);
  const [item, target] = node.items[index];
  const value = machine.evaluate(frame, item);
  const inside = (given: Value): Completion => {
    if (target) assign(machine, frame, target, given);
    return enter(machine, frame, node, index + 1);
  };
  const waiting = WAITING.get(value);
  if (waiting) return insideFunction(machine, waiting, inside);
  if (value.kind === 'instance') return insideInstance(machine, value, target !== undefined, inside);
  return inside(fileOf(value) || isOpened(value) ? value : unknown());
}

/** A block runs where the function yields, and what follows there runs after it. */
function insideFunction(machine: Machine, run: RunManaged, inside: (given: Value) => Completion): Completion {
  let completion: Completion | undefined;
  let yielded: Value | undefined;
  const { forked, quiet, aside } = machine.mode;
  run((given) => {
    const { mode } = machine;
    yielded = given;
    // Where it is not certain that it comes there, or not for the first time, the block runs once, after all of it.
    if (completion === undefined && mode.forked === forked && mode.quiet === quiet && mode.aside === aside)
      completion = inside(given);
  });
  return completion ?? inside(yielded ?? unknown());
}

/** `__enter__`, the block, and `__exit__`, which may say that what the block raised is no matter. */
function insideInstance(
  machine: Machine,
  value: Value,
  isNamed: boolean,
  inside: (given: Value) => Completion,
): Completion {
  const [first, last] = ['__enter__', '__exit__'].map((name) => machine.attribute(value, name));
  const given = isNamed || first.kind === 'method' ? machine.call(first, NO_ARGUMENTS, undefined) : unknown();
  const leave = (...raised: Value[]): Value =>
    last.kind === 'method' ? machine.call(last, argumentsOf(...raised), undefined) : NONE;
  let completion: Completion;
  try {
    completion = inside(given);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    const given = error.value ?? unknown();
    // Where it is not known whether it is passed over, the block was written by somebody who goes on behind it.
    if (truthOf(leave(classOf(given) ?? unknown(), given, unknown())) !== false) return 'next';
    throw error;
  }
  leave(NONE, NONE, NONE);
  return completion;
}
