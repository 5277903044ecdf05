import type { Findings } from '../findings/findings';
import { LineWitness } from '../findings/lineWitness';
import { FindingsRecorder } from '../findings/recorder';
import { type Frame } from '../model/frame';
import type { Journal } from '../model/journal';
import type { LayerSpec, Library } from '../model/library';
import type { Completion, Machine } from '../model/machine';
import { number, unknown } from '../model/make';
import { type Mode, PLAIN } from '../model/mode';
import { faultOf, OutOfSteps } from '../model/raised';
import { type TensorValue, knownData, tally } from '../model/tensor';
import type { Arguments, CallPlace, ClassValue, FunctionValue, NumberValue, UnknownValue, Value } from '../model/value';
import type { Fault, ProjectView, ShapeSource } from '../report';
import type { Layout } from '../sizes/axis';
import { namesIn } from '../sizes/print';
import { type Size, TooComplex, isKnown, named, truncate } from '../sizes/size';
import { SizeNames } from '../sizes/sizeNames';
import type { BinaryOperator, CompareOperator, Expression, Statement } from '../syntax/ast';
import { asTensor, withRank } from './asTensor';
import { setAttribute } from './setAttribute';
import { attribute } from './attributes';
import { call } from './calls';
import { instantiate } from './classes';
import { construct } from './construct';
import { evaluate } from './expressions';
import { callFunction } from './functions';
import { Modules } from './modules';
import { compare } from './comparing';
import { binary } from './operators';
import { assign } from './assignment';
import { run, runBlock } from './statements';
import { setItem, subscript } from './subscript';
import { RunTrace } from './trace';

/** An analysis of one file with everything that it imports may take this many steps (about 60 ms). */
const MOST_STEPS = 400_000;
const MOST_DEPTH = 80;
/**
 * So often a function is run within itself, and so often where its end may not be known: then both ways are run at
 * every level, so that it would take all steps there are, and nothing of the file be told.
 */
const MOST_RECURSION = { decided: 256, undecided: 24 };
/** Of a module that something asks for: that it does is no part of what the program does. */
const APART: Mode = { ...PLAIN, quiet: true };

interface Watched {
  readonly made: Set<object>;
  readonly own: ReadonlyMap<string, Value>;
  readonly names: readonly string[];
  isChanged: boolean;
}

/** The state of one abstract execution; what each construct means is in the files beside this one. */
export class Interpreter implements Machine {
  readonly names = new SizeNames();
  readonly recorder = new FindingsRecorder(this);
  readonly trace = new RunTrace(this);
  readonly modules: Modules;
  readonly witness: LineWitness | undefined;
  readonly evidence: ShapeSource = 'example';
  readonly settings: Map<string, Value>;
  /** Errors of the analysis itself. */
  readonly faults: Fault[] = [];
  /** How often something ended because it took too many steps. */
  cut = 0;
  private current: Mode = PLAIN;
  private readonly journals: Journal[] = [];
  private steps = 0;
  private depth = 0;
  /** What runs now, and how often it was entered again meanwhile. */
  private readonly running = new Map<object, { within: number }>();
  private limit = MOST_STEPS;
  /** While changes are watched: what has been made meanwhile, and the variables that may change. */
  private watched: Watched | undefined;

  constructor(
    readonly path: string,
    readonly library: Library,
    project: ProjectView | undefined,
    readonly inputShapes: Readonly<Record<string, readonly (number | string)[]>>,
    witnessed = false,
  ) {
    this.witness = witnessed ? new LineWitness(this) : undefined;
    this.modules = new Modules(this, project);
    this.settings = new Map(library.settings);
  }

  get mode(): Mode {
    return this.current;
  }

  within<T>(change: Partial<Mode>, act: () => T): T {
    const before = this.current;
    this.current = {
      quiet: change.quiet ?? before.quiet,
      forked: change.forked ?? before.forked,
      aside: change.aside ?? before.aside,
      guarded: change.guarded ?? before.guarded,
      synthetic: change.synthetic ?? before.synthetic,
      probing: change.probing ?? before.probing,
      applications: change.applications ?? before.applications,
    };
    try {
      return act();
    } finally {
      this.current = before;
    }
  }

  fault(error: unknown): void {
    this.faults.push(faultOf(error));
  }

