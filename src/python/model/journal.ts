import type { ContainerValue, DictValue, ListValue, Value } from './value';

type Whole = ListValue | DictValue | ContainerValue;

/**
 * What changed since the journal was opened: enough to take it back, and to say what the new values were. Only the
 * innermost journal takes notes: when it is closed its changes are taken back, and what is kept of them is made, and
 * noted, anew.
 */
export class Journal {
  readonly keys = new Map<Map<string, Value>, Map<string, Value | undefined>>();
  readonly wholes = new Map<Whole, Contents>();
  private locals: Set<Map<string, Value>> | undefined;

  /** Variables of a function called since: nothing that was before sees them, so there is nothing to take back. */
  noteLocals(variables: Map<string, Value>): void {
    (this.locals ??= new Set()).add(variables);
  }

  /** Takes over the notes of a journal inside this one that an error has closed, its changes not taken back. */
  takeOver(inner: Journal): void {
    for (const [variables, noted] of inner.keys) {
      if (this.locals?.has(variables)) continue;
      const own = this.keys.get(variables);
      this.keys.set(variables, own ? new Map([...noted, ...own]) : noted);
    }
    for (const [value, contents] of inner.wholes) if (!this.wholes.has(value)) this.wholes.set(value, contents);
  }

  noteKey(variables: Map<string, Value>, name: string): void {
    if (this.locals?.has(variables)) return;
    let noted = this.keys.get(variables);
    if (!noted) this.keys.set(variables, (noted = new Map<string, Value | undefined>()));
    if (!noted.has(name)) noted.set(name, variables.get(name));
  }

  noteWhole(value: Whole): void {
    if (!this.wholes.has(value)) this.wholes.set(value, contentsOf(value));
  }

  /** The present values of everything that was noted. */
  capture(): Changes {
    if (this.keys.size === 0 && this.wholes.size === 0) return NO_CHANGES;
    return {
      keys: new Map(
        [...this.keys].map(([variables, noted]) => [
          variables,
          new Map([...noted.keys()].map((name) => [name, variables.get(name)])),
        ]),
      ),
      wholes: new Map([...this.wholes.keys()].map((value) => [value, contentsOf(value)])),
    };
  }

  rollBack(): void {
    for (const [variables, noted] of this.keys) {
      for (const [name, old] of noted) {
        if (old === undefined) variables.delete(name);
        else variables.set(name, old);
      }
    }
    for (const [value, old] of this.wholes) restore(value, old);
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
    items: [...value.items],
    open: value.open,
    names: value.kind === 'container' ? [...value.names] : undefined,
  };
}

export function restore(value: Whole, contents: Contents): void {
  value.open = contents.open;
  if (value.kind === 'dict') {
    if (contents.kind !== 'entries') return;
    value.entries.clear();
    for (const [key, entry] of contents.entries) value.entries.set(key, entry);
  } else if (contents.kind === 'items') {
    value.items = [...contents.items];
    if (value.kind === 'container') value.names = [...(contents.names ?? contents.items.keys())].map(String);
  }
}
