import { call, entryMethod } from '../evaluate/calls';
import { instantiate, member } from '../evaluate/classes';
import type { Interpreter } from '../evaluate/interpreter';
import type { LoadedModule } from '../evaluate/modules';
import { isModuleClass } from '../evaluate/native';
import type { Findings } from '../findings/findings';
import { declareInputs, entryArguments, type FoundInput, withSetShapes } from '../inputs/declare';
import { docstringShapes } from '../inputs/docstring';
import { readDims } from '../inputs/notes';
import { Journal } from '../model/journal';
import { unknown } from '../model/make';
import { isFault, OutOfSteps } from '../model/raised';
import type { Site } from '../model/site';
import { tally, tensor } from '../model/tensor';
import type { Arguments, ClassValue, FunctionValue, InstanceValue, UnknownValue, Value } from '../model/value';
import { substitute } from '../sizes/print';
import { isKnown, TooComplex } from '../sizes/size';
import type { Parameter } from '../syntax/ast';
import { keepingCertain, warningOfDefaults } from './certainty';
import { later } from './lateAttributes';

/** Steps that one entry point may take, so that a single one cannot use up what all of them have. */
export const STEPS_PER_ENTRY = 120_000;
/** Instances of one class that are run when nothing in the program runs them. */
const RUNS_PER_CLASS = 3;

/** Runs something as an entry point of its own; what it raises ends it, not the analysis. */
export function asEntry(machine: Interpreter, act: () => void, steps = STEPS_PER_ENTRY): Findings {
  const findings = machine.beginEntry();
  machine.sharing(steps, () => attempt(machine, act));
  settle(machine, findings);
  return findings;
}

/** The rest of an entry point that had found nothing until then, and had so many steps left. */
export function restOfEntry(machine: Interpreter, act: () => void, steps: number): Findings {
  const findings = machine.recorder.begin();
  machine.sharing(steps, () => attempt(machine, act));
  settle(machine, findings);
  return findings;
}

/**
 * A fault of ours costs the function in which it happens, and is told as ours. A stack that is too deep and a size that
 * outgrows its normal form are expected of some programs.
 */
export function attempt(machine: Interpreter, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof OutOfSteps) throw error;
    if (isFault(error) && !(error instanceof RangeError) && !(error instanceof TooComplex)) machine.fault(error);
  }
}

/** Puts what later uses told about free sizes into the uses recorded before. */
export function settle(machine: Interpreter, findings: Findings): void {
  const told = machine.names.told();
  machine.witness?.settle(findings, told);
  if (told.size === 0) return;
  const settled = (sizes: readonly Parameters<typeof substitute>[0][]): Parameters<typeof substitute>[0][] =>
    sizes.map((size) => substitute(size, told));
  for (const { uses } of findings.all()) {
    uses.forEach((use, index) => {
      const { inputShape, outputShape } = use.application;
      // What is known already is shared with other readings.
      if (inputShape.every(isKnown) && outputShape.every(isKnown)) return;
      const application = {
        ...use.application,
        inputShape: settled(inputShape),
        outputShape: settled(outputShape),
        key: undefined,
        printed: undefined,
      };
      uses[index] = { ...use, application };
    });
  }
}

/** Functions and classes of a module in an order in which users come before what they use. */
export function definitions(module: LoadedModule): (FunctionValue | ClassValue)[] {
  const found: { value: FunctionValue | ClassValue; words: ReadonlySet<string>; name: string }[] = [];
  for (const [name, value] of module.scope.variables) {
    if ((value.kind !== 'function' && value.kind !== 'class') || value.chunk?.path !== module.path) continue;
    found.push({ value, name, words: value.chunk.words });
  }
  const mentions = new Map(found.map(({ name }) => [name, 0]));
  for (const each of found)
    for (const word of each.words) {
      const known = mentions.get(word);
      if (known !== undefined) mentions.set(word, known + 1);
    }
  // Its own text mentions it once.
  const isRoot = (name: string): boolean => (mentions.get(name) ?? 0) <= 1;
  const order = found.toReversed();
  return [...order.filter((each) => isRoot(each.name)), ...order.filter((each) => !isRoot(each.name))].map(
    (each) => each.value,
  );
}

const parametersOf = (func: Value | undefined, skipFirst: boolean): readonly Parameter[] =>
  func?.kind === 'function' ? func.definition.parameters.slice(skipFirst ? 1 : 0) : [];

/** Whether a bare call is one that the code provides for: then its defaults are as good as an example. */
const callableBare = (parameters: readonly Parameter[]): boolean =>
  parameters.every((each) => each.initial !== undefined);

/** Arguments of which nothing is known, not even whether those that have a default are given. */
function leftOpen(parameters: readonly Parameter[]): Arguments {
  return {
    positional: parameters.filter((each) => each.kind === 'plain').map((each) => unknown(each.name)),
    keywords: new Map(
      parameters.filter((each) => each.kind === 'keywordOnly').map((each) => [each.name, unknown(each.name) as Value]),
    ),
    open: parameters.some((each) => each.kind === 'star' || each.kind === 'doubleStar'),
  };
}