  /** How many steps were taken. */
  get taken(): number {
    return this.steps;
  }

  /** What runs next does so within nothing: an image of the machine was taken inside of something that had a share. */
  goOn(): void {
    this.limit = MOST_STEPS;
  }

  step(): void {
    if (++this.steps > this.limit) throw new OutOfSteps();
  }

  sharing(steps: number, act: () => void): number {
    const [from, whole] = [this.steps, this.limit];
    this.limit = Math.min(from + steps, whole);
    try {
      act();
    } catch (error) {
      if (!(error instanceof OutOfSteps) || this.limit === whole) throw error;
      this.cut++;
    } finally {
      this.limit = whole;
    }
    return this.steps - from;
  }

  apart(steps: number, act: () => void): number {
    const { steps: from, limit, depth } = this;
    const { watched } = this;
    const journals = this.journals.splice(0);
    this.watched = undefined;
    this.depth = 0;
    this.limit = from + steps;
    try {
      this.within(APART, act);
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      this.cut++;
    } finally {
      this.journals.push(...journals);
      Object.assign(this, { limit, depth, watched });
    }
    const took = this.steps - from;
    this.steps = from;
    return took;
  }

  enter(act: () => Value, what: object): Value {
    const outer = this.running.get(what);
    const most = this.mode.forked ? MOST_RECURSION.undecided : MOST_RECURSION.decided;
    if (this.depth >= MOST_DEPTH || (outer && ++outer.within > most)) return unknown();
    if (!outer) this.running.set(what, { within: 0 });
    this.depth++;
    try {
      return act();
    } finally {
      this.depth--;
      if (!outer) this.running.delete(what);
    }
  }

  /** What follows is an entry point of its own. Names start afresh, so that it does not depend on what ran before. */
  beginEntry(): Findings {
    this.trace.beginEntry();
    this.names.begin();
    return this.recorder.begin();
  }

  freshSize(stem = 'n'): Size {
    const size = this.names.fresh(stem);
    if (this.witness) for (const name of namesIn(size)) this.witness.named(name);
    return size;
  }

  freshNumber(stem = 'n'): NumberValue {
    return number(this.freshSize(stem));
  }

  symbolOf(value: UnknownValue, name = 'n'): NumberValue {
    if (!value.symbol) {
      const claimed = this.names.claim(value.name ?? name, value);
      value.symbol = number(named(claimed));
      this.witness?.named(claimed, value);
    }
    return value.symbol;
  }

  knownSize(value: Value | undefined): Size | undefined {
    if (value?.kind === 'number') {
      if (!value.float) return value.size;
      return isKnown(value.size) && Number.isInteger(value.size) ? value.size : undefined;
    }
    if (value?.kind === 'bool') return Number(value.value);
    if (value?.kind === 'tensor' && value.data) return this.knownSize(knownData(value));
    return undefined;
  }

  sizeOf(value: Value | undefined, name = 'n'): Size {
    const size = this.knownSize(value);
    if (size !== undefined) return size;
    if (value?.kind === 'number') return truncate(value.size) ?? this.freshSize(name);
    if (value?.kind === 'unknown') return this.symbolOf(value, name).size;
    return this.freshSize(name);
  }

  sizesOf(value: Value | undefined, count: number, name: string): Size[] | undefined {
    if (value === undefined) return undefined;
    if (value.kind === 'list' || value.kind === 'tuple') {
      if (value.open) return undefined;
      // PyTorch stretches a one-element tuple over all axes, as it does a number.
      const items = value.items.length === 1 ? new Array<Value>(count).fill(value.items[0]) : value.items;
      return items.length === count ? items.map((item) => this.sizeOf(item, name)) : undefined;
    }
    if (value.kind === 'number' || value.kind === 'bool' || value.kind === 'unknown') {
      return new Array<Size>(count).fill(this.sizeOf(value, name));
    }
    return undefined;
  }

  simple(compute: () => Size): Size {
    try {
      return compute();
    } catch (error) {
      if (error instanceof TooComplex) return this.freshSize();
      throw error;
    }
  }

  asTensor(value: Value): TensorValue | undefined {
    return asTensor(this, value);
  }

