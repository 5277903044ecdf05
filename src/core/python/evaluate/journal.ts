import type { ContainerValue, DictValue, ListValue, Value } from '../values/value';

type Whole = ListValue | DictValue | ContainerValue;

/** What changed since the journal was opened: enough to take it back, and to say what the new values were. */
export class Journal {
  readonly keys = new Map<Map<string, Value>, Map<string, Value | undefined>>();
  readonly wholes = new Map<Whole, Contents>();

  noteKey(variables: Map<string, Value>, name: string): void {
    let noted = this.keys.get(variables);
    if (!noted) this.keys.set(variables, (noted = new Map()));
    if (!noted.has(name)) noted.set(name, variables.get(name));
  }

  noteWhole(value: Whole): void {
    if (!this.wholes.has(value)) this.wholes.set(value, contentsOf(value));
  }

  /** The present values of everything that was noted. */
  capture(): Changes {
    return {
      keys: new Map([...this.keys].map(([variables, noted]) => [variables, new Map([...noted.keys()].map((name) => [name, variables.get(name)]))])),
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
  | { readonly kind: 'items'; readonly items: readonly Value[]; readonly open: boolean; readonly names?: readonly string[] }
  | { readonly kind: 'entries'; readonly entries: ReadonlyMap<string, readonly [Value, Value]>; readonly open: boolean };

export interface Changes {
  readonly keys: ReadonlyMap<Map<string, Value>, ReadonlyMap<string, Value | undefined>>;
  readonly wholes: ReadonlyMap<Whole, Contents>;
}

export function contentsOf(value: Whole): Contents {
  if (value.kind === 'dict') return { kind: 'entries', entries: new Map(value.entries), open: value.open };
  return { kind: 'items', items: [...value.items], open: value.open, names: value.kind === 'container' ? [...value.names] : undefined };
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
