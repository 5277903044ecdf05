import type { Size } from '../sizes/size';
import type { Call, FunctionDefinition, Lambda } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';
import type { LayerSpec, Plain } from './library';
import type { Machine } from './machine';
import type { Site } from './site';
import type { TensorValue } from './tensor';

/** What the interpreter knows about one Python value. `unknown` is always a legal answer; a wrong one never is. */
export type Value =
  | NumberValue
  | StringValue
  | BoolValue
  | NoneValue
  | ListValue
  | DictValue
  | RangeValue
  | SliceValue
  | EllipsisValue
  | TensorValue
  | ShapeValue
  | LayerValue
  | ContainerValue
  | InstanceValue
  | ClassValue
  | FunctionValue
  | MethodValue
  | BuiltinValue
  | PartialValue
  | SuperValue
  | ExternalValue
  | ModuleValue
  | ChoiceValue
  | UnknownValue;

export interface NumberValue {
  readonly kind: 'number';
  readonly size: Size;
  readonly float: boolean;
  /** Of a whole number that `size` has rounded. */
  readonly exact?: bigint;
  /** Worked out of something of which nothing is known: where it indexes, it may as well be an array. */
  readonly perhapsArray?: true;
  /** Out of an array: no `int` of Python's own, though it counts as one. */
  readonly scalar?: true;
}

export interface StringValue {
  readonly kind: 'string';
  readonly value: string;
}

export interface BoolValue {
  readonly kind: 'bool';
  readonly value: boolean;
}

export interface NoneValue {
  readonly kind: 'none';
}

export interface EllipsisValue {
  readonly kind: 'ellipsis';
}

/** Lists, tuples and sets; `open` means that not all items, or not their exact number, are known. */
export interface ListValue {
  readonly kind: 'list' | 'tuple' | 'set';
  /** Never changed in place: somebody may be going through them, and a journal keeps them as they are. */
  items: readonly Value[];
  open: boolean;
  /** Field names of a named tuple. */
  readonly fields?: readonly string[];
  /** The tensor whose sizes, all or some of them, these are. */
  readonly sizesOf?: TensorValue;
  /** An iterator: what goes through it takes its items away. */
  readonly once?: boolean;
  /** Of a queue: so many items at most, of which new ones push out those at the other end. */
  readonly most?: number;
  /** Of an iterator of which all is worked out at once: whether what it goes through has changed meanwhile. */
  readonly isStale?: (left: number) => boolean;
  /** Of a generator that changes more than its own variables: does so when it is asked, for one result or for all. */
  readonly stirs?: (machine: Machine, left: number, all: boolean) => void;
  /** No list or set of its own: what stands in this dictionary, or among these modules, whenever it is looked at. */
  readonly viewOf?: DictValue | ContainerValue;
}

export interface DictValue {
  readonly kind: 'dict';
  /** Of variables a copy, made anew whenever it is asked for. */
  readonly entries: Map<string, readonly [key: Value, value: Value]>;
  open: boolean;
  /** Of `globals()` and `x.__dict__`: the variables that change with it. */
  readonly variables?: Map<string, Value>;
  /** Of `defaultdict` and `Counter`: what makes the value of a key that is not there. */
  readonly missing?: Value;
}

export interface RangeValue {
  readonly kind: 'range';
  readonly start: Size;
  readonly stop: Size;
  readonly step: number;
}

export interface SliceValue {
  readonly kind: 'slice';
  readonly lower: Value;
  readonly upper: Value;
  readonly step: Value;
}

/** `x.shape` of a tensor whose number of axes is not known yet; unpacking it tells. */
export interface ShapeValue {
  readonly kind: 'shape';
  readonly tensor: TensorValue;
}

/** A layer of a framework with its arguments bound. */
export interface LayerValue {
  readonly kind: 'layer';
  readonly spec: LayerSpec;
  readonly parameters: ReadonlyMap<string, Value>;
  /** What all layers of these arguments have in common, when the arguments are plain. */
  readonly plain?: Plain;
  readonly site?: Site;
  /** Set when the constructor would have raised: applying it tells nothing. */
  readonly failed: boolean;
  /** What the program assigned to attributes of it. */
  readonly attributes: Map<string, Value>;
  /** Tensors of its own that were read as attributes, each made once. */
  made?: Map<string, Value>;
}

/** `nn.Sequential`, `nn.ModuleList`, `nn.ModuleDict`, `keras.Sequential`. */
export interface ContainerValue {
  readonly kind: 'container';
  readonly type: 'sequential' | 'list' | 'dict' | 'kerasSequential';
  /** Parallel to `items`; positions as text where none was given. */
  names: readonly string[];
  items: readonly Value[];
  open: boolean;
  /** Hooks, and a `forward` that was assigned; modules that are assigned are items. */
  attributes?: Map<string, Value>;
  /** `keras.Sequential`: what its layers make of its declared input. */
  tail?: Value;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly cls: ClassValue;
  readonly attributes: Map<string, Value>;
  /**
   * What the framework's base class holds: the layer of a subclassed `nn.Conv2d`, the children of a subclassed
   * `nn.Sequential`.
   */
  native?: LayerValue | ContainerValue | DictValue;
  /** The call that made it. */
  readonly place?: CallPlace;
  /** How often it has been run. */
  applied: number;
}

