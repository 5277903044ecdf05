import type { ShapeSource } from '../report';
import type { Layout } from '../sizes/axis';
import type { Size } from '../sizes/size';
import type { SizeNames } from '../sizes/sizeNames';
import type { BinaryOperator, CompareOperator, Expression, Statement } from '../syntax/ast';
import type { Frame } from './frame';
import type { Journal } from './journal';
import type { Library, LayerSpec } from './library';
import type { Mode } from './mode';
import type { Recorder } from './site';
import type { TensorValue } from './tensor';
import type {
  Arguments,
  CallPlace,
  ClassValue,
  DictValue,
  FunctionValue,
  InstanceValue,
  ModuleScope,
  ModuleValue,
  NumberValue,
  UnknownValue,
  Value,
} from './value';

/** How a statement ended; an exception of the interpreted program is thrown, see `Raised`. */
export type Completion = 'next' | 'return' | 'break' | 'continue';

/** What a module has not run yet. */
export interface Waiting {
  /** By name: what binds it. */
  readonly names: Map<string, () => void>;
  /** The modules of which it imports every name. */
  readonly stars: { readonly module: string; readonly level: number }[];
}

/** The modules of the analysis, as what runs in them sees them. */
export interface ModuleTable {
  /** The module that an import names, when there is a file of it; it may be still running (a cycle). */
  find(from: string, dotted: string, level: number): ModuleValue | undefined;
  /** Whether there is a file of the module that an import names; it is not read for that. */
  has(from: string, dotted: string, level: number): boolean;
  /** A name of a module seen from outside. */
  member(module: ModuleValue, name: string): Value | undefined;
  /** A name that a module has not, which it may yet get where it is still running. */
  awaited(module: ModuleValue, name: string): Value;
  /** A name that a module has, but not yet among its variables: a star import brings it in, or it waits to be run. */
  global(module: ModuleScope, name: string): Value | undefined;
  /** The text of a file of data that the program reads, where it is known, by the path that it gives. */
  data(from: string, path: string): string | undefined;
  /** Notes that the program writes a file: what it reads from it is not what stands in it now. */
  wrote(path: string): void;
  /** Where imports at this place wait until one of their names is asked for: in the modules of installed packages. */
  waiting(frame: Frame): Waiting | undefined;
  /**
   * Has what registers this name run, where a dictionary of an installed package is filled by files that have not been
   * asked for; whether there is any such file.
   */
  register(registry: DictValue, name: string): boolean;
  /** Whether the frame belongs to the file that is analyzed, which runs as `__main__`. */
  runsMain(frame: Frame): boolean;
}

/** What a program covers with the first step that may put a module out of training. */
export const LEFT_TRAINING: object = {};

/** Notes what has been run, so that the analysis runs what is left. */
export interface Trace {
  /** A function has been run, or a class made. */
  cover(definition: object): void;
  isCovered(definition: object): boolean;
  noteApplied(instance: InstanceValue): void;
  born(instance: InstanceValue): void;
  /** Whether it is noted what a known condition passes over. */
  notes(frame: Frame): boolean;
  /** Statements that a known condition passes over: the layers in them are still reported, without uses. */
  skipped(frame: Frame, statements: readonly Statement[]): void;
  /** A condition could not be decided. */
  undecided(): void;
}

/**
 * Who looks on while a program is run, where somebody wants to know of every line: what it leaves, and why nothing is
 * known of it. Most readings have none, since nobody asks.
 */
export interface Witness {
  /** Runs what an expression means; of a value of which nothing is known the cause is kept. */
  follow(frame: Frame, node: Expression, run: () => Value): Value;
  /** A statement has been run. */
  ran(frame: Frame, node: Statement, completion: Completion): void;
  /** Something of a package was called for which there are no rules. */
  called(external: string): void;
  /** A size of which nothing is known has been given a name: of the value or tensor `of`, or of what is run now. */
  named(size: string, of?: object): void;
  /** A value of which nothing was known is taken for a tensor, this one. */
  taken(value: Value, tensor: TensorValue): void;
  /** A model has been run from outside of any other, with this for its parameters. */
  applied(instance: InstanceValue, entry: FunctionValue, given: readonly Value[], result: Value): void;
}

/**
 * One abstract execution, as everything that takes part in it sees it. Types only, and below all that runs: what a
 * value, a layer's rule or a statement needs of the whole is named here, so that none of them imports the others.
 */
