import { type ParsedFile, parseFile } from '../../../../src/python/syntax/parse';
import type { Statement } from '../../../../src/python/syntax/ast';

export const parse = (text: string, previous?: ParsedFile): ParsedFile =>
  parseFile('/project/model.py', text, previous);

/** What a text was read as, without where it stands; a function with its body. */
export const bare = (text: string): unknown[] => parse(text).parts.map(({ chunk }) => strip(chunk.statement));

/** The one expression of a text. */
export function bareExpression(text: string): unknown {
  const [statement] = parse(text).parts.map(({ chunk }) => chunk.statement);
  return statement.kind === 'expression' ? strip(statement.value) : strip(statement);
}

const PLACES = new Set(['start', 'end', 'nameStart', 'bodyStart', 'insertAt', 'chunk', 'notes']);

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value === 'function') return strip((value as () => readonly Statement[])());
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, each]) => !PLACES.has(key) && each !== undefined);
  return Object.fromEntries(kept.map(([key, each]) => [key, strip(each)]));
}

export const name = (word: string): object => ({ kind: 'name', name: word });
export const number = (value: number, float = false): object => ({ kind: 'number', value, float });
export const string = (value: string): object => ({ kind: 'string', value });
export const tuple = (...items: object[]): object => ({ kind: 'tuple', items });
export const starred = (value: object): object => ({ kind: 'starred', value });
export const call = (callee: object, ...args: object[]): object => ({ kind: 'call', callee, arguments: args });
export const attribute = (object: object, word: string): object => ({ kind: 'attribute', object, name: word });
export const does = (value: object): object => ({ kind: 'expression', value });
export const PASS = { kind: 'pass' };