export type FieldKind = 'keyword' | 'initial';

export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Value[];
  readonly members: Map<string, Value>;
  /** Itself and its ancestors in Python's order of look-up; `external` and `unknown` bases among them. */
  readonly order: readonly Value[];
  /** Missing in classes of libraries that are made bare, such as `nn.Module()`. */
  readonly chunk?: Chunk;
  readonly isDataclass: boolean;
  /** It is given keywords where it is defined, one of which may name a metaclass. */
  readonly hasMetaclass?: boolean;
  /** The metaclass that it is given or inherits, where that is one of the program's. */
  readonly metaclass?: ClassValue;
  /** Of fields that are given by keyword only, and of those that go to `__post_init__` and are no attributes. */
  readonly fieldKinds?: ReadonlyMap<string, FieldKind>;
  /** Dataclass and named tuple fields in order, with their defaults. */
  readonly fields: readonly (readonly [name: string, initial: Value | undefined])[];
  readonly definition: object;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly definition: FunctionDefinition | Lambda;
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<string, Value>;
  readonly binding: 'plain' | 'static' | 'class' | 'property';
  /** Of a property: it is worked out once for each object, which keeps what came of it. */
  readonly cached?: boolean;
  /** `functools.cache`: what it gave for which arguments, and gives again. */
  readonly memory?: DictValue;
  /** Of a property: what an assignment to it calls. */
  readonly setter?: Value;
  /** Of a property: what `del` of it calls. */
  readonly deleter?: Value;
  /** `contextmanager` was put around it. */
  readonly manages?: boolean;
  readonly chunk: Chunk;
  owner?: ClassValue;
  /** What was set on it, or asked of it and may be changed in place: `f.width`, `f.__kwdefaults__`. */
  attributes?: Map<string, Value>;
}

export interface MethodValue {
  readonly kind: 'method';
  readonly self: Value;
  readonly func: FunctionValue;
}

/** Values given to a call. `open`: there may be more, unknown ones. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly open: boolean;
}

export interface BuiltinValue {
  readonly kind: 'builtin';
  readonly name: string;
  readonly call: (machine: Machine, args: Arguments, at: CallPlace) => Value;
  /** All values of the program that `call` can reach beside its arguments, where somebody has looked. */
  readonly holds?: readonly Value[];
}

export interface PartialValue {
  readonly kind: 'partial';
  readonly callee: Value;
  readonly args: Arguments;
}

export interface SuperValue {
  readonly kind: 'super';
  readonly self: Value;
  readonly after: ClassValue;
}

/** Something of a library, by its canonical dotted name: `torch.nn.Conv2d`, `math`. */
export interface ExternalValue {
  readonly kind: 'external';
  readonly name: string;
}

export interface ModuleValue {
  readonly kind: 'module';
  readonly path: string;
  readonly scope: Scope;
}

/** One of several values, by a condition that is not known. */
export interface ChoiceValue {
  readonly kind: 'choice';
  readonly options: readonly Value[];
}

export interface UnknownValue {
  readonly kind: 'unknown';
  /** What the source calls it; the stem of its symbol. */
  name?: string;
  /** A parameter that an entry point takes for a tensor. */
  input?: boolean;
  /** What it is an attribute of. */
  readonly parent?: UnknownValue;
  /** The layer before it failed: nothing after it runs, so nothing is said. */
  readonly failed?: boolean;
  /** The tensor that it turned out to be. */
  tensor?: TensorValue;
  members?: Map<string, UnknownValue>;
  /** The symbol that it turned out to be. */
  symbol?: NumberValue;
  /** What `bool` of it is, where that alone is known. */
  readonly truth?: boolean;
}

/**
 * Where something happens: the call expression that is being evaluated, or another place, or none that a source shows.
 */
export type CallPlace = Call | Place;

export interface Place {
  readonly kind: 'place';
  readonly start: number;
  readonly end: number;
  readonly chunk?: Chunk;
}

export const NO_PLACE: Place = { kind: 'place', start: 0, end: 0 };

export class Scope {
  /** Names that `global` and `nonlocal` speak of; few functions have any. */
  globals?: Set<string>;
  nonlocals?: Set<string>;

  constructor(
    readonly module: ModuleScope,
    readonly parent?: Scope,
    /** A class body: not seen from the functions in it. */
    readonly isClass = false,
    readonly variables = new Map<string, Value>(),
  ) {}
}

/** Names of a module, looked up for dependency tracking too. */
export interface ModuleScope {
  readonly path: string;
  readonly scope: Scope;
}
