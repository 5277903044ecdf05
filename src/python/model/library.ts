import type { Problem } from '../../core/problem';
import type { Family, Framework } from '../report';
import type { Size } from '../sizes/size';
import type { Machine } from './machine';
import type { TensorValue } from './tensor';
import type { Arguments, CallPlace, ContainerValue, LayerValue, Value } from './value';

/** Names of a callable's parameters in order, with the values of those that have a default. */
export interface Signature {
  readonly names: readonly string[];
  /** Where each name stands in `names`. */
  readonly index: ReadonlyMap<string, number>;
  readonly defaults: ReadonlyMap<string, Value>;
  /** Takes any number of further positional values, bound as a tuple under this name. */
  readonly rest?: string;
  /** Parameters after it can be given by keyword only. */
  readonly positional: number;
  /**
   * What becomes of keywords that it does not name: Python refuses them, the rule reads them, they do not matter to
   * shapes, or no rule models them, and then the result is unknown.
   */
  readonly further: 'refused' | 'collected' | 'harmless' | 'unmodelled';
  /** Parameters that do not matter to shapes, so that a rule need not read them. */
  readonly harmless: ReadonlySet<string>;
  /**
   * Other names under which a keyword may be given, and what each stands for, as PyTorch takes NumPy's; with nothing
   * for it, it is refused, whatever else the function takes.
   */
  readonly alsoNamed: ReadonlyMap<string, string | undefined>;
}

/**
 * Bound arguments, read as what the callee takes them for. A reader answers `undefined` when the value cannot be told.
 */
export interface Bound {
  readonly values: ReadonlyMap<string, Value>;
  /** Whether `once` remembers. */
  readonly isPlain: boolean;
  /** What follows from the arguments alone: worked out once for all layers that are made with the same plain ones. */
  once<T>(what: string, make: () => T): T;
  /** Whether the call itself gave it. */
  isGiven(name: string): boolean;
  get(name: string): Value | undefined;
  /** Whether it is missing or `None`. */
  isNone(name: string): boolean;
  /** A size; what is not known becomes a symbol of that name. */
  size(name: string): Size;
  int(name: string): number | undefined;
  /** One entry per axis: a single number stands for all of them. */
  sizes(name: string, count: number): Size[] | undefined;
  flag(name: string): boolean | undefined;
  text(name: string): string | undefined;
  tensor(name: string): TensorValue | undefined;
  /** Every value of a list or tuple, when all are known. */
  items(name: string): readonly Value[] | undefined;
}

/** What all layers of the same plain arguments have in common, see `PlainLayer`. */
export interface Plain {
  readonly values: ReadonlyMap<string, Value>;
  once<T>(what: string, make: () => T): T;
}

interface Callable {
  /** Canonical dotted name. */
  readonly callee: string;
  readonly framework: Framework;
  readonly signature: Signature;
  /** Given when its calls are reported. */
  readonly family?: Family;
  readonly rank?: number;
}

/** What is given to a layer or function when it runs. */
export interface Applied {
  readonly machine: Machine;
  readonly at: CallPlace;
  readonly bound: Bound;
}

export interface LayerApplied extends Applied {
  readonly layer: LayerValue;
  /** Of the application, not the construction: `layer(x, output_size=…)`. */
  readonly args: Arguments;
}

/** What a callable itself refuses, whatever the input. */
type Check = (bound: Bound) => readonly Problem[];

/** A layer class: construction binds its parameters, application turns shapes into shapes. */
export interface LayerSpec extends Callable {
  readonly apply: (call: LayerApplied) => Value;
  readonly check?: Check;
  readonly attribute?: (layer: LayerValue, name: string, machine: Machine) => Value | undefined;
  /** The setting of the process that each of these parameters takes when it is `None` where the layer is made. */
  readonly inherits?: ReadonlyMap<string, string>;
  /** The framework's words for arguments that do not fit, from Python's, where not its own `__init__` refuses them. */
  readonly misfit?: (words: string) => string;
}

/** A function of a library. */
export interface FunctionSpec extends Callable {
  readonly apply: (call: Applied) => Value;
  readonly check?: Check;
  /** The framework's words for arguments that do not fit, from Python's; without it such a call tells nothing. */
  readonly misfit?: (words: string) => string | undefined;
}

/**
 * Values that stand in for those that a layer was made with, since the program assigned attributes that the framework's
 * own code reads; `undefined` where nobody knows what it then does.
 */
export type Assigned = ReadonlyMap<string, Value> | undefined;

/** What the interpreter is told of the frameworks and of Python's own library; it knows none of them by itself. */
export interface Library {
  layer(name: string): LayerSpec | undefined;
  function(name: string): FunctionSpec | undefined;
  /** Whether there is something of that name: what a star import brings in. */
  knows(name: string): boolean;
  /** The names of a library's module that there are rules for, by its dotted name; it has others. */
  members(owner: string): readonly string[];
  /** The name under which the tables have it, of the many under which libraries offer the same thing. */
  canonical(name: string): string;
  /** Whether a class is another or derives from it, by their canonical names, when both are known. */
  isSubclass(name: string, base: string): boolean | undefined;
  /** An attribute of a library's module, by the module's dotted name. */
  attribute(owner: string, name: string): Value;
  /** What follows for a layer from the attributes that the program assigned to it. */
  assigned(machine: Machine, layer: LayerValue, given: ReadonlyMap<string, Value>): Assigned;
  /** Runs a container whose framework builds its layers for a declared input: `keras.Sequential`. */
  applyModel(machine: Machine, model: ContainerValue, args: Arguments, at: CallPlace): Value;
  /** Tells such a container of a layer that was added. */
  growModel(machine: Machine, model: ContainerValue, item: Value): void;
  /** Settings of the process as they are before a program changes them. */
  readonly settings: ReadonlyMap<string, Value>;
  /** Whether a text of these words may change one of them. */
  mayChangeSettings(words: ReadonlySet<string>): boolean;
}
