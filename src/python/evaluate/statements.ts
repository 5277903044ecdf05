import type { Expression, Lambda, Statement } from '../syntax/ast';
import { NONE, unknown } from '../model/make';
import type { FunctionValue, Value } from '../model/value';
import { attribute, setAttribute } from './attributes';
import { defineClass } from './classes';
import { evaluate } from './expressions';
import type { Frame } from '../model/frame';
import { importFrom, importNames } from './imports';
import { type Interpreter, Raised } from './interpreter';
import { MOST_ITEMS, iterate } from '../model/iterate';
import { join, mergeChanges } from './join';
import { forLoop, whileLoop } from './loops';
import { defineFunction } from './functions';
import { applyNotes } from '../inputs/notes';
import { mentionDefinition } from '../findings/mentions';
import { binary } from './operators';
import { bindPattern, matches } from './patterns';
import { assignName } from './scope';
import { setItem } from './subscript';
import { call } from './calls';
import { truthOf } from '../model/truth';
import { keep, tentatively } from './undecided';
import { fileOf } from '../findings/weightFiles';

/** How a statement ended. `raise` is an exception of the interpreter, see `Raised`. */
export type Completion = 'next' | 'return' | 'break' | 'continue';

export function runBlock(machine: Interpreter, frame: Frame, statements: readonly Statement[]): Completion {
  for (const statement of statements) {
    const completion = run(machine, frame, statement);
    if (completion !== 'next') return completion;
  }
  return 'next';
}

export function run(machine: Interpreter, frame: Frame, node: Statement): Completion {
  machine.step();
  if (node.notes) applyNotes(machine, frame, node.notes, false);
  const completion = runPlain(machine, frame, node);
  if (node.notes && completion === 'next') applyNotes(machine, frame, node.notes, true);
  return completion;
}

function runPlain(machine: Interpreter, frame: Frame, node: Statement): Completion {
  switch (node.kind) {
    case 'expression':
      evaluate(machine, frame, node.value);
      return 'next';
    case 'assign': {
      if (!node.value) return 'next';
      const value = evaluate(machine, frame, node.value);
      for (const target of node.targets) assign(machine, frame, target, value);
      return 'next';
    }
    case 'update':
      update(machine, frame, node);
      return 'next';
    case 'return':
      frame.returned = node.value ? evaluate(machine, frame, node.value) : NONE;
      return 'return';
    case 'if':
      return runIf(machine, frame, node.branches, node.otherwise);
    case 'for':
      return forLoop(machine, frame, node);
    case 'while':
      return whileLoop(machine, frame, node);
    case 'function':
      assignName(machine, frame.scope, node.name, defineFunction(machine, frame, node));
      return 'next';
    case 'class':
      assignName(machine, frame.scope, node.name, defineClass(machine, frame, node));
      return 'next';
    case 'import':
      importNames(machine, frame, node.names);
      return 'next';
    case 'from':
      importFrom(machine, frame, node);
      return 'next';
    case 'with':
      return runWith(machine, frame, node);
    case 'try':
      return runTry(machine, frame, node);
    case 'match':
      return runMatch(machine, frame, node);
    case 'assert':
      if (truthOf(evaluate(machine, frame, node.test)) === false) throw new Raised();
      return 'next';
    case 'raise':
      throw new Raised();
    case 'scope':
      for (const name of node.names) frame.scope[node.scope === 'global' ? 'globals' : 'nonlocals'].add(name);
      return 'next';
    case 'delete':
      for (const target of node.targets)
        if (target.kind === 'name') machine.removeVariable(frame.scope.variables, target.name);
      return 'next';
    case 'type':
      assignName(machine, frame.scope, node.name, unknown());
      return 'next';
    case 'break':
    case 'continue':
      return node.kind;
    case 'pass':
    case 'unreadable':
      return 'next';
    default:
      return node satisfies never;
  }
}