/** Runs a class that nothing makes. */
export function runClass(machine: Interpreter, cls: ClassValue, points: FoundInput[], path: string): void {
  const parameters = parametersOf(member(cls, '__init__'), true);
  const made = (args?: Arguments): void => {
    let isWhole = true;
    if (args) attempt(machine, () => instantiate(machine, cls, args, undefined));
    else isWhole = construct(machine, cls);
    // What is done with an object that was only half made is no error of the program.
    const guarded = machine.mode.guarded || !isWhole;
    machine.within({ guarded }, () => {
      runInstances(machine, args ? [] : points, path);
    });
  };
  if (parameters.length === 0) made();
  else {
    const keeping = callableBare(parameters) ? warningOfDefaults : keepingCertain;
    keeping(machine, made, () => made(leftOpen(parameters)));
  }
}

/**
 * Makes an instance of a class that nothing makes: with its defaults, and symbols for what has none. Whether that came
 * to its end: a default may stand for what every caller gives (`ch=()`, of which the first is then taken).
 */
function construct(machine: Interpreter, cls: ClassValue): boolean {
  const init = member(cls, '__init__');
  const parameters = parametersOf(init, true);
  const positional: Value[] = [];
  for (const parameter of parameters) {
    if (parameter.kind !== 'plain' || (init?.kind === 'function' && init.defaults.has(parameter.name))) break;
    positional.push(unknown(parameter.name));
  }
  const keywords = new Map(
    parameters
      .filter((each) => each.kind === 'keywordOnly' && !each.initial)
      .map((each) => [each.name, unknown(each.name) as Value]),
  );
  let isWhole = false;
  attempt(machine, () => {
    instantiate(machine, cls, { positional, keywords, open: false }, undefined);
    isWhole = true;
  });
  return isWhole;
}

/** Runs the instances that nothing has run, outer ones first (they are made before their parts). */
export function runInstances(machine: Interpreter, points: FoundInput[], path: string): void {
  const runs = new Map<ClassValue, number>();
  // By index: running one may make more.
  for (let at = 0; at < machine.trace.instances.length; at++) {
    const instance = machine.trace.instances[at];
    const done = runs.get(instance.cls) ?? 0;
    if (done >= RUNS_PER_CLASS || !runnable(instance)) continue;
    const unused = instance.applied === 0 && !(instance.place && machine.trace.isApplied(instance.place));
    if (unused && entryMethod(instance)) {
      runs.set(instance.cls, done + 1);
      runMethod(machine, instance, entryMethod(instance)!, points);
    }
    if (done > 0 || instance.cls.chunk?.path !== path) continue;
    // Nobody calls these: an example in one of them counts where nothing that is called gives another.
    later(machine, instance, () =>
      machine.within({ synthetic: true }, () => runOtherMethods(machine, instance, points)),
    );
  }
}

const runnable = (instance: InstanceValue): boolean =>
  isModuleClass(instance.cls) || entryMethod(instance) !== undefined;

function runOtherMethods(machine: Interpreter, instance: InstanceValue, points: FoundInput[]): void {
  for (const [name, value] of instance.cls.members) {
    if (
      value.kind === 'function' &&
      !machine.trace.isCovered(value.definition) &&
      value.binding === 'plain' &&
      !name.startsWith('__') &&
      value.definition.kind === 'function'
    )
      runMethod(machine, instance, name, points);
  }
}

function runMethod(machine: Interpreter, instance: InstanceValue, name: string, points: FoundInput[]): void {
  const func = member(instance.cls, name);
  if (func?.kind !== 'function') return;
  const entry = name === entryMethod(instance);
  const own: FoundInput[] = [];
  const args = entryArguments(instance.cls.name, func, true, own, func.chunk, !entry);
  if (func.chunk.path === instance.cls.chunk?.path)
    points.push(...own.filter((each) => !points.some((other) => other.key === each.key)));
  const callee: Value = entry ? instance : { kind: 'method', self: instance, func };
  const run = (settled: Arguments): void => {
    if (entry) call(machine, callee, settled, undefined);
    else
      machine.within({ applications: machine.mode.applications + 1 }, () =>
        call(machine, callee, declareInputs(machine, instance, func, settled), undefined),
      );
  };
  certainly(machine, func, true, args, run);
}

/** Runs an entry point with its defaults; errors count that hold whatever is given in their place. */
function certainly(
  machine: Interpreter,
  func: FunctionValue,
  skipFirst: boolean,
  args: Arguments,
  run: (args: Arguments) => void,
): void {
  const parameters = parametersOf(func, skipFirst);
  const said = docstringShapes(func.definition);
  const act = (): void => twice(machine, args, run, said);
  if (parameters.length === args.positional.length || (!skipFirst && callableBare(parameters))) act();
  else {
    const open = leftOpen(parameters);
    keepingCertain(machine, act, () =>
      twice(
        machine,
        { ...open, positional: open.positional.map((value, index) => afresh(args.positional[index]) ?? value) },
        run,
        NOTHING_SAID,
      ),
    );
  }
}

