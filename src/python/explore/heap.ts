import { builtins } from '../evaluate/builtins';
import { Scope, type Value } from '../model/value';
import { Chunk } from '../syntax/chunk';

/**
 * Properties behind which nothing is looked for that a program can change: what stands in texts, what is shared by all
 * analyses, and what no step changes in place. That they refer to what they refer to is kept all the same.
 */
const CLOSED = new Set(
  'chunk definition place parsed spec form plain site origin library project shape size inputShapes current files witness'.split(
    ' ',
  ),
);
/** Lists that grow while their items stay what they are. */
const RECORDS = new Set(['resolutions', 'said', 'faults']);

/** Values that never change. */
const FIXED_KINDS = new Set(['number', 'string', 'bool', 'none', 'ellipsis', 'external', 'range']);

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** The properties of a type that may be set once it has been made. */
type Changing<T> = {
  [K in keyof T]-?: Same<{ [P in K]: T[P] }, { -readonly [P in K]: T[P] }> extends true ? K : never;
}[keyof T];
type ChangingOf<T> = Readonly<Record<Changing<T>, true>>;
type Steady = 'function' | 'class' | 'method' | 'partial' | 'module' | 'instance' | 'dict' | 'list' | 'tuple' | 'set';

/**
 * What may change of the kinds of which there are most: three quarters of what an image looked after cannot. The types
 * say it, and this does not compile where one of them says otherwise.
 */
const CHANGING: { readonly [K in Steady]: ChangingOf<Extract<Value, { kind: K }>> } = {
  function: { owner: true, attributes: true },
  class: {},
  method: {},
  partial: {},
  module: {},
  instance: { native: true, applied: true },
  dict: { open: true },
  list: { items: true, open: true },
  tuple: { items: true, open: true },
  set: { items: true, open: true },
};
const changing: ReadonlyMap<unknown, readonly string[]> = new Map(
  Object.entries(CHANGING).map(([kind, names]) => [kind, Object.keys(names)]),
);
const OF_SCOPES: ChangingOf<Scope> = { globals: true, nonlocals: true };
const changingOfScopes: readonly string[] = Object.keys(OF_SCOPES);
/** Lists and maps that are made with the value of a steady kind that has them, and stay as they are. */
const FIXED_PARTS = new Set(['bases', 'order', 'defaults']);

const SHARED: ReadonlySet<unknown> = new Set(builtins.values());

/** So many objects are looked after: of more it costs as much as to run what made them. */
const MOST_OBJECTS = 60_000;

/** What an object held, in the order in which the object gives it. */
interface Held {
  readonly of: object;
  /** Of what is no list, map or set. */
  readonly names?: readonly string[];
  readonly values: unknown[];
  /** Nothing else of it can change. */
  readonly steady?: boolean;
}

type Named = Record<string, unknown>;
type Fixed = readonly unknown[] | ReadonlyMap<string, unknown>;

/** Something holds what cannot be looked into, so that nobody can say how it was. */
class Opaque extends Error {}

/**
 * All that can be reached from an object, as it was when the image was taken, so that it can be made the same again,
 * however often. Objects stay the same objects; those that came later are no longer referred to. It knows nothing of
 * what they mean, so that no kind of change can be forgotten; what hides its state in a closure or beside itself it
 * refuses.
 */
export class HeapImage {
  private readonly held: Held[] = [];
  private seen = new Set<object>();
  /** Where nodes of the text stand that may be replaced. */
  private readonly replaceable: (readonly [held: Held, at: number])[] = [];

  private constructor(private readonly nodes: ReadonlySet<unknown>) {}

  /**
   * @param nodes Parts of the text that `replace` shall be able to replace.
   * @returns `undefined` where something cannot be looked into.
   */
  static of(root: object, nodes: ReadonlySet<unknown>): HeapImage | undefined {
    const image = new HeapImage(nodes);
    try {
      image.take(root);
      image.seen = new Set();
      return image;
    } catch (error) {
      if (error instanceof Opaque) return undefined;
      throw error;
    }
  }

  get size(): number {
    return this.held.length;
  }