  withRank(
    value: TensorValue,
    rank: number,
    layout?: Layout,
    channels?: Size,
    wishes?: readonly (string | undefined)[],
  ): readonly Size[] | undefined {
    return withRank(this, value, rank, layout, channels, wishes);
  }

  shapeValue(value: Value): Value | undefined {
    const x = this.asTensor(value);
    if (!x) return undefined;
    // What is only likely is shown, and nothing may be decided by it: how many axes there are least of all.
    if (x.guessed === true) return { kind: 'tuple', items: [], open: true };
    return x.cell.shape
      ? { kind: 'tuple', items: x.cell.shape.map((size) => number(size)), open: false, sizesOf: x }
      : { kind: 'shape', tensor: x };
  }

  get settled(): boolean {
    return this.journals.length === 0;
  }

  journaled(journal: Journal, act: () => void): void {
    this.journals.push(journal);
    let done = false;
    try {
      act();
      done = true;
    } finally {
      this.journals.pop();
      // An error that leaves from inside leaves the changes as they are.
      if (!done) this.journals.at(-1)?.takeOver(journal);
    }
  }

  noteLocals(variables: Map<string, Value>): void {
    this.journals.at(-1)?.noteLocals(variables);
    this.watched?.made.add(variables);
  }

  noteMade(made: object): void {
    this.watched?.made.add(made);
  }

  /**
   * Runs something, and tells whether it may have changed anything that was there before, but for variables of these
   * names. What is found where it runs is another matter.
   */
  changes(own: ReadonlyMap<string, Value>, names: readonly string[], run: () => void): boolean {
    const before = tally.writes;
    const watched: Watched = { made: new Set(), own, names, isChanged: false };
    this.watched = watched;
    try {
      run();
    } finally {
      this.watched = undefined;
    }
    return watched.isChanged || tally.writes > before;
  }

  private noteChange(of: object, name?: string): void {
    const { watched } = this;
    if (!watched || watched.made.has(of)) return;
    if (name === undefined || of !== watched.own || !watched.names.includes(name)) watched.isChanged = true;
  }

  setVariable(variables: Map<string, Value>, name: string, value: Value): void {
    this.journals.at(-1)?.noteKey(variables, name);
    if (this.watched) this.noteChange(variables, name);
    variables.set(name, value);
  }

  removeVariable(variables: Map<string, Value>, name: string): void {
    this.journals.at(-1)?.noteKey(variables, name);
    if (this.watched) this.noteChange(variables, name);
    variables.delete(name);
  }

  touch(value: Parameters<Journal['noteWhole']>[0]): void {
    this.journals.at(-1)?.noteWhole(value);
    if (this.watched) this.noteChange(value);
  }

  evaluate(frame: Frame, node: Expression): Value {
    return evaluate(this, frame, node);
  }

  runBlock(frame: Frame, statements: readonly Statement[]): Completion {
    return runBlock(this, frame, statements);
  }

  run(frame: Frame, statement: Statement): Completion {
    return run(this, frame, statement);
  }

  assign(frame: Frame, target: Expression, value: Value): void {
    assign(this, frame, target, value);
  }

  call(callee: Value, args: Arguments, at: CallPlace | undefined): Value {
    return call(this, callee, args, at);
  }

  callFunction(func: FunctionValue, args: Arguments, at: CallPlace | undefined, self?: Value): Value {
    return callFunction(this, func, args, at, self);
  }

  instantiate(cls: ClassValue, args: Arguments, at: CallPlace | undefined): Value {
    return instantiate(this, cls, args, at);
  }

  construct(spec: LayerSpec, args: Arguments, at: CallPlace): Value {
    return construct(this, spec, args, at);
  }

  attribute(object: Value, name: string): Value {
    return attribute(this, object, name);
  }

  setAttribute(object: Value, name: string, value: Value): void {
    setAttribute(this, object, name, value);
  }

  subscript(object: Value, index: Value, at?: CallPlace): Value {
    return subscript(this, object, index, at);
  }

  setItem(object: Value, index: Value, value: Value, at?: CallPlace): void {
    setItem(this, object, index, value, at);
  }

  binary(operator: BinaryOperator, left: Value, right: Value, at: CallPlace): Value {
    return binary(this, operator, left, right, at);
  }

  compare(operator: CompareOperator, left: Value, right: Value): boolean | undefined {
    return compare(this, operator, left, right);
  }
}
