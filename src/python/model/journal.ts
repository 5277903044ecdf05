import type { ContainerValue, DictValue, ListValue, Value } from './value';

type Whole = ListValue | DictValue | ContainerValue;

/**
 * What changed since the journal was opened: enough to take it back, and to say what the new values were. Only the
 * innermost journal takes notes: when it is closed its changes are taken back, and what is kept of them is made, and
 * noted, anew.
 */
export class Journal {
  /** Made with the first note: most forks change nothing. */
  private keys: Map<Map<string, Value>, Map<string, Value | undefined>> | undefined;
  private wholes: Map<Whole, Contents> | undefined;
  private locals: Set<Map<string, Value>> | undefined;

  /** Variables of a function called since: nothing that was before sees them, so there is nothing to take back. */
  noteLocals(variables: Map<string, Value>): void {
    (this.locals ??= new Set()).add(variables);
  }

  /** Takes over the notes of a journal inside this one that an error has closed, its changes not taken back. */
  takeOver(inner: Journal): void {
    for (const [variables, noted] of inner.keys ?? []) {
      if (this.locals?.has(variables)) continue;
      this.keys ??= new Map();
      const own = this.keys.get(variables);
      this.keys.set(variables, own ? new Map([...noted, ...own]) : noted);
    }
    for (const [value, contents] of inner.wholes ?? []) {
      this.wholes ??= new Map();
      if (!this.wholes.has(value)) this.wholes.set(value, contents);
    }
  }

  noteKey(variables: Map<string, Value>, name: string): void {
    if (this.locals?.has(variables)) return;
    this.keys ??= new Map();
    let noted = this.keys.get(variables);
    if (!noted) this.keys.set(variables, (noted = new Map<string, Value | undefined>()));
    if (!noted.has(name)) noted.set(name, variables.get(name));
  }

  noteWhole(value: Whole): void {
    this.wholes ??= new Map();
    if (!this.wholes.has(value)) this.wholes.set(value, contentsOf(value));
  }

  /** The old values of everything that was noted. */
  before(): Changes {
    return { keys: this.keys ?? new Map(), wholes: this.wholes ?? new Map() };
  }

  /** The present values of everything that was noted. */
  capture(): Changes {
    if (!this.keys && !this.wholes) return NO_CHANGES;
    const keys = new Map<Map<string, Value>, Map<string, Value | undefined>>();
    for (const [variables, noted] of this.keys ?? []) {
      const present = new Map<string, Value | undefined>();
      for (const name of noted.keys()) present.set(name, variables.get(name));
      keys.set(variables, present);
    }
    const wholes = new Map<Whole, Contents>();
    for (const value of this.wholes?.keys() ?? []) wholes.set(value, contentsOf(value));
    return { keys, wholes };
  }

  rollBack(): void {
    for (const [variables, noted] of this.keys ?? []) {
      for (const [name, old] of noted) {
        if (old === undefined) variables.delete(name);
        else variables.set(name, old);
      }
    }
    for (const [value, old] of this.wholes ?? []) restore(value, old);
  }
}

export type Contents =
  | {
      readonly kind: 'items';
      readonly items: readonly Value[];
      readonly open: boolean;
      readonly names?: readonly string[];
    }
  | {
      readonly kind: 'entries';
      readonly entries: ReadonlyMap<string, readonly [Value, Value]>;
      readonly open: boolean;
    };

export interface Changes {
  readonly keys: ReadonlyMap<Map<string, Value>, ReadonlyMap<string, Value | undefined>>;
  readonly wholes: ReadonlyMap<Whole, Contents>;
}

const NO_CHANGES: Changes = { keys: new Map(), wholes: new Map() };

export function contentsOf(value: Whole): Contents {
  if (value.kind === 'dict') return { kind: 'entries', entries: new Map(value.entries), open: value.open };
  return {
    kind: 'items',
    items: value.items,
    open: value.open,
    names: value.kind === 'container' ? value.names : undefined,
  };
}

export function restore(value: Whole, contents: Contents): void {
  value.open = contents.open;
  if (value.kind === 'dict') {
    if (contents.kind !== 'entries') return;
    putBack(value.entries, contents.entries);
  } else if (contents.kind === 'items') {
    value.items = contents.items;
    if (value.kind === 'container') value.names = contents.names ?? Array.from(contents.items.keys(), String);
  }
}

/** Makes a map what it was, in that order. Mostly the keys are the same but for some at the end. */
function putBack<T>(map: Map<string, T>, old: ReadonlyMap<string, T>): void {
  const present = map.keys();
  for (const key of old.keys()) {
    const next = present.next();
    if (next.done) break;
    if (next.value !== key) {
      map.clear();
      break;
    }
  }
  if (map.size > old.size) for (const key of [...present]) map.delete(key);
  for (const [key, entry] of old) if (map.get(key) !== entry) map.set(key, entry);
}