export function assign(machine: Interpreter, frame: Frame, target: Expression, value: Value): void {
  switch (target.kind) {
    case 'name':
      assignName(machine, frame.scope, target.name, value);
      return;
    case 'attribute': {
      const object = evaluate(machine, frame, target.object);
      setAttribute(machine, object, target.name, value);
      mentionDefinition(machine, value, target, frame);
      return;
    }
    case 'subscript':
      setItem(machine, evaluate(machine, frame, target.object), evaluate(machine, frame, target.index), value);
      return;
    case 'tuple':
    case 'list':
      unpack(machine, frame, target.items, value);
      return;
    case 'starred':
      assign(machine, frame, target.value, value);
      return;
    default:
      return;
  }
}

function unpack(machine: Interpreter, frame: Frame, targets: readonly Expression[], value: Value): void {
  const star = targets.findIndex((target) => target.kind === 'starred');
  if (value.kind === 'shape' && star < 0) machine.withRank(value.tensor, targets.length);
  const items = iterate(value);
  if (items && star >= 0 && items.length >= targets.length - 1) {
    const tail = targets.length - star - 1;
    const middle = items.slice(star, items.length - tail);
    const shaped = [
      ...items.slice(0, star),
      { kind: 'list', items: [...middle], open: false } as Value,
      ...items.slice(items.length - tail),
    ];
    targets.forEach((target, index) => assign(machine, frame, target, shaped[index]));
    return;
  }
  if (items && items.length !== targets.length && star < 0) {
    if (machine.forks === 0) throw new Raised();
  }
  const failed = value.kind === 'unknown' && value.failed === true;
  targets.forEach((target, index) => assign(machine, frame, target, items?.[index] ?? (failed ? value : unknown())));
}

function update(machine: Interpreter, frame: Frame, node: Statement & { kind: 'update' }): void {
  const before = evaluate(machine, frame, node.target);
  const value = evaluate(machine, frame, node.value);
  if (before.kind === 'list' && node.operator === '+') {
    // In place: other names for the same list see it.
    machine.touch(before);
    const more = iterate(value);
    if (more && before.items.length < MOST_ITEMS) before.items = [...before.items, ...more];
    else before.open = true;
    return;
  }
  if (before.kind === 'container' && node.operator === '+') {
    call(
      machine,
      attribute(machine, before, 'extend'),
      { positional: [value], keywords: new Map(), open: false },
      undefined,
    );
    return;
  }
  assign(machine, frame, node.target, binary(machine, node.operator, before, value, { ...node, chunk: frame.chunk }));
}

function runIf(
  machine: Interpreter,
  frame: Frame,
  branches: readonly { test: Expression; body: readonly Statement[] }[],
  otherwise: readonly Statement[],
): Completion {
  const [branch, ...rest] = branches;
  if (!branch) return runBlock(machine, frame, otherwise);
  const truth = isMainGuard(branch.test)
    ? machine.modules.runsMain(frame)
    : truthOf(evaluate(machine, frame, branch.test));
  if (truth !== undefined) {
    machine.skipped(frame, truth ? [...rest.flatMap((each) => each.body), ...otherwise] : branch.body);
    return truth ? runBlock(machine, frame, branch.body) : runIf(machine, frame, rest, otherwise);
  }
  return eitherWay(
    machine,
    frame,
    () => runBlock(machine, frame, branch.body),
    () => runIf(machine, frame, rest, otherwise),
  );
}

const isMainGuard = (test: Expression): boolean =>
  test.kind === 'compare' && test.first.kind === 'name' && test.first.name === '__name__';

/**
 * Both ways of a condition that is not known. A way that raises is taken not to happen; one that returns leaves its
 * value among the possible ones; one that breaks or continues leaves its changes joined with the other's.
 */
export function eitherWay(
  machine: Interpreter,
  frame: Frame,
  first: () => Completion,
  second: () => Completion,
): Completion {
  const ways = [first, second].map((way) => {
    const outcome = tentatively(machine, way);
    const returned = frame.returned;
    frame.returned = undefined;
    return { ...outcome, returned };
  });
  const alive = ways.filter((way) => !way.raised);
  if (alive.length === 0) throw new Raised();
  if (alive.length === 1) {
    keep(machine, alive[0].changes);
    frame.returned = alive[0].returned;
    return alive[0].result!;
  }
  const [one, two] = alive;
  if (one.result === 'return' && two.result === 'return') {
    mergeChanges(machine, one.changes, two.changes);
    frame.returned = join(machine, one.returned!, two.returned!);
    return 'return';
  }
  for (const way of alive) if (way.result === 'return') frame.possible.push(way.returned!);
  const going = alive.filter((way) => way.result !== 'return');
  if (going.length === 1) keep(machine, going[0].changes);
  else mergeChanges(machine, one.changes, two.changes);
  if (going.every((way) => way.result === going[0].result)) return going[0].result!;
  return 'next';
}

