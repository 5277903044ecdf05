import { dict, FALSE, list, NONE, number, string, TRUE, unknown } from '../../model/make';
import type { Value } from '../../model/value';
import { isKnown } from '../../sizes/size';

/** A number that is written with a point or an exponent: Python has a float for it, though it be whole. */
export class Float {
  constructor(readonly value: number) {}
}

/** Data of a text, as Python has it. What Python would make something of its own of is unknown. */
export function fromData(data: unknown): Value {
  if (data === null || data === undefined) return NONE;
  if (typeof data === 'boolean') return data ? TRUE : FALSE;
  if (data instanceof Float) return number(data.value, true);
  if (typeof data === 'number') return Number.isSafeInteger(data) ? number(data) : unknown();
  if (typeof data === 'string') return string(data);
  if (Array.isArray(data)) return list(data.map(fromData));
  if (data instanceof Map) return dict([...data].map(([key, each]) => [fromData(key), fromData(each)] as const));
  return unknown();
}

/** Where a number with a point or an exponent begins and ends; strings are matched to pass over what is in them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gs;
/** Stands before such a number until it is a `Float`. No text that JSON has written holds this as it is. */
const MARK = '\u0000float';

/** What `json.loads` gives; `undefined` of what is no JSON. */
export function fromJson(text: string): Value | undefined {
  const marked = text.replace(TOKEN, (token) => (/^-?\d+$|^"/.test(token) ? token : JSON.stringify(MARK + token)));
  try {
    return fromData(
      JSON.parse(marked, (_key, value: unknown) => {
        if (typeof value === 'string' && value.startsWith(MARK)) return new Float(Number(value.slice(MARK.length)));
        const plain = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float);
        return plain ? new Map(Object.entries(value)) : value;
      }),
    );
  } catch {
    return undefined;
  }
}

/** Plain data that JSON can write; `undefined` of anything else. */
export function toJson(value: Value): unknown {
  switch (value.kind) {
    case 'none':
      return null;
    case 'bool':
    case 'string':
      return value.value;
    case 'number':
      return isKnown(value.size) && !value.float ? value.size : undefined;
    case 'list':
    case 'tuple': {
      const items = value.open ? [undefined] : value.items.map(toJson);
      return items.includes(undefined) ? undefined : items;
    }
    case 'dict': {
      const pairs = [...value.entries.values()].map(
        ([key, each]) => [key.kind === 'string' ? key.value : undefined, toJson(each)] as const,
      );
      if (value.open || pairs.some(([key, each]) => key === undefined || each === undefined)) return undefined;
      return Object.fromEntries(pairs as [string, unknown][]);
    }
    default:
      return undefined;
  }
}
