import { applyAssertion } from '../inputs/asserted';
import { applyNotes } from '../inputs/notes';
import { type Frame, placeOf } from '../model/frame';
import { MOST_ITEMS } from '../model/iterate';
import type { Completion, Machine } from '../model/machine';
import { argumentsOf, NONE, unknown } from '../model/make';
import { RAISED, raised } from '../model/raised';
import { forgotten, knownData, rewrite, type TensorValue, writeTo } from '../model/tensor';
import { truthOf } from '../model/truth';
import type { Value } from '../model/value';
import type { Expression, Statement } from '../syntax/ast';
import { assign } from './assignment';
import { defineClass } from './classes';
import { deleteTarget } from './deletion';
import { merge } from './dictMethods';
import { defineFunction } from './functions';
import { importFrom, importNames } from './imports';
import { goThrough } from './iteration';
import { forLoop, whileLoop } from './loops';
import { runWith } from './managed';
import { bindPattern, matches } from './patterns';
import { assignName } from './scope';
import { truthIn } from './truthiness';
import { exceptionOf, runTry } from './tried';
import { eitherWay } from './undecided';

export function runBlock(machine: Machine, frame: Frame, statements: readonly Statement[]): Completion {
  for (const statement of statements) {
    const completion = run(machine, frame, statement);
    if (completion !== 'next') return completion;
  }
  return 'next';
}

export function run(machine: Machine, frame: Frame, node: Statement): Completion {
  machine.step();
  if (node.notes) applyNotes(machine, frame, node, false);
  const completion = runPlain(machine, frame, node);
  if (node.notes && completion === 'next') applyNotes(machine, frame, node, true);
  machine.witness?.ran(frame, node, completion);
  return completion;
}

function runPlain(machine: Machine, frame: Frame, node: Statement): Completion {
  switch (node.kind) {
    case 'expression':
      machine.evaluate(frame, node.value);
      return 'next';
    case 'assign': {
      if (!node.value) return 'next';
      const value = machine.evaluate(frame, node.value);
      for (const target of node.targets) assign(machine, frame, target, value);
      return 'next';
    }
    case 'update':
      update(machine, frame, node);
      return 'next';
    case 'return':
      frame.returned = node.value ? machine.evaluate(frame, node.value) : NONE;
      return 'return';
    case 'if':
      return runIf(machine, frame, node);
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
      applyAssertion(machine, frame, node.test);
      if (truthOf(machine.evaluate(frame, node.test)) === false) throw RAISED;
      return 'next';
    case 'raise':
      throw node.value ? raised(exceptionOf(machine, frame, node.value)) : RAISED;
    case 'scope': {
      const names = (frame.scope[node.scope === 'global' ? 'globals' : 'nonlocals'] ??= new Set());
      for (const name of node.names) names.add(name);
      return 'next';
    }
    case 'delete':
      for (const target of node.targets) deleteTarget(machine, frame, target);
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

function update(machine: Machine, frame: Frame, node: Statement & { kind: 'update' }): void {
  const before = machine.evaluate(frame, node.target);
  const value = machine.evaluate(frame, node.value);
  if (before.kind === 'list' && node.operator === '+') {
    // In place: other names for the same list see it.
    machine.touch(before);
    const more = goThrough(machine, value);
    if (more && before.items.length < MOST_ITEMS) before.items = [...before.items, ...more];
    else before.open = true;
    return;
  }
  if (before.kind === 'dict' && node.operator === '|') {
    merge(machine, before, value);
    return;
  }
  if (before.kind === 'list' && node.operator === '*') {
    const result = machine.binary('*', before, value, placeOf(node, frame));
    machine.touch(before);
    before.items = result.kind === 'list' ? result.items : [];
    before.open = result.kind !== 'list' || result.open;
    return;
  }
  if (before.kind === 'container' && node.operator === '+') {
    machine.call(machine.attribute(before, 'extend'), argumentsOf(value), undefined);
    return;
  }
  const result = machine.binary(node.operator, before, value, placeOf(node, frame));
  // A tensor of PyTorch's that is written to keeps its shape, whatever it is that is added.
  const kept = before.kind === 'tensor' && before.torch && value.kind === 'unknown' && node.operator !== '@';
  const left = kept && result.kind === 'tensor' ? forgotten(before) : result;
  assign(machine, frame, node.target, before.kind === 'tensor' ? written(machine, before, left) : left);
}

/** What `x += …` leaves: the same memory, whose other names see the change. */
function written(machine: Machine, before: TensorValue, result: Value): Value {
  if (result.kind !== 'tensor') {
    writeTo(before);
    return result;
  }
  const data = knownData(result);
  if (data && before.data && machine.settled) {
    rewrite(before, data);
    return before;
  }
  writeTo(before);
  return { ...result, memory: before.memory, seen: before.memory?.writes };
}

function runIf(machine: Machine, frame: Frame, node: Statement & { kind: 'if' }, at = 0): Completion {
  if (at === node.branches.length) return runBlock(machine, frame, node.otherwise);
  const branch = node.branches[at];
  const truth = isMainGuard(branch.test)
    ? machine.modules.runsMain(frame)
    : truthIn(machine, machine.evaluate(frame, branch.test));
  if (truth !== undefined) {
    if (machine.trace.notes(frame))
      machine.trace.skipped(
        frame,
        truth ? [...node.branches.slice(at + 1).flatMap((each) => each.body), ...node.otherwise] : branch.body,
      );
    return truth ? runBlock(machine, frame, branch.body) : runIf(machine, frame, node, at + 1);
  }
  return eitherWay(
    machine,
    frame,
    () => runBlock(machine, frame, branch.body),
    () => runIf(machine, frame, node, at + 1),
  );
}

const isMainGuard = (test: Expression): boolean =>
  test.kind === 'compare' && test.first.kind === 'name' && test.first.name === '__name__';

function runMatch(machine: Machine, frame: Frame, node: Statement & { kind: 'match' }): Completion {
  const subject = machine.evaluate(frame, node.subject);
  const attempt = (index: number): Completion => {
    const each = node.cases[index];
    if (!each) return 'next';
    const matched = matches(machine, frame, each.pattern, subject);
    const rest = node.cases.slice(index + 1).flatMap((next) => next.body);
    if (matched === false) {
      machine.trace.skipped(frame, each.body);
      return attempt(index + 1);
    }
    const body = (): Completion => runBlock(machine, frame, each.body);
    const taken = (): Completion => {
      bindPattern(machine, frame, each.pattern, subject);
      const holds = each.guard ? truthOf(machine.evaluate(frame, each.guard)) : true;
      if (holds === undefined) return eitherWay(machine, frame, body, () => attempt(index + 1));
      machine.trace.skipped(frame, holds ? (matched ? rest : []) : each.body);
      return holds ? body() : attempt(index + 1);
    };
    return matched ? taken() : eitherWay(machine, frame, taken, () => attempt(index + 1));
  };
  return attempt(0);
}