export interface Machine {
  /** The file whose calls are told of. */
  readonly path: string;
  readonly mode: Mode;
  readonly library: Library;
  readonly names: SizeNames;
  readonly modules: ModuleTable;
  readonly recorder: Recorder;
  readonly trace: Trace;
  /** Set where somebody wants to know of every line. */
  readonly witness: Witness | undefined;
  /** What the user set, by `InputPoint.key`. */
  readonly inputShapes: Readonly<Record<string, readonly (number | string)[]>>;
  /** What the program has told a library for the whole process, by a name of the library's. */
  readonly settings: Map<string, Value>;
  /** Evidence for tensors that the program makes itself. */
  readonly evidence: ShapeSource;

  /** Runs something under a mode that differs in this. */
  within<T>(change: Partial<Mode>, run: () => T): T;
  /** Notes an error of the analysis itself; what it was working on is given up, and nothing else. */
  fault(error: unknown): void;
  /** How many steps have been taken. */
  readonly taken: number;
  /** Counts a step. Throws `OutOfSteps` when there were too many. */
  step(): void;
  /**
   * Runs something that may take so many steps: whatever is not done by then is left, and that is noted. How many it
   * took. Throws `OutOfSteps` where that within which it runs may take no more either.
   */
  sharing(steps: number, run: () => void): number;
  /**
   * Runs something that is no part of what runs now, though that needs it, such as a module that is asked for late: it
   * has so many steps of its own, nothing of it is recorded, and no journal takes it back. How many steps it took.
   */
  apart(steps: number, run: () => void): number;
  /** Runs `what` one call deeper; nothing is known of it where that is too deep, or too often within itself. */
  enter(run: () => Value, what: object): Value;

  freshSize(stem?: string): Size;
  freshNumber(stem?: string): NumberValue;
  symbolOf(value: UnknownValue, name?: string): NumberValue;
  /** A size if the value is a number at all; nothing is made up. */
  knownSize(value: Value | undefined): Size | undefined;
  /** A size; what is not known becomes a symbol of that name. */
  sizeOf(value: Value | undefined, name?: string): Size;
  /** One size an axis: a single number stands for all of them. */
  sizesOf(value: Value | undefined, count: number, name: string): Size[] | undefined;
  /** Arithmetic whose result outgrows the normal form becomes a name of its own. */
  simple(compute: () => Size): Size;
  /** The value as a tensor; an unknown one becomes a tensor of unknown shape, the same each time. */
  asTensor(value: Value): TensorValue | undefined;
  /**
   * Settles the number of axes of a tensor of unknown shape; `undefined` when it is known to have another rank.
   * `wishes`: what the code itself calls its sizes.
   */
  withRank(
    value: TensorValue,
    rank: number,
    layout?: Layout,
    channels?: Size,
    wishes?: readonly (string | undefined)[],
  ): readonly Size[] | undefined;
  /** `x.shape`: a tuple of sizes, or a value that learns its length when it is unpacked. */
  shapeValue(value: Value): Value | undefined;

  /** Whether what happens now stays: no journal is open that may take it back. */
  readonly settled: boolean;
  /** Runs something with a journal of its changes; whoever calls takes them back, or they stay. */
  journaled(journal: Journal, run: () => void): void;
  /** Says that a function begins to run with these variables. */
  noteLocals(variables: Map<string, Value>): void;
  /** Says that these variables, or this list, dictionary or container, have just been made. */
  noteMade(made: object): void;
  setVariable(variables: Map<string, Value>, name: string, value: Value): void;
  removeVariable(variables: Map<string, Value>, name: string): void;
  /** Says that a list, dictionary or container is about to change in place. */
  touch(value: Parameters<Journal['noteWhole']>[0]): void;

  evaluate(frame: Frame, node: Expression): Value;
  runBlock(frame: Frame, statements: readonly Statement[]): Completion;
  run(frame: Frame, statement: Statement): Completion;
  assign(frame: Frame, target: Expression, value: Value): void;
  call(callee: Value, args: Arguments, at: CallPlace | undefined): Value;
  callFunction(func: FunctionValue, args: Arguments, at: CallPlace | undefined, self?: Value): Value;
  instantiate(cls: ClassValue, args: Arguments, at: CallPlace | undefined): Value;
  /** Calls the constructor of a library's layer. */
  construct(spec: LayerSpec, args: Arguments, at: CallPlace): Value;
  attribute(object: Value, name: string): Value;
  setAttribute(object: Value, name: string, value: Value): void;
  subscript(object: Value, index: Value, at?: CallPlace): Value;
  setItem(object: Value, index: Value, value: Value, at?: CallPlace): void;
  binary(operator: BinaryOperator, left: Value, right: Value, at: CallPlace): Value;
  compare(operator: CompareOperator, left: Value, right: Value): boolean | undefined;
}
