import type { Argument, Expression } from './ast';
import { atComprehension, clauses } from './displays';
import { expression, namedExpression, starred, unreadable } from './expressions';
import type { Tokens } from './tokens';

/** The arguments of a call or of a class, from its opening bracket to its closing one. */
export function callArguments(tokens: Tokens): Argument[] {
  tokens.next();
  const found: Argument[] = [];
  let named = false;
  let spread = false;
  while (!tokens.at(')')) {
    const argument = readArgument(tokens);
    found.push(argument);
    const positional = argument.name === undefined && argument.star !== '**';
    if (positional && (spread || (named && argument.star === undefined))) tokens.fail();
    named ||= argument.name !== undefined;
    spread ||= argument.star === '**';
    if (!tokens.eat(',')) break;
  }
  tokens.expect(')');
  return found;
}

function readArgument(tokens: Tokens): Argument {
  const start = tokens.from();
  const star = tokens.at('*') || tokens.at('**') ? tokens.kind : undefined;
  if (star === '*' || star === '**') {
    tokens.next();
    const value = expression(tokens);
    if (star === '**' || !atComprehension(tokens)) return { star, value };
    return { value: generator(tokens, { kind: 'starred', value, start, end: tokens.to() }, start) };
  }
  const value = namedExpression(tokens);
  if (tokens.at('=')) {
    if (value.kind !== 'name' || value.start !== start) tokens.fail();
    tokens.next();
    return { name: value.kind === 'name' ? value.name : '', value: expression(tokens) };
  }
  return { value: atComprehension(tokens) ? generator(tokens, value, start) : value };
}

/** A generator whose brackets are those of the call. */
const generator = (tokens: Tokens, element: Expression, start: number): Expression => ({
  kind: 'comprehension',
  result: 'generator',
  element,
  clauses: clauses(tokens),
  start,
  end: tokens.to(),
});

/** What stands between `[` and `]` behind an object. */
export function subscriptIndex(tokens: Tokens): Expression {
  tokens.next();
  const start = tokens.from();
  const parts: Expression[] = [];
  let comma = false;
  while (!tokens.at(']')) {
    parts.push(subscriptPart(tokens));
    if (!tokens.eat(',')) break;
    comma = true;
  }
  const end = tokens.to();
  tokens.expect(']');
  if (parts.length === 0) return unreadable(tokens);
  // `x[*index]` is indexed by a tuple as well.
  return comma || parts[0].kind === 'starred' ? { kind: 'tuple', items: parts, start, end } : parts[0];
}

function subscriptPart(tokens: Tokens): Expression {
  if (tokens.at('*')) return starred(tokens);
  const start = tokens.from();
  const lower = tokens.at(':') ? undefined : namedExpression(tokens);
  if (lower && !tokens.at(':')) return lower;
  tokens.next();
  const bound = (): Expression | undefined =>
    tokens.at(':') || tokens.at(',') || tokens.at(']') ? undefined : expression(tokens);
  const upper = bound();
  const step = tokens.eat(':') ? bound() : undefined;
  return { kind: 'slice', lower, upper, step, start, end: tokens.to() };
}