function runWith(machine: Interpreter, frame: Frame, node: Statement & { kind: 'with' }): Completion {
  let expectsError = false;
  for (const [item, target] of node.items) {
    const value = evaluate(machine, frame, item);
    if (
      item.kind === 'call' &&
      item.callee.kind === 'attribute' &&
      /^(raises|assertRaises\w*|suppress)$/.test(item.callee.name)
    )
      expectsError = true;
    if (!target) continue;
    const entered =
      value.kind === 'instance'
        ? call(
            machine,
            attribute(machine, value, '__enter__'),
            { positional: [], keywords: new Map(), open: false },
            undefined,
          )
        : fileOf(value)
          ? value
          : unknown();
    assign(machine, frame, target, entered);
  }
  if (!expectsError) return runBlock(machine, frame, node.body);
  return guarded(machine, () => {
    try {
      return runBlock(machine, frame, node.body);
    } catch (error) {
      if (error instanceof Raised) return 'next';
      throw error;
    }
  });
}

function guarded<T>(machine: Interpreter, runIt: () => T): T {
  machine.guarded++;
  try {
    return runIt();
  } finally {
    machine.guarded--;
  }
}

function runTry(machine: Interpreter, frame: Frame, node: Statement & { kind: 'try' }): Completion {
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
  const last = runBlock(machine, frame, node.final);
  if (last !== 'next') return last;
  if (outcome instanceof Raised) throw outcome;
  frame.returned = returned;
  return outcome;
}

function runHandled(machine: Interpreter, frame: Frame, node: Statement & { kind: 'try' }): Completion {
  let completion: Completion;
  try {
    completion =
      node.handlers.length > 0
        ? guarded(machine, () => runBlock(machine, frame, node.body))
        : runBlock(machine, frame, node.body);
  } catch (error) {
    if (!(error instanceof Raised) || node.handlers.length === 0) throw error;
    const { name } = node.caught[0];
    if (name !== undefined) assignName(machine, frame.scope, name, unknown());
    return runBlock(machine, frame, node.handlers[0]);
  }
  machine.skipped(frame, node.handlers.flat());
  return completion === 'next' ? runBlock(machine, frame, node.otherwise) : completion;
}

function runMatch(machine: Interpreter, frame: Frame, node: Statement & { kind: 'match' }): Completion {
  const subject = evaluate(machine, frame, node.subject);
  const attempt = (index: number): Completion => {
    const each = node.cases[index];
    if (!each) return 'next';
    const matched = matches(machine, frame, each.pattern, subject);
    const rest = node.cases.slice(index + 1).flatMap((next) => next.body);
    if (matched === false) {
      machine.skipped(frame, each.body);
      return attempt(index + 1);
    }
    const body = (): Completion => runBlock(machine, frame, each.body);
    const taken = (): Completion => {
      bindPattern(machine, frame, each.pattern, subject);
      const holds = each.guard ? truthOf(evaluate(machine, frame, each.guard)) : true;
      if (holds === undefined) return eitherWay(machine, frame, body, () => attempt(index + 1));
      machine.skipped(frame, holds ? (matched ? rest : []) : each.body);
      return holds ? body() : attempt(index + 1);
    };
    return matched ? taken() : eitherWay(machine, frame, taken, () => attempt(index + 1));
  };
  return attempt(0);
}

export function makeLambda(machine: Interpreter, frame: Frame, node: Lambda): FunctionValue {
  const defaults = new Map(
    node.parameters.filter((each) => each.initial).map((each) => [each.name, evaluate(machine, frame, each.initial!)]),
  );
  return {
    kind: 'function',
    name: '<lambda>',
    definition: node,
    scope: frame.scope,
    defaults,
    binding: 'plain',
    chunk: frame.chunk,
    owner: frame.owner,
  };
}
