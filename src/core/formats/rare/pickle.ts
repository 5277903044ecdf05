import type { ByteSource } from '../source';

/**
 * What a pickle describes, as data. Calls are not made but noted: a `Made` says which function its program would call
 * with what, and whoever reads it makes something of the few that are known.
 */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickledBytes
  | PickledList
  | PickledDict
  | PickledGlobal
  | Made
  | Persistent;

/** Bytes that lie in the file. */
export interface PickledBytes {
  readonly kind: 'bytes';
  readonly source: ByteSource;
}
interface PickledItems<Kind extends string> {
  readonly kind: Kind;
  readonly items: Pickled[];
}
export type PickledList = PickledItems<'list'> | PickledItems<'tuple'> | PickledItems<'set'>;
export interface PickledDict {
  readonly kind: 'dict';
  readonly pairs: [key: Pickled, value: Pickled][];
}
export interface PickledGlobal {
  readonly kind: 'global';
  /** `module.name`. */
  readonly name: string;
}
/** What calling `by` with `args` would give, were it called; with what is set on it, appended to it, put into it. */
export interface Made {
  readonly kind: 'made';
  readonly by: string;
  readonly args: readonly Pickled[];
  state?: Pickled;
  readonly items: Pickled[];
  readonly pairs: [key: Pickled, value: Pickled][];
}
/** Something that is kept outside of the pickle: PyTorch's storages. */
export interface Persistent {
  readonly kind: 'persistent';
  readonly id: Pickled;
}

type Noted = Exclude<Pickled, null | boolean | number | bigint | string>;

export const isKind = <Kind extends Noted['kind']>(
  value: Pickled | undefined,
  ...kinds: readonly Kind[]
): value is Extract<Noted, { readonly kind: Kind }> =>
  typeof value === 'object' && value !== null && kinds.some((kind) => kind === value.kind);

export const isMade = (value: Pickled | undefined, ...by: readonly string[]): value is Made =>
  isKind(value, 'made') && (by.length === 0 || by.includes(value.by));
export const isList = (value: Pickled | undefined): value is PickledList => isKind(value, 'list', 'tuple', 'set');
export const isDict = (value: Pickled | undefined): value is PickledDict => isKind(value, 'dict');
export const isGlobal = (value: Pickled | undefined): value is PickledGlobal => isKind(value, 'global');
export const isPersistent = (value: Pickled | undefined): value is Persistent => isKind(value, 'persistent');
export const isBytes = (value: Pickled | undefined): value is PickledBytes => isKind(value, 'bytes');

/** The value of a dictionary's key, or of an object's attribute. */
export function valueAt(value: Pickled | undefined, key: string): Pickled | undefined {
  if (isMade(value)) return valueAt(value.state, key) ?? value.pairs.find(([each]) => each === key)?.[1];
  // Objects with slots keep two dictionaries of attributes.
  if (isList(value)) return value.items.map((item) => valueAt(item, key)).find((found) => found !== undefined);
  return isDict(value) ? value.pairs.find(([each]) => each === key)?.[1] : undefined;
}

/** A list of whole numbers; undefined for anything else. */
export function countsOf(value: Pickled | undefined): readonly number[] | undefined {
  const items = isMade(value, 'torch.Size') ? value.args[0] : value;
  if (!isList(items)) return undefined;
  return items.items.every((item) => typeof item === 'number') ? items.items : undefined;
}
