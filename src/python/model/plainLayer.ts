import type { Problem } from '../../core/problem';
import { isKnown } from '../sizes/size';
import type { LayerSpec, Plain } from './library';
import { tuple } from './make';
import type { BoundValues } from './signature';
import type { Made } from './site';
import type { Value } from './value';

/**
 * A layer whose arguments are all plain: numbers, flags, texts and lists of them. A program makes the same few of them
 * again and again, and so does the next reading of it: what follows from the arguments alone is worked out once.
 */
export class PlainLayer implements Plain {
  /** What the constructor refuses. */
  problems?: readonly Problem[];
  readonly made: Made;
  private readonly facts = new Map<string, unknown>();

  /** `values` as they were when the layer was made: PyTorch too keeps tuples of the lists that it is given. */
  constructor(readonly values: ReadonlyMap<string, Value>) {
    this.made = { parameters: values };
  }

  once<T>(what: string, make: () => T): T {
    if (!this.facts.has(what)) this.facts.set(what, make());
    return this.facts.get(what) as T;
  }
}

/** Layers kept; a file has a few dozen, and each takes one or two KB with what it was applied to. */
const MOST = 1_024;
const LONGEST_KEY = 400;
const kept = new Map<string, PlainLayer>();

/** The layer of these arguments, the same object each time; `undefined` when one of them is not plain. */
export function plainLayer({ callee }: LayerSpec, values: BoundValues): PlainLayer | undefined {
  const given = values.plainKey(keyOf);
  if (given === undefined || given.length > LONGEST_KEY) return undefined;
  const key = `${callee} ${given}`;
  let layer = kept.get(key);
  if (!layer) {
    if (kept.size >= MOST) kept.clear();
    kept.set(key, (layer = new PlainLayer(values.mapped(copyOf))));
  }
  return layer;
}

/** A plain value as a text that no other has. */
function keyOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'number':
      return isKnown(value.size) ? `${value.size}${value.float ? 'f' : ''}` : undefined;
    case 'bool':
      return value.value ? 'T' : 'F';
    case 'none':
      return 'N';
    case 'string':
      return JSON.stringify(value.value);
    case 'list':
    case 'tuple': {
      if (value.open) return undefined;
      let text = '(';
      for (const item of value.items) {
        const key = keyOf(item);
        if (key === undefined) return undefined;
        text += `${key},`;
      }
      return `${text})`;
    }
    default:
      return undefined;
  }
}

const copyOf = (value: Value): Value =>
  value.kind === 'list' || value.kind === 'tuple' ? tuple(value.items.map(copyOf)) : value;
