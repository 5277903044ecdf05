import { declareInputs } from '../inputs/declare';
import type { ProjectView, ShapeSource } from '../report';
import { type Size, TooComplex, add, floorDivide, isKnown, multiply, named, subtract, truncate } from '../sizes/size';
import type { Statement } from '../syntax/ast';
import { number } from '../model/make';
import { type TensorValue, tensor } from '../model/tensor';
import type {
  Arguments,
  CallPlace,
  FunctionValue,
  InstanceValue,
  NumberValue,
  UnknownValue,
  Value,
} from '../model/value';
import { call } from './calls';
import { type Said, say } from '../findings/certainty';
import type { Frame } from '../model/frame';
import { type Journal } from '../model/journal';
import { Modules } from './modules';
import { Findings, type LooseProblem } from '../findings/site';
import { SizeNames } from '../sizes/sizeNames';
import { subscript } from './subscript';

/** Ends an analysis that takes too many steps; what was found until then holds. */
export class OutOfSteps extends Error {}

/** A Python exception on its way to a handler; which one does not matter to shapes. */
export class Raised extends Error {}

/** An analysis of one file with everything that it imports may take this many steps (about 60 ms). */
const MOST_STEPS = 400_000;
const MOST_DEPTH = 80;
const AXIS_NAMES: Readonly<Record<string, readonly string[]>> = {
  first: ['D', 'H', 'W'],
};

export type Layout = 'first' | 'last';

/** The state of one abstract execution; what each construct means is in the files beside this one. */
export class Interpreter {
  findings = new Findings();
  steps = 0;
  depth = 0;
  /** How many undecided conditions surround the current statement: what is found inside is possible, not certain. */
  forks = 0;
  /** How many conditions could not be decided, ever. */
  undecided = 0;
  /** While positive nothing is recorded: a first pass over a loop, the other options of a choice. */
  quiet = 0;
  /** While set, calls are noted as reached but not what their layers do: statements that are passed over. */
  aside = false;
  /** Inside `try:` or `pytest.raises`, where an error may well be meant. */
  guarded = 0;
  /** Nesting of module calls: 0 in example code. */
  applications = 0;
  private readonly journals: Journal[] = [];
  readonly modules: Modules;
  /** Evidence for tensors that the program makes itself. */
  readonly evidence: ShapeSource = 'example';
  /** While what runs was made up by the analysis: a class made with its defaults, a function called with symbols. */
  synthetic = false;
  /** Errors in order, so that those of a run can be told. */
  readonly said: Said[] = [];
  /** While set, errors are told in `said` alone, and uses nowhere, see `keepingCertain`. */
  probing = false;
  readonly passedOver: { readonly frame: Frame; readonly statements: readonly Statement[] }[] = [];
  instances: InstanceValue[] = [];
  covered = new Set<object>();
  entryCovered = new Set<object>();
  /** Calls that made the instances which have been run, as a whole and by the current entry point. */
  applied = new Set<CallPlace>();
  entryApplied = new Set<CallPlace>();
  readonly names = new SizeNames();
  private limit = MOST_STEPS;

  constructor(
    readonly project: ProjectView | undefined,
    readonly inputShapes: Readonly<Record<string, readonly (number | string)[]>>,
  ) {
    this.modules = new Modules(this);
  }

  /** Notes that a function has been run, or a class made. */
  cover(definition: object): void {
    this.covered.add(definition);
    this.entryCovered.add(definition);
  }

  isCovered(definition: object): boolean {
    return this.covered.has(definition);
  }

  /** What one entry point covered, when its results are used again instead of running it. */
  coverAll(definitions: ReadonlySet<object>): void {
    for (const each of definitions) this.covered.add(each);
  }

  noteApplied(instance: InstanceValue): void {
    instance.applied++;
    if (!instance.place) return;
    this.applied.add(instance.place);
    this.entryApplied.add(instance.place);
  }

  get records(): boolean {
    return this.tells && !this.probing;
  }

  /** Whether what is found out now is told to anybody. */
  get tells(): boolean {
    return this.quiet === 0 && !this.aside;
  }

  step(): void {
    if (++this.steps > this.limit) throw new OutOfSteps();
  }

  enter<T>(run: () => T, otherwise: T): T {
    if (this.depth >= MOST_DEPTH) return otherwise;
    this.depth++;
    try {
      return run();
    } finally {
      this.depth--;
    }
  }

  /** Names start afresh for each entry point, so that its report does not depend on what ran before. */
  beginEntry(steps: number): void {
    this.findings = new Findings();
    this.entryCovered = new Set();
    this.names.begin();
    this.forks = this.quiet = this.guarded = this.applications = this.depth = 0;
    this.limit = Math.min(this.steps + steps, MOST_STEPS);
  }

  freshSize(stem = 'n'): Size {
    return this.names.fresh(stem);
  }

  freshNumber(stem = 'n'): NumberValue {
    return number(this.freshSize(stem));
  }

  symbolOf(value: UnknownValue, name = 'n'): NumberValue {
    if (!value.symbol) value.symbol = number(named(this.names.claim(value.name ?? name, value)));
    return value.symbol;
  }

