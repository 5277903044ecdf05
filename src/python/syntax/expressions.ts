import type { BinaryOperator, CompareOperator, Expression, UnaryOperator } from './ast';
import { callArguments, subscriptIndex } from './callArguments';
import { braces, brackets, parentheses } from './displays';
import type { Kind } from './kinds';
import { readNumber } from './literals';
import { lambda } from './parameters';
import { text } from './strings';
import type { Tokens } from './tokens';

/** How tight an operator binds. */
export const Level = { or: 1, and: 2, not: 3, compare: 4, bitor: 5, sum: 9, power: 12 } as const;

const LEVELS: ReadonlyMap<Kind, number> = new Map<Kind, number>([
  ['or', Level.or],
  ['and', Level.and],
  ...(['in', 'not', 'is', '<', '>', '<=', '>=', '==', '!=', '<>'] as const).map(
    (each) => [each, Level.compare] as const,
  ),
  ['|', Level.bitor],
  ['^', 6],
  ['&', 7],
  ['<<', 8],
  ['>>', 8],
  ['+', Level.sum],
  ['-', Level.sum],
  ['*', 10],
  ['/', 10],
  ['//', 10],
  ['%', 10],
  ['@', 10],
  ['**', Level.power],
]);

/** Deeper than any that a person wrote, and shallow enough for the stack. */
const MOST_NESTED = 500;

/** What stands where an expression should. */
export function unreadable(tokens: Tokens): Expression {
  tokens.fail();
  return { kind: 'unreadable', start: tokens.from(), end: tokens.from() };
}

/** An expression within another without a bracket between them. */
export function nested(tokens: Tokens, read: () => Expression): Expression {
  if (tokens.nesting >= MOST_NESTED) return unreadable(tokens);
  tokens.nesting++;
  const found = read();
  tokens.nesting--;
  return found;
}

/** `test` of the grammar: neither `*x` nor `x := 1` nor a tuple without brackets. */
export function expression(tokens: Tokens): Expression {
  if (tokens.at('lambda')) return lambda(tokens);
  const start = tokens.from();
  const then = operators(tokens, Level.or);
  if (!tokens.eat('if')) return then;
  const test = operators(tokens, Level.or);
  tokens.expect('else');
  const otherwise = nested(tokens, () => expression(tokens));
  return { kind: 'conditional', then, test, otherwise, start, end: tokens.to() };
}

/** An expression, or `name := expression`. */
export function namedExpression(tokens: Tokens): Expression {
  const start = tokens.from();
  const target = expression(tokens);
  if (!tokens.at(':=')) return target;
  if (target.kind !== 'name' || target.start !== start) tokens.fail();
  tokens.next();
  const value = expression(tokens);
  return { kind: 'named', target, value, start, end: tokens.to() };
}

/** `*x`, the operand of which is no comparison. */
export function starred(tokens: Tokens): Expression {
  const start = tokens.from();
  tokens.next();
  const value = operators(tokens, Level.bitor);
  return { kind: 'starred', value, start, end: tokens.to() };
}

export const starExpression = (tokens: Tokens): Expression => (tokens.at('*') ? starred(tokens) : expression(tokens));

export const starNamed = (tokens: Tokens): Expression => (tokens.at('*') ? starred(tokens) : namedExpression(tokens));

/** What can follow the comma after which a tuple without brackets ends. */
const AFTER_TUPLE: ReadonlySet<Kind> = new Set<Kind>(['newline', 'end', '=', ':', ';', ')', ']', '}', '!', 'in']);

/** `a` or `a, b`: one expression, or a tuple of them without brackets. */
export function expressions(tokens: Tokens, item: (tokens: Tokens) => Expression = starExpression): Expression {
  const start = tokens.from();
  const first = item(tokens);
  if (!tokens.at(',')) return first;
  const items = [first];
  while (tokens.eat(',') && !AFTER_TUPLE.has(tokens.kind)) items.push(item(tokens));
  return { kind: 'tuple', items, start, end: tokens.to() };
}

/** What may stand to the right of `=`, or alone. */
export const yieldOrExpressions = (tokens: Tokens): Expression =>
  tokens.at('yield') ? yieldExpression(tokens) : expressions(tokens);

export function yieldExpression(tokens: Tokens): Expression {
  const start = tokens.from();
  tokens.next();
  const from = tokens.eat('from');
  const value = from ? expression(tokens) : AFTER_TUPLE.has(tokens.kind) ? undefined : expressions(tokens);
  return { kind: 'yield', from, value, start, end: tokens.to() };
}