  private take(root: object): void {
    const { seen } = this;
    seen.add(root);
    const open: object[] = [root];
    const reach = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || seen.has(value) || value instanceof Chunk) return;
      seen.add(value);
      const { kind } = value as { kind?: unknown };
      if (typeof kind === 'string' && FIXED_KINDS.has(kind)) return;
      open.push(value);
    };
    for (let each = open.pop(); each; each = open.pop()) {
      if (this.held.length >= MOST_OBJECTS) throw new Opaque();
      this.note(each, reach);
    }
  }

  private note(of: object, reach: (value: unknown) => void): void {
    if (Array.isArray(of)) this.keep(of, [...(of as unknown[])], undefined, reach);
    else if (of instanceof Map) {
      const values: unknown[] = [];
      for (const [key, value] of of as Map<unknown, unknown>) {
        values.push(key, value);
        reach(value);
      }
      this.keep(of, values);
    } else if (of instanceof Set) this.keep(of, [...(of as Set<unknown>)]);
    else {
      refuseHidden(of as Named);
      const names = Object.keys(of);
      const values = names.map((name) => (of as Named)[name]);
      const some = of instanceof Scope ? changingOfScopes : changing.get((of as Named).kind);
      const steady = some !== undefined && !values.some((value) => this.nodes.has(value));
      if (!steady) this.keep(of, values, names);
      else if (some.length > 0)
        this.held.push({ of, names: some, values: some.map((name) => (of as Named)[name]), steady });
      names.forEach((name, index) => {
        const value = values[index];
        if (RECORDS.has(name) && Array.isArray(value)) this.keep(value, [...(value as unknown[])]);
        else if (steady && FIXED_PARTS.has(name)) this.passThrough(value as Fixed, reach);
        else if (!CLOSED.has(name)) reach(value);
      });
    }
  }

  /** What is in a list or map that stays as it is. */
  private passThrough(fixed: Fixed, reach: (value: unknown) => void): void {
    if (this.seen.has(fixed)) return;
    this.seen.add(fixed);
    for (const value of fixed.values()) reach(value);
  }

  private keep(of: object, values: unknown[], names?: readonly string[], reach?: (value: unknown) => void): void {
    const held: Held = { of, values, ...(names ? { names } : {}) };
    this.held.push(held);
    values.forEach((value, at) => {
      if (typeof value !== 'object' || value === null) return;
      if (this.nodes.has(value)) this.replaceable.push([held, at]);
      reach?.(value);
    });
  }

  /** Parts of the text have taken the place of others; what `restore` brings back refers to them. */
  replace(by: ReadonlyMap<unknown, unknown>): void {
    for (const [{ values }, at] of this.replaceable) values[at] = by.get(values[at]) ?? values[at];
  }

  /** Makes everything what it was. */
  restore(): void {
    for (const each of this.held) restore(each);
  }

  /** The same, where everything is what it was but for what `replace` has put in the place of something. */
  restoreReplaced(): void {
    for (const [held] of this.replaceable) restore(held);
  }
}

function restore({ of, names, values, steady }: Held): void {
  if (steady) restoreSome(of as Named, names!, values);
  else if (names) restoreNamed(of as Named, names, values);
  else if (Array.isArray(of)) restoreList(of as unknown[], values);
  else if (of instanceof Map) restoreMap(of as Map<unknown, unknown>, values);
  else restoreSet(of as Set<unknown>, values);
}

/** A part of these is kept where no image sees it: in a closure, or, of what Keras made of what, beside the object. */
function refuseHidden(each: Named): void {
  const { kind } = each;
  if (kind === 'builtin' && each.holds === undefined && !SHARED.has(each)) throw new Opaque();
  if (kind === 'tensor' && each.keras) throw new Opaque();
  if (kind === 'layer' && (each.spec as { readonly framework: string }).framework === 'keras') throw new Opaque();
}

function restoreSome(of: Named, names: readonly string[], values: readonly unknown[]): void {
  for (let at = 0; at < names.length; at++) if (of[names[at]] !== values[at]) of[names[at]] = values[at];
}

function restoreNamed(of: Named, names: readonly string[], values: readonly unknown[]): void {
  restoreSome(of, names, values);
  let count = 0;
  for (const _name in of) count++;
  if (count === names.length) return;
  // Not deleted: an object from which something was deleted is slow for good.
  for (const name of Object.keys(of)) if (!names.includes(name)) of[name] = undefined;
}

function restoreList(of: unknown[], values: readonly unknown[]): void {
  // Most are as they were, and to write is dearer than to look.
  if (of.length !== values.length) of.length = values.length;
  for (let at = 0; at < values.length; at++) if (of[at] !== values[at]) of[at] = values[at];
}

function restoreMap(of: Map<unknown, unknown>, values: readonly unknown[]): void {
  let at = 0;
  let same = of.size * 2 === values.length;
  if (same)
    for (const [key, value] of of) {
      if (key !== values[at] || value !== values[at + 1]) {
        same = false;
        break;
      }
      at += 2;
    }
  if (same) return;
  of.clear();
  for (let next = 0; next < values.length; next += 2) of.set(values[next], values[next + 1]);
}

function restoreSet(of: Set<unknown>, values: readonly unknown[]): void {
  let at = 0;
  let same = of.size === values.length;
  if (same)
    for (const value of of)
      if (value !== values[at++]) {
        same = false;
        break;
      }
  if (same) return;
  of.clear();
  for (const value of values) of.add(value);
}
