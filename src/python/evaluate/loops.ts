import type { Frame } from '../model/frame';
import { iterate } from '../model/iterate';
import { type Changes, type Contents, contentsOf } from '../model/journal';
import type { Completion, Machine } from '../model/machine';
import { unknown } from '../model/make';
import { RAISED } from '../model/raised';
import type { ListValue, Value } from '../model/value';
import type { Expression, Statement } from '../syntax/ast';
import { isModule } from '../model/children';
import { anyOf, LongLoop } from './longLoop';
import { goThrough } from './iteration';
import { leavesModules } from './leavesModules';
import { freshLike, mergeChanges, same } from './join';
import { truthIn } from './truthiness';
import { eitherWay, tentatively } from './undecided';

const MOST_ROUNDS = 1_024;
/** A loop of more rounds than this that takes long is taken for a training loop and left. */
const LONG = 48;

const NOT_ITERABLE: ReadonlySet<Value['kind']> = new Set(['number', 'bool', 'none', 'function', 'method', 'layer']);

export function forLoop(machine: Machine, frame: Frame, node: Statement & { kind: 'for' }): Completion {
  const iterable = machine.evaluate(frame, node.iterable);
  if (NOT_ITERABLE.has(iterable.kind)) throw RAISED;
  const once = iterable.kind === 'list' && iterable.once ? iterable : undefined;
  const skips = goesThroughModules(node.iterable) && leavesModules(node.body);
  const items = skips ? undefined : once ? iterate(once) : goThrough(machine, iterable);
  if (!items) {
    const optional = optionalItems(iterable);
    if (optional) return rounds(machine, frame, node, optional);
    const body = (): Completion => {
      machine.assign(frame, node.target, elementOf(machine, iterable));
      return machine.runBlock(frame, node.body);
    };
    // A module that is imported is wanted for what it defines; such a loop at its top level is its training.
    const imported = frame.scope === frame.scope.module.scope && !machine.modules.runsMain(frame);
    return imported ? leftOut(machine, frame, body) : undecided(machine, frame, body);
  }
  const live = iterable.kind === 'list' && !once && (!iterable.viewOf || items.length <= LONG) ? iterable : undefined;
  return rounds(machine, frame, node, items, once, live);
}

/** `net.modules()` and `net.named_modules()`. */
const goesThroughModules = (node: Expression): boolean =>
  node.kind === 'call' && node.callee.kind === 'attribute' && /^(named_)?modules$/.test(node.callee.name);

const holdsModule = (item: Value): boolean => isModule(item) || (item.kind === 'tuple' && item.items.some(isModule));

/** A list of layers some of which may be missing still has its order. */
function optionalItems(iterable: Value): readonly Value[] | undefined {
  return iterable.kind === 'container' && !iterable.open ? iterable.items : undefined;
}

function elementOf(machine: Machine, iterable: Value): Value {
  if (iterable.kind === 'unknown' && iterable.failed) return iterable;
  if (iterable.kind === 'tensor' && iterable.cell.shape && iterable.cell.shape.length > 0) {
    return {
      ...iterable,
      cell: { ...iterable.cell, shape: iterable.cell.shape.slice(1), soft: false },
      data: undefined,
    };
  }
  if (iterable.kind === 'range') return machine.freshNumber('i');
  return unknown();
}

function rounds(
  machine: Machine,
  frame: Frame,
  node: Statement & { kind: 'for' },
  given: readonly Value[],
  once?: ListValue,
  live?: ListValue,
): Completion {
  const long = given.length > LONG ? new LongLoop(machine, frame) : undefined;
  let items = given;
  for (let round = 0; round < items.length; round++) {
    machine.step();
    const item = items[round];
    // What a `break` leaves is there for the next loop.
    if (once) {
      const isStale = once.isStale?.(items.length - round);
      once.stirs?.(machine, items.length - round, false);
      if (isStale) return leave(machine, frame, node, [unknown()], once);
      machine.touch(once);
      once.items = items.slice(round + 1);
    }
    machine.assign(frame, node.target, item);
    const completion = machine.runBlock(frame, node.body);
    if (completion === 'return') return completion;
    if (completion === 'break') return 'next';
    // Python goes through the list itself, from place to place, whatever has become of it.
    if (live) items = live.items;
    // And from an iterator the body may have taken.
    if (once && once.items.length !== items.length - round - 1) items = [...items.slice(0, round + 1), ...once.items];
    if (live?.open || once?.open || (live && round >= MOST_ROUNDS))
      return leave(machine, frame, node, [...items.slice(round + 1), unknown()], once);
    const more = round + 1 < items.length;
    if (long && more && !holdsModule(item) && (round >= MOST_ROUNDS || long.isLeft()))
      return leave(machine, frame, node, items.slice(round + 1), once);
  }
  once?.stirs?.(machine, 0, true);
  return machine.runBlock(frame, node.otherwise);
}

