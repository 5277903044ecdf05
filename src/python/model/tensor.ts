import type { ShapeSource } from '../report';
import type { ConvAxis } from '../sizes/axis';
import type { Size } from '../sizes/size';
import type { Site } from './site';
import type { Value } from './value';

/** The shape of a tensor, shared by everything that is sure to have the same one (`relu(x)` and `x`). */
export interface ShapeCell {
  shape?: readonly Size[];
  /** Stem of the names for its sizes: empty for the first input (`H`), otherwise `H_skip`. */
  readonly stem: string;
  /** It came from outside and was not computed: nothing but its uses will tell its shape, the later ones, too. */
  readonly soft: boolean;
  /** Its number of axes was not known: a layer that takes another number too was the first to ask for one. */
  assumed?: boolean;
}

/**
 * Receptive field of one axis, in elements of the network's input: `size`, and the step between neighbours as a
 * fraction.
 */
export interface Field {
  readonly size: number;
  readonly jump: number;
}

export interface TensorValue {
  readonly kind: 'tensor';
  readonly cell: ShapeCell;
  readonly source: ShapeSource;
  readonly inputKey?: string;
  /**
   * Per spatial axis, in the order of the shape; missing on what is an input itself, empty where an operation mixed the
   * axes.
   */
  readonly field?: readonly Field[];
  /**
   * Small constant contents, such as `torch.tensor([2, 3])`: nested lists of numbers, or one number. Only a rule that
   * knows them puts them here, and they hold as long as nothing writes to the memory, see `knownData`.
   */
  readonly data?: Value;
  readonly dtype?: Dtype;
  readonly numpy?: boolean;
  /** Shared by all that may look into the same memory: a tensor and its views. */
  readonly memory?: Memory;
  /** How often the memory had been written to when `data` was true. */
  readonly seen?: number;
  /** The transposed layer that made it, until something changes its spatial size. */
  readonly origin?: { readonly site?: Site; readonly axes: readonly ConvAxis[]; readonly layout: 'first' | 'last' };
  /** Set on Keras tensors: the layer graph they come out of. */
  readonly keras?: boolean;
  /** PyTorch made it, so that what follows refuses in PyTorch's words. */
  torch?: boolean;
  /**
   * Its shape is the most likely one: something took part of which nothing was known; with `axes`, nothing but how many
   * axes it has.
   */
  readonly guessed?: boolean | 'axes';
  /** An `nn.Parameter` itself, of which what is added to it gives the shape. */
  readonly parameter?: boolean;
  /** Whose methods it has, where they are not PyTorch's: set by what made it, and kept by what is computed from it. */
  readonly of?: ArrayLibrary;
}

/** Libraries whose arrays have methods of their own: the prefix of the names under which the tables have them. */
export type ArrayLibrary = 'paddle' | 'jax' | 'numpy' | 'tensorflow' | 'keras';

export type Dtype = 'bool' | 'int' | 'float32' | 'float64';

/** The memory of a tensor: how often something wrote to it. */
export interface Memory {
  writes: number;
}

/** What the tensor holds, unless something has written to its memory since that was known. */
export const knownData = (value: TensorValue): Value | undefined =>
  value.data && value.memory?.writes === value.seen ? value.data : undefined;

/** The same as an array of a library; so are those in a tuple or list of it. */
export function asArrayOf(library: ArrayLibrary, value: Value): Value {
  if (value.kind === 'tensor') return value.of === library ? value : { ...value, of: library };
  if (value.kind === 'number') return asScalar(value);
  if (value.kind !== 'tuple' && value.kind !== 'list') return value;
  return { ...value, items: value.items.map((item) => asArrayOf(library, item)) };
}

/** A number as an array gives it. */
export const asScalar = (value: Value): Value => (value.kind === 'number' ? { ...value, scalar: true } : value);

/** Something writes to the memory that this tensor looks into: what it and its views hold is no longer known. */
export function writeTo(value: TensorValue): void {
  if (!value.memory) return;
  tally.writes++;
  value.memory.writes++;
}