  /** A size if the value is a number at all; nothing is made up. */
  knownSize(value: Value | undefined): Size | undefined {
    if (value?.kind === 'number') {
      if (!value.float) return value.size;
      return isKnown(value.size) && Number.isInteger(value.size) ? value.size : undefined;
    }
    if (value?.kind === 'bool') return Number(value.value);
    if (value?.kind === 'tensor' && value.data) return this.knownSize(value.data);
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

  /** The value as a tensor; an unknown one becomes a tensor of unknown shape, the same each time. */
  asTensor(value: Value): TensorValue | undefined {
    if (value.kind === 'tensor') return value;
    // A number that is no more than a name may as well be a tensor: `0.01 * pool4`, where nothing is known of `pool4`.
    if (value.kind === 'number')
      return tensor(isKnown(value.size) ? [] : undefined, isKnown(value.size) ? this.evidence : 'symbolic', {
        data: value,
        soft: !isKnown(value.size),
        stem: 't',
      });
    if (value.kind === 'unknown' && !value.failed) {
      value.tensor ??= tensor(undefined, 'symbolic', { stem: value.name ?? 't', soft: true });
      return value.tensor;
    }
    return undefined;
  }

  /**
   * Settles the number of axes of a tensor of unknown shape; the shape, or `undefined` when it is known to have another
   * rank.
   */
  withRank(value: TensorValue, rank: number, layout: Layout = 'first', channels?: Size): readonly Size[] | undefined {
    if (value.cell.shape) return value.cell.shape.length === rank ? value.cell.shape : undefined;
    const spatial = rank === 3 ? ['L'] : AXIS_NAMES.first.slice(5 - rank);
    const stems =
      rank === 1
        ? ['F']
        : rank === 2
          ? ['N', 'F']
          : rank > 5
            ? Array.from({ length: rank }, (_, axis) => `d${axis}`)
            : layout === 'first'
              ? ['N', 'C', ...spatial]
              : ['N', ...spatial, 'C'];
    const channelAxis = stems.indexOf(rank <= 2 ? 'F' : 'C');
    value.cell.shape = stems.map((stem, axis) => {
      if (channels !== undefined && axis === channelAxis) return channels;
      const name = this.names.claimNew(value.cell.stem ? `${stem}_${value.cell.stem}` : stem);
      this.names.markSoft(name);
      return named(name);
    });
    return value.cell.shape;
  }

  /** Runs something with a journal of its changes; whoever calls takes them back, or they stay. */
  journaled(journal: Journal, run: () => void): void {
    this.journals.push(journal);
    let done = false;
    try {
      run();
      done = true;
    } finally {
      this.journals.pop();
      // An error that leaves from inside leaves the changes as they are.
      if (!done) this.journals.at(-1)?.takeOver(journal);
    }
  }

  /** Says that a function begins to run with these variables. */
  noteLocals(variables: Map<string, Value>): void {
    this.journals.at(-1)?.noteLocals(variables);
  }

  setVariable(variables: Map<string, Value>, name: string, value: Value): void {
    this.journals.at(-1)?.noteKey(variables, name);
    variables.set(name, value);
  }

  removeVariable(variables: Map<string, Value>, name: string): void {
    this.journals.at(-1)?.noteKey(variables, name);
    variables.delete(name);
  }

  /** Says that a list, dictionary or container is about to change in place. */
  touch(value: Parameters<Journal['noteWhole']>[0]): void {
    this.journals.at(-1)?.noteWhole(value);
  }

  loose(problem: LooseProblem): void {
    if (this.tells && this.forks === 0 && this.guarded === 0 && !problem.place.chunk?.hasError)
      say(this, this.findings.problems, problem, problem.place);
  }

  /** `x.shape`: a tuple of sizes, or a value that learns its length when it is unpacked. */
  shapeValue(value: Value): Value | undefined {
    const x = this.asTensor(value);
    if (!x) return undefined;
    return x.cell.shape
      ? { kind: 'tuple', items: x.cell.shape.map((size) => number(size)), open: false }
      : { kind: 'shape', tensor: x };
  }

  item(value: Value, index: number): Value {
    return subscript(this, value, number(index));
  }

  callValue(callee: Value, args: Arguments, at: CallPlace): Value {
    return call(this, callee, args, at);
  }

  times(a: Size, b: Size): Size {
    return this.simple(() => multiply(a, b));
  }

  less(a: Size, b: Size): Size {
    return this.simple(() => subtract(a, b));
  }

  halved(size: Size): Size {
    return this.simple(() => floorDivide(size, 2));
  }

  /** How many windows of a size fit at a step. */
  floorSteps(total: Size, size: number, step: number): Size {
    return this.simple(() => add(floorDivide(subtract(total, size), step), 1));
  }

  /**
   * Notes statements that a known condition passes over, so that the layers in them are still reported, without uses.
   */
  skipped(frame: Frame, statements: readonly Statement[]): void {
    if (this.quiet === 0 && statements.length > 0 && frame.chunk) this.passedOver.push({ frame, statements });
  }

  born(instance: InstanceValue): void {
    if (this.quiet === 0) this.instances.push(instance);
  }

  /** The arguments of a model's entry method, its declared inputs in the place of those that nothing else tells. */
  withInputs(instance: InstanceValue, func: FunctionValue, args: Arguments): Arguments {
    return declareInputs(this, instance, func, args);
  }

  /** Arithmetic whose result outgrows the normal form becomes a name of its own. */
  simple(compute: () => Size): Size {
    try {
      return compute();
    } catch (error) {
      if (error instanceof TooComplex) return this.freshSize();
      throw error;
    }
  }
}
