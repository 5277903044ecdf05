import { call, entryMethod } from './evaluate/calls';
import { instantiate, member } from './evaluate/classes';
import { type Interpreter, Raised } from './evaluate/interpreter';
import type { LoadedModule } from './evaluate/modules';
import { isModuleClass } from './evaluate/native';
import { tentatively } from './evaluate/undecided';
import { run } from './evaluate/statements';
import { Findings } from './evaluate/site';
import { entryArguments } from './inputs/declare';
import type { InputPoint } from './report';
import { substitute } from './symbolic/print';
import type { Statement } from './syntax/ast';
import { unknown } from './values/make';
import { tensor } from './values/tensor';
import type { Arguments, ClassValue, FunctionValue, InstanceValue, Value } from './values/value';

/** Steps that one entry point may take, so that a single one cannot use up what all of them have. */
const STEPS_PER_ENTRY = 120_000;
/** Instances of one class that are run when nothing in the program runs them. */
const RUNS_PER_CLASS = 3;

/** Runs something as an entry point of its own; what it raises ends it, not the analysis. */
export function asEntry(machine: Interpreter, act: () => void): Findings {
  machine.beginEntry(STEPS_PER_ENTRY);
  const { findings } = machine;
  attempt(act);
  settle(machine, findings);
  return findings;
}

function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Raised) && !(error instanceof RangeError)) throw error;
  }
}

/** Puts what later uses told about free sizes into the uses recorded before. */
export function settle(machine: Interpreter, findings: Findings): void {
  if (machine.bindings.size === 0) return;
  const settled = (sizes: readonly Parameters<typeof substitute>[0][]): Parameters<typeof substitute>[0][] => sizes.map((size) => substitute(size, machine.bindings));
  for (const byCallee of findings.sites.values()) {
    for (const site of byCallee.values()) {
      site.uses.splice(0, site.uses.length, ...site.uses.map((use) => ({ ...use, inputShape: settled(use.inputShape), outputShape: settled(use.outputShape) })));
    }
  }
}

/** Functions and classes of a module in an order in which users come before what they use. */
export function definitions(module: LoadedModule): (FunctionValue | ClassValue)[] {
  const found: { value: FunctionValue | ClassValue; words: ReadonlySet<string>; name: string }[] = [];
  for (const [name, value] of module.scope.variables) {
    if ((value.kind !== 'function' && value.kind !== 'class') || value.chunk?.path !== module.path) continue;
    found.push({ value, name, words: wordsOf(value.chunk) });
  }
  const isRoot = (name: string, self: unknown): boolean => !found.some((other) => other.value !== self && other.words.has(name));
  const order = found.toReversed();
  return [...order.filter((each) => isRoot(each.name, each.value)), ...order.filter((each) => !isRoot(each.name, each.value))].map((each) => each.value);
}

const words = new WeakMap<object, ReadonlySet<string>>();

function wordsOf(chunk: { readonly text: string }): ReadonlySet<string> {
  let found = words.get(chunk);
  if (!found) words.set(chunk, (found = new Set(chunk.text.match(/[A-Za-z_]\w*/g))));
  return found;
}

/** Makes an instance of a class that nothing makes: with its defaults, and symbols for what has none. */
export function construct(machine: Interpreter, cls: ClassValue): void {
  const init = member(cls, '__init__');
  const parameters = init?.kind === 'function' ? init.definition.parameters.slice(1) : [];
  const positional: Value[] = [];
  for (const parameter of parameters) {
    if (parameter.kind !== 'plain' || (init?.kind === 'function' && init.defaults.has(parameter.name))) break;
    positional.push(unknown(parameter.name));
  }
  const keywords = new Map(parameters.filter((each) => each.kind === 'keywordOnly' && !each.initial).map((each) => [each.name, unknown(each.name) as Value]));
  attempt(() => instantiate(machine, cls, { positional, keywords, open: false }, undefined));
}