/** The input without what the first run found out about it. */
function afresh(value: Value | undefined): Value | undefined {
  if (value?.kind !== 'unknown' || !value.tensor) return value;
  const { cell, inputKey } = value.tensor;
  return {
    kind: 'unknown',
    name: value.name,
    input: value.input,
    tensor: tensor(undefined, 'symbolic', { stem: cell.stem, soft: true, inputKey }),
  };
}

/** A function that nothing calls. */
export function runFunction(machine: Interpreter, func: FunctionValue, points: FoundInput[]): void {
  const own: FoundInput[] = [];
  const args = withSetShapes(machine, func, entryArguments('', func, false, own, func.chunk, true));
  points.push(...own);
  certainly(machine, func, false, args, (settled) => call(machine, func, settled, undefined));
}

/** What a docstring says of parameters. */
type Said = ReturnType<typeof docstringShapes>;
const NOTHING_SAID: Said = new Map();

/**
 * Runs an entry point whose inputs have no shape yet; the uses of the inputs tell. Where something had to be left open
 * before they did (a condition on a shape, a `view`), what the run found is taken back, and a second one has the shapes
 * from the start; where they tell nothing of one, that which is `said` of it, as long as the code agrees.
 */
function twice(machine: Interpreter, args: Arguments, act: (args: Arguments) => void, said: Said): void {
  if (!args.positional.some((value) => value.kind === 'unknown' && value.input === true)) {
    attempt(machine, () => act(args));
    return;
  }
  const { trace, recorder } = machine;
  const { findings } = recorder;
  const before = {
    open: tally.open,
    conditions: trace.conditions,
    passedOver: trace.passedOver.length,
    errors: recorder.errors,
    marks: marksOf(findings),
    loose: findings.problems.length,
    lines: findings.lines.length,
    networks: findings.networks.length,
  };
  /** Runs something, and leaves what it did and found where that holds. */
  const tried = (run: () => void, holds: () => boolean): boolean => {
    const journal = new Journal();
    const born = trace.making(() => machine.journaled(journal, () => attempt(machine, run)));
    if (holds()) {
      trace.adopt(born);
      return true;
    }
    journal.rollBack();
    trace.forgetPassedOver(before.passedOver);
    recorder.forgetErrors(before.errors);
    takeBack(findings, before.marks, before.loose);
    findings.lines.length = before.lines;
    findings.networks.length = before.networks;
    return false;
  };
  let sound = true;
  const holdsAsItIs = (): boolean => {
    sound = recorder.errors === before.errors;
    return tally.open === before.open && trace.conditions === before.conditions;
  };
  if (tried(() => act(args), holdsAsItIs)) return;
  const again = (rest: Said): void =>
    act({ ...args, positional: args.positional.map((value) => settled(machine, value, rest)) });
  // What people say may be out of date: a run that rests on it tells no errors, and ends where the code refuses it.
  if (sound && args.positional.some((value) => isOpen(value) && said.has(value.name ?? ''))) {
    let agrees = false;
    const run = (): void => {
      machine.within({ guarded: true }, () => again(said));
      agrees = true;
    };
    if (tried(run, () => agrees)) return;
  }
  attempt(machine, () => again(NOTHING_SAID));
}

/** Whether not even the number of its axes is known of an input. */
const isOpen = (value: Value): value is UnknownValue =>
  value.kind === 'unknown' && value.tensor !== undefined && !value.tensor.cell.shape;

function settled(machine: Interpreter, value: Value, said: Said): Value {
  if (value.kind !== 'unknown' || !value.tensor) return value;
  const { cell, inputKey } = value.tensor;
  const more = { stem: cell.stem, soft: true, inputKey };
  if (cell.shape)
    return tensor(
      cell.shape.map((size) => substitute(size, machine.names.bindings)),
      'symbolic',
      more,
    );
  const dims = said.get(value.name ?? '');
  if (dims) return tensor(readDims(machine, dims), 'comment', { inputKey });
  return { ...value, tensor: tensor(undefined, 'symbolic', more), members: undefined };
}

type Marks = ReadonlyMap<Site, readonly [uses: number, problems: number, mentions: number]>;

function marksOf(findings: Findings): Marks {
  return new Map(
    [...findings.all()].map((site) => [site, [site.uses.length, site.problems.length, site.mentions.length]] as const),
  );
}

function takeBack(findings: Findings, marks: Marks, loose: number): void {
  for (const site of findings.all()) {
    const [uses, problems, mentions] = marks.get(site) ?? [0, 0, 0];
    site.uses.length = uses;
    site.problems.length = problems;
    site.mentions.length = mentions;
  }
  findings.problems.length = loose;
}
