import type { Expression, Parameter } from './ast';
import { expression, nested, starExpression } from './expressions';
import type { Kind } from './kinds';
import type { Tokens } from './tokens';

export function lambda(tokens: Tokens): Expression {
  const start = tokens.from();
  tokens.next();
  const parameters = readParameters(tokens, ':', false);
  tokens.expect(':');
  const body = nested(tokens, () => expression(tokens));
  return { kind: 'lambda', parameters, body, start, end: tokens.to() };
}

/** `(a, /, b: int = 1, *c, d, **e)` of a definition. */
export function parameterList(tokens: Tokens): Parameter[] {
  tokens.expect('(');
  const parameters = readParameters(tokens, ')', true);
  tokens.expect(')');
  return parameters;
}

function readParameters(tokens: Tokens, close: Kind, annotated: boolean): Parameter[] {
  let found: Parameter[] = [];
  let section: 'plain' | 'keywordOnly' = 'plain';
  /** A bare `*` waits for a name, `**rest` for nothing more. */
  let last: 'star' | 'rest' | undefined;
  let initials = false;
  while (!tokens.at(close)) {
    if (last === 'rest') tokens.fail();
    if (tokens.eat('/')) {
      if (found.length === 0 || section === 'keywordOnly' || found[0].positionalOnly) tokens.fail();
      found = found.map((each) => ({ ...each, positionalOnly: true }));
    } else if (tokens.at('*') || tokens.at('**')) {
      const twice = tokens.at('**');
      if ((!twice && section === 'keywordOnly') || (twice && last === 'star')) tokens.fail();
      tokens.next();
      section = 'keywordOnly';
      last = twice ? 'rest' : undefined;
      if (tokens.at('name')) found.push(parameter(tokens, twice ? 'doubleStar' : 'star', annotated));
      else if (twice) tokens.fail();
      else last = 'star';
    } else {
      const next = parameter(tokens, section, annotated);
      if (next.name === '') break;
      if (section === 'plain' && initials && !next.initial) tokens.fail();
      initials ||= next.initial !== undefined;
      last = undefined;
      found.push(next);
    }
    if (!tokens.eat(',')) break;
  }
  if (last === 'star') tokens.fail();
  return found;
}

function parameter(tokens: Tokens, kind: Parameter['kind'], annotated: boolean): Parameter {
  const start = tokens.from();
  const name = tokens.name();
  const end = tokens.to();
  const annotation = annotated && tokens.eat(':') ? (kind === 'star' ? starExpression : expression)(tokens) : undefined;
  const starKind = kind === 'star' || kind === 'doubleStar';
  if (starKind && tokens.at('=')) tokens.fail();
  const initial = !starKind && tokens.eat('=') ? expression(tokens) : undefined;
  return { name, kind, initial, annotation, start, end };
}

/** `[T: int = str, *Ts, **P]`. They are read for what follows them; no shape depends on one. */
export function skipTypeParameters(tokens: Tokens): void {
  if (!tokens.eat('[')) return;
  do {
    if (tokens.at(']')) break;
    const star = tokens.eat('*');
    if (!star) tokens.eat('**');
    tokens.name();
    if (tokens.eat(':')) expression(tokens);
    if (tokens.eat('=')) (star ? starExpression : expression)(tokens);
  } while (tokens.eat(','));
  tokens.expect(']');
}