/** Whatever binds at least as tight as `level`. */
export function operators(tokens: Tokens, level: number): Expression {
  const start = tokens.from();
  let left = prefixed(tokens, level);
  for (;;) {
    const { kind } = tokens;
    const found = LEVELS.get(kind);
    if (found === undefined || found < level) return left;
    if (found === Level.compare) {
      left = { kind: 'compare', first: left, rest: comparisons(tokens), start, end: tokens.to() };
      continue;
    }
    tokens.next();
    tokens.links++;
    // `2 ** -1`: to the right of a power a sign binds tighter than it.
    const right = kind === '**' ? nested(tokens, () => operators(tokens, Level.power)) : operators(tokens, found + 1);
    left =
      kind === 'and' || kind === 'or'
        ? { kind: 'logic', operator: kind, left, right, start, end: tokens.to() }
        : { kind: 'binary', operator: kind as BinaryOperator, left, right, start, end: tokens.to() };
  }
}

function comparisons(tokens: Tokens): (readonly [CompareOperator, Expression])[] {
  const rest: (readonly [CompareOperator, Expression])[] = [];
  while (LEVELS.get(tokens.kind) === Level.compare) {
    const operator = comparison(tokens);
    rest.push([operator, operators(tokens, Level.bitor)]);
  }
  return rest;
}

function comparison(tokens: Tokens): CompareOperator {
  const { kind } = tokens;
  tokens.next();
  if (kind === 'not') {
    tokens.expect('in');
    return 'not in';
  }
  if (kind === 'is' && tokens.eat('not')) return 'is not';
  // As Python 2 wrote it.
  return kind === '<>' ? '!=' : (kind as CompareOperator);
}

function prefixed(tokens: Tokens, level: number): Expression {
  const { kind } = tokens;
  if (kind === '-' || kind === '+' || kind === '~') return unary(tokens, kind, Level.power);
  if (kind === 'not') {
    if (level > Level.not) tokens.fail();
    return unary(tokens, kind, Level.not);
  }
  if (kind === 'await') tokens.next();
  return primary(tokens);
}

function unary(tokens: Tokens, operator: UnaryOperator, level: number): Expression {
  const start = tokens.from();
  tokens.next();
  const operand = nested(tokens, () => operators(tokens, level));
  return { kind: 'unary', operator, operand, start, end: tokens.to() };
}

/** An atom with the members, calls and indices that follow it. */
function primary(tokens: Tokens): Expression {
  const start = tokens.from();
  let object = atom(tokens);
  for (;;) {
    switch (tokens.kind) {
      case '.': {
        tokens.next();
        const name = tokens.name();
        object = { kind: 'attribute', object, name, start, end: tokens.to() };
        break;
      }
      case '(': {
        const list = callArguments(tokens);
        const end = tokens.to();
        object = {
          kind: 'call',
          callee: object,
          arguments: list,
          insertAt: end - 1,
          chunk: tokens.chunk,
          start,
          end,
        };
        break;
      }
      case '[': {
        const index = subscriptIndex(tokens);
        object = { kind: 'subscript', object, index, start, end: tokens.to() };
        break;
      }
      default:
        return object;
    }
    tokens.links++;
  }
}

function atom(tokens: Tokens): Expression {
  const start = tokens.from();
  switch (tokens.kind) {
    // Python had names like this before 3.7, and old calls still say `cuda(async=True)`.
    case 'async':
    case 'name': {
      const name = tokens.ownName();
      tokens.next();
      return { kind: 'name', name, start, end: tokens.to() };
    }
    case 'number': {
      const number = readNumber(tokens.text.slice(tokens.start, tokens.end));
      tokens.next();
      return { kind: 'number', value: number.value, float: number.float, start, end: tokens.to() };
    }
    case 'string':
    case 'format':
      return text(tokens);
    case '(':
      return parentheses(tokens);
    case '[':
      return brackets(tokens);
    case '{':
      return braces(tokens);
    case 'True':
    case 'False':
    case 'None': {
      const value = tokens.kind === 'None' ? null : tokens.kind === 'True';
      tokens.next();
      return { kind: 'constant', value, start, end: tokens.to() };
    }
    case '...':
      tokens.next();
      return { kind: 'ellipsis', start, end: tokens.to() };
    default:
      return unreadable(tokens);
  }
}