/** The rest of a loop that is not run to its end: as often as it may be, with whatever may come. */
function leave(
  machine: Machine,
  frame: Frame,
  node: Statement & { kind: 'for' },
  rest: readonly Value[],
  once: ListValue | undefined,
): Completion {
  const item = anyOf(machine, rest);
  if (once) [once.items, once.open] = [[], frame.chunk.words.has('break')];
  const completion = undecided(machine, frame, () => {
    machine.assign(frame, node.target, item);
    return machine.runBlock(frame, node.body);
  });
  if (completion !== 'next') return completion;
  if (frame.chunk.words.has('break'))
    return eitherWay(
      machine,
      frame,
      () => machine.runBlock(frame, node.otherwise),
      () => 'next',
    );
  return machine.runBlock(frame, node.otherwise);
}

export function whileLoop(machine: Machine, frame: Frame, node: Statement & { kind: 'while' }): Completion {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const truth = truthIn(machine, machine.evaluate(frame, node.test));
    if (truth === undefined) break;
    if (!truth) return machine.runBlock(frame, node.otherwise);
    const completion = machine.runBlock(frame, node.body);
    if (completion === 'return') return completion;
    if (completion === 'break') return 'next';
  }
  return undecided(machine, frame, () => {
    machine.evaluate(frame, node.test);
    return machine.runBlock(frame, node.body);
  });
}

/**
 * A body that runs an unknown number of times. A silent first round tells what it changes; that becomes unknown, and a
 * second round then holds for every round there may be.
 */
function undecided(machine: Machine, frame: Frame, body: () => Completion): Completion {
  if (!widenBy(machine, frame, body)) return 'next';
  return eitherWay(
    machine,
    frame,
    () => {
      const completion = body();
      return completion === 'return' ? completion : 'next';
    },
    () => 'next',
  );
}

/** A loop of which only that is wanted of what follows: what it changes is not known. */
function leftOut(machine: Machine, frame: Frame, body: () => Completion): Completion {
  widenBy(machine, frame, body);
  return 'next';
}

/** Makes unknown what a body changes; whether it goes through. */
function widenBy(machine: Machine, frame: Frame, body: () => Completion): boolean {
  const trial = machine.within({ quiet: true }, () => tentatively(machine, body));
  frame.returned = undefined;
  if (!trial.raised) widen(machine, trial.changes);
  return !trial.raised;
}

function widen(machine: Machine, changes: Changes): void {
  for (const [variables, names] of changes.keys) {
    for (const [name, value] of names) {
      const before = variables.get(name);
      if (before && value && !same(before, value)) machine.setVariable(variables, name, freshLike(machine, before));
    }
  }
  const grown: Changes = {
    keys: new Map(),
    wholes: new Map(
      [...changes.wholes]
        .filter(([value, contents]) => !alike(contentsOf(value), contents))
        .map(([value, contents]) => [value, { ...contents, open: true }]),
    ),
  };
  mergeChanges(machine, grown, grown);
}

/** Whether nothing has come or gone, though something may have been written anew. */
function alike(a: Contents, b: Contents): boolean {
  if (a.kind === 'items')
    return (
      b.kind === 'items' && a.items.length === b.items.length && a.items.every((item, at) => same(item, b.items[at]))
    );
  return (
    b.kind === 'entries' &&
    a.entries.size === b.entries.size &&
    [...a.entries].every(([key, [, value]]) => same(value, b.entries.get(key)?.[1]))
  );
}