/** Another tensor of that shape; what it holds is not known. Its own object, since methods in place change that. */
export const forgotten = (value: TensorValue): TensorValue => ({ ...value, data: undefined });

/** Gives a tensor another shape in place, so that every name of it sees that; `undefined`: not known which. */
export function reshapeInPlace(value: TensorValue, like: TensorValue | undefined): void {
  const mutable: { cell: ShapeCell; field?: readonly Field[]; data?: Value } = value;
  tally.writes++;
  mutable.cell = like?.cell ?? { shape: undefined, stem: 't', soft: false };
  mutable.field = like?.field ?? [];
  mutable.data = undefined;
}

/** Writes known contents in place, so that every name of the tensor sees them. */
export function rewrite(value: TensorValue, data: Value): void {
  writeTo(value);
  const mutable: { data?: Value; seen?: number } = value;
  tally.writes++;
  mutable.data = data;
  mutable.seen = value.memory?.writes;
}

const WORTH: readonly ShapeSource[] = ['user', 'comment', 'annotation', 'declared', 'example', 'symbolic'];

/** The weaker of two pieces of evidence. */
export function weaker(a: ShapeSource, b: ShapeSource): ShapeSource {
  return WORTH.indexOf(a) >= WORTH.indexOf(b) ? a : b;
}

export function rankOfSource(source: ShapeSource): number {
  return WORTH.indexOf(source);
}

const TRUSTED: readonly ShapeSource[] = ['user', 'annotation', 'declared', 'example'];

/** The shape of a tensor of PyTorch's whose number of axes is beyond doubt: a program that breaks its rules raises. */
export function sureShape(value: TensorValue | undefined): readonly Size[] | undefined {
  if (!value?.torch || value.guessed || value.cell.assumed || !TRUSTED.includes(value.source)) return undefined;
  return value.cell.shape;
}

/**
 * Counts tensors made without a shape: when a run makes none, a second one would tell nothing more. And what was
 * written to tensors in place.
 */
export const tally = { open: 0, writes: 0 };

export function tensor(
  shape: readonly Size[] | undefined,
  source: ShapeSource,
  more: Partial<Omit<TensorValue, 'kind' | 'cell' | 'source'>> & { stem?: string; soft?: boolean } = {},
): TensorValue {
  if (shape === undefined) tally.open++;
  const { stem = '', soft = false, ...rest } = more;
  const held = rest.data ? { memory: rest.memory ?? { writes: 0 }, seen: rest.seen ?? 0 } : {};
  return { kind: 'tensor', cell: { shape, stem, soft }, source, ...rest, ...held };
}

/** What is only likely of something that is made of these tensors. */
export function guessIn(tensors: readonly TensorValue[]): TensorValue['guessed'] {
  if (tensors.some((each) => each.guessed === true)) return true;
  return tensors.some((each) => each.guessed === 'axes' || each.cell.assumed === true) && 'axes';
}

/** How many axes it surely has: by what is only likely nothing is decided. */
export const sureRank = ({ guessed, cell }: TensorValue): number | undefined =>
  guessed === true ? undefined : cell.shape?.length;

/**
 * Whether a rule that refuses its number of axes would take one less: what was taken for a batch, of something of which
 * nothing is known but its uses, may be none.
 */
export const fitsUnbatched = (x: TensorValue, takes: (rank: number) => boolean): boolean =>
  x.source === 'symbolic' && takes((x.cell.shape?.length ?? 0) - 1);

/** A tensor computed from another: new shape, same evidence. Its receptive field is lost with its axes. */
export function derived(from: TensorValue, shape: readonly Size[] | undefined, field?: readonly Field[]): TensorValue {
  if (shape === undefined) tally.open++;
  const kept = shape && shape.length === from.cell.shape?.length ? from.field : [];
  return {
    kind: 'tensor',
    cell: { shape, stem: from.cell.stem, soft: shape === undefined && from.cell.soft },
    source: from.source,
    inputKey: from.inputKey,
    memory: from.memory,
    field: field ?? kept,
    keras: from.keras,
    torch: from.torch,
    guessed: guessIn([from]),
    of: from.of,
  };
}