/** Runs the instances that nothing has run, outer ones first (they are made before their parts). */
export function runInstances(machine: Interpreter, points: InputPoint[], path: string): void {
  const runs = new Map<ClassValue, number>();
  for (let at = 0; at < machine.instances.length; at++) {
    const instance = machine.instances[at];
    const done = runs.get(instance.cls) ?? 0;
    if (done >= RUNS_PER_CLASS || !runnable(instance)) continue;
    if (instance.applied === 0 && entryMethod(instance)) {
      runs.set(instance.cls, done + 1);
      runMethod(machine, instance, entryMethod(instance)!, points);
    }
    if (done === 0 && instance.cls.chunk.path === path) runOtherMethods(machine, instance, points);
  }
}

const runnable = (instance: InstanceValue): boolean => isModuleClass(instance.cls) || entryMethod(instance) !== undefined;

function runOtherMethods(machine: Interpreter, instance: InstanceValue, points: InputPoint[]): void {
  for (const [name, value] of instance.cls.members) {
    if (value.kind === 'function' && value.calls === 0 && value.binding === 'plain' && !name.startsWith('__') && value.definition.kind === 'function') runMethod(machine, instance, name, points);
  }
}

function runMethod(machine: Interpreter, instance: InstanceValue, name: string, points: InputPoint[]): void {
  const func = member(instance.cls, name);
  if (func?.kind !== 'function') return;
  const entry = name === entryMethod(instance);
  const own: InputPoint[] = [];
  const args = entryArguments(instance.cls.name, func, true, own, func.chunk.absolute, !entry);
  if (func.chunk.path === instance.cls.chunk.path) points.push(...own.filter((each) => !points.some((other) => other.key === each.key)));
  const callee: Value = entry ? instance : { kind: 'method', self: instance, func };
  twice(machine, args, (settled) => {
    if (entry) call(machine, callee, settled, undefined);
    else {
      machine.applications++;
      try {
        call(machine, callee, machine.withInputs(instance, func, settled), undefined);
      } finally {
        machine.applications--;
      }
    }
  });
}

/** A function that nothing calls. */
export function runFunction(machine: Interpreter, func: FunctionValue, points: InputPoint[]): void {
  const own: InputPoint[] = [];
  const args = entryArguments('', func, false, own, func.chunk.absolute, true);
  points.push(...own);
  twice(machine, args, (settled) => call(machine, func, settled, undefined));
}

/**
 * A first, silent run tells what the uses of the inputs say about their shapes; the second has them from the start, so that
 * conditions on shapes can be decided.
 */
function twice(machine: Interpreter, args: Arguments, act: (args: Arguments) => void): void {
  const inputs = args.positional.filter((value) => value.kind === 'unknown' && value.input === true);
  if (inputs.length > 0) {
    machine.quiet++;
    const before = machine.instances;
    machine.instances = [];
    tentatively(machine, () => attempt(() => act(args)));
    machine.instances = before;
    machine.quiet--;
  }
  const positional = args.positional.map((value): Value => {
    if (value.kind !== 'unknown' || !value.tensor) return value;
    const { cell, inputKey } = value.tensor;
    const fresh: Value = { ...value, tensor: tensor(undefined, 'symbolic', { stem: cell.stem, soft: true, inputKey }), members: undefined };
    return cell.shape ? tensor(cell.shape.map((size) => substitute(size, machine.bindings)), 'symbolic', { stem: cell.stem, soft: true, inputKey }) : fresh;
  });
  attempt(() => act({ ...args, positional }));
}

/** Statements that a known condition passed over, run aside: their layers are reported, without uses or problems. */
export function runPassedOver(machine: Interpreter, seen: WeakSet<Statement>): Findings {
  const { findings } = machine;
  machine.findings = new Findings();
  machine.aside = true;
  for (let at = 0; at < machine.passedOver.length && at < 500; at++) {
    const { frame, statements } = machine.passedOver[at];
    for (const statement of statements) {
      if (seen.has(statement)) continue;
      seen.add(statement);
      tentatively(machine, () => attempt(() => run(machine, { ...frame, possible: [] }, statement)));
    }
  }
  machine.aside = false;
  machine.passedOver.length = 0;
  const aside = machine.findings;
  machine.findings = findings;
  return aside;
}
