import type { Comprehension, ComprehensionClause, Expression } from './ast';
import {
  Level,
  expression,
  namedExpression,
  operators,
  starNamed,
  starred,
  unreadable,
  yieldExpression,
} from './expressions';
import { readTargets } from './targets';
import type { Tokens } from './tokens';

export const atComprehension = (tokens: Tokens): boolean => tokens.at('for') || tokens.at('async');

/** `(…)`: what is in it, a tuple, or a generator. */
export function parentheses(tokens: Tokens): Expression {
  const start = tokens.from();
  tokens.next();
  if (tokens.eat(')')) return { kind: 'tuple', items: [], start, end: tokens.to() };
  if (tokens.at('yield')) {
    const value = yieldExpression(tokens);
    tokens.expect(')');
    return value;
  }
  const first = starNamed(tokens);
  if (atComprehension(tokens)) return comprehension(tokens, 'generator', first, start, ')');
  if (tokens.at(',')) {
    const items = more(tokens, [first], ')', starNamed);
    return { kind: 'tuple', items, start, end: tokens.to() };
  }
  if (first.kind === 'starred') tokens.fail();
  tokens.expect(')');
  return first;
}

/** `[…]` where a list can stand. */
export function brackets(tokens: Tokens): Expression {
  const start = tokens.from();
  tokens.next();
  if (tokens.eat(']')) return { kind: 'list', items: [], start, end: tokens.to() };
  const first = starNamed(tokens);
  if (atComprehension(tokens)) return comprehension(tokens, 'list', first, start, ']');
  const items = more(tokens, [first], ']', starNamed);
  return { kind: 'list', items, start, end: tokens.to() };
}

/** `{…}`: a dictionary or a set, told apart by what stands first. */
export function braces(tokens: Tokens): Expression {
  const start = tokens.from();
  tokens.next();
  if (tokens.eat('}')) return { kind: 'dict', entries: [], start, end: tokens.to() };
  const first = entry(tokens);
  if (first.length === 1) {
    if (atComprehension(tokens)) return comprehension(tokens, 'set', first[0], start, '}');
    const items = more(tokens, [first[0]], '}', starNamed);
    return { kind: 'set', items, start, end: tokens.to() };
  }
  if (atComprehension(tokens)) return comprehension(tokens, 'dict', first[1], start, '}', first[0]);
  const entries = more(tokens, [first], '}', () => {
    const next = entry(tokens);
    return next.length === 2 ? next : ([unreadable(tokens), next[0]] as const);
  });
  return { kind: 'dict', entries, start, end: tokens.to() };
}

type Entry = readonly [item: Expression] | readonly [key: Expression | undefined, value: Expression];

function entry(tokens: Tokens): Entry {
  if (tokens.eat('**')) return [undefined, operators(tokens, Level.bitor)];
  if (tokens.at('*')) return [starred(tokens)];
  const key = namedExpression(tokens);
  return tokens.eat(':') ? [key, expression(tokens)] : [key];
}

/** The items after the first, to the closing bracket. */
function more<Item>(tokens: Tokens, items: Item[], close: ')' | ']' | '}', item: (tokens: Tokens) => Item): Item[] {
  while (tokens.eat(',') && !tokens.at(close)) items.push(item(tokens));
  tokens.expect(close);
  return items;
}

function comprehension(
  tokens: Tokens,
  result: Comprehension['result'],
  element: Expression,
  start: number,
  close: ')' | ']' | '}',
  key?: Expression,
): Expression {
  const found = clauses(tokens);
  tokens.expect(close);
  return { kind: 'comprehension', result, key, element, clauses: found, start, end: tokens.to() };
}

/** `for … in … if …`, once or more often. */
export function clauses(tokens: Tokens): ComprehensionClause[] {
  const found: ComprehensionClause[] = [];
  while (atComprehension(tokens)) {
    tokens.eat('async');
    tokens.expect('for');
    const target = readTargets(tokens);
    tokens.expect('in');
    const iterable = operators(tokens, Level.or);
    const conditions: Expression[] = [];
    while (tokens.eat('if')) conditions.push(operators(tokens, Level.or));
    found.push({ target, iterable, conditions });
  }
  return found;
}
