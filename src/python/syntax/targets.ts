import type { Expression } from './ast';
import { Level, expressions, operators, starred } from './expressions';
import type { Tokens } from './tokens';

/** What `for` binds: it ends where `in` stands, which would else be read as an operator. */
export function readTargets(tokens: Tokens): Expression {
  const target = expressions(tokens, readTarget);
  checkTarget(tokens, target);
  return target;
}

/** One target, of `with … as`. */
export function readOneTarget(tokens: Tokens): Expression {
  const target = readTarget(tokens);
  checkTarget(tokens, target);
  return target;
}

const readTarget = (tokens: Tokens): Expression => (tokens.at('*') ? starred(tokens) : operators(tokens, Level.bitor));

/** Counts a mistake where a value cannot be put. */
export function checkTarget(tokens: Tokens, target: Expression): void {
  if (target.kind === 'starred') checkTarget(tokens, target.value);
  else if (target.kind === 'tuple' || target.kind === 'list')
    for (const item of target.items) checkTarget(tokens, item);
  else if (!isPlace(target)) tokens.fail();
}

/** What can be assigned to alone: with an annotation, or by `+=`. */
export const isPlace = ({ kind }: Expression): boolean =>
  kind === 'name' || kind === 'attribute' || kind === 'subscript';
