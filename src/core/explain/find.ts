import type { Door } from '../door';
import { arithmetic, type ArithmeticFault } from '../formats/arithmetic';
import type { Tensor } from '../operation';

const RELATIONS = ['=', '≠', '<', '≤', '>', '≥'] as const;
type Relation = (typeof RELATIONS)[number];

/** What is looked for among the values of a tensor. */
export interface Sought {
  readonly relation: Relation;
  readonly value: number;
}

export interface Found {
  /** Flat, in C order. */
  readonly index: number;
  /** Which of the matches it is, from 1, and how many there are. */
  readonly ordinal: number;
  readonly count: number;
}

const SPELLED: Readonly<Record<string, Relation>> = {
  '': '=',
  '=': '=',
  '==': '=',
  '!=': '≠',
  '<>': '≠',
  '≠': '≠',
  '<': '<',
  '<=': '≤',
  '≤': '≤',
  '>': '>',
  '>=': '≥',
  '≥': '≥',
};

/** Reads `3`, `>3`, `<= 1/3`, `!=0`, `nan`. */
export function parseSought(
  text: string,
): { readonly ok: true; readonly value: Sought } | { readonly ok: false; readonly fault: ArithmeticFault } {
  const [, sign, rest] = /^\s*(==?|!=|<>|<=|>=|[<>≠≤≥])?([^]*)$/.exec(text) ?? [];
  const found = arithmetic(rest.trim());
  return found.ok ? { ok: true, value: { relation: SPELLED[sign ?? ''], value: found.value } } : found;
}

/** What is sought, as a page says it. */
export function checkSought(door: Door): Sought {
  const value = door.at('value');
  if (typeof value.value !== 'number') throw value.refuse('a number');
  return { relation: door.at('relation').oneOf(...RELATIONS), value: value.value };
}

/** Whether a value is one that is sought. NaN equals NaN here: who looks for it wants to find it. */
function tester({ relation, value }: Sought, dtype: Tensor['dtype']): (each: number) => boolean {
  // 0.1 is found in a float32 tensor, where it is 0.10000000149.
  const wanted = dtype === 'float32' ? Math.fround(value) : value;
  const isSame = Number.isNaN(wanted)
    ? (each: number): boolean => Number.isNaN(each)
    : (each: number): boolean => each === wanted;
  const tests: Readonly<Record<Relation, (each: number) => boolean>> = {
    '=': isSame,
    '≠': (each) => !isSame(each),
    '<': (each) => each < wanted,
    '≤': (each) => each <= wanted,
    '>': (each) => each > wanted,
    '≥': (each) => each >= wanted,
  };
  return tests[relation];
}

/**
 * The next match after the element `from`, or before it when `backwards`, round at the end; `from` itself comes last.
 * All of the tensor is looked through, since the number of matches is told too.
 */
export function findIn({ data, dtype }: Tensor, sought: Sought, from: number, backwards: boolean): Found | undefined {
  const test = tester(sought, dtype);
  let [count, first, last, before, after] = [0, -1, -1, -1, -1];
  let [beforeOrdinal, afterOrdinal] = [0, 0];
  for (let at = 0; at < data.length; at++) {
    if (!test(data[at])) continue;
    count++;
    if (first < 0) first = at;
    last = at;
    if (at < from) [before, beforeOrdinal] = [at, count];
    if (at > from && after < 0) [after, afterOrdinal] = [at, count];
  }
  if (count === 0) return undefined;
  if (backwards)
    return before >= 0 ? { index: before, ordinal: beforeOrdinal, count } : { index: last, ordinal: count, count };
  return after >= 0 ? { index: after, ordinal: afterOrdinal, count } : { index: first, ordinal: 1, count };
}
