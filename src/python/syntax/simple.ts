import type { BinaryOperator, Expression, Statement } from './ast';
import { expression, expressions, yieldOrExpressions } from './expressions';
import { importFrom, importNames } from './imports';
import type { Kind } from './kinds';
import { skipTypeParameters } from './parameters';
import { checkTarget, isPlace } from './targets';
import type { Tokens } from './tokens';

const UPDATES: ReadonlySet<Kind> = new Set<Kind>([
  '+=',
  '-=',
  '*=',
  '/=',
  '//=',
  '%=',
  '@=',
  '&=',
  '|=',
  '^=',
  '>>=',
  '<<=',
  '**=',
]);

const atEnd = (tokens: Tokens): boolean => tokens.at('newline') || tokens.at('end') || tokens.at(';');

/** A statement that fits a line. */
export function simple(tokens: Tokens): Statement {
  const start = tokens.from();
  // Where nothing of it can be read it is empty, and does not end before it starts.
  tokens.lastEnd = tokens.start;
  switch (tokens.kind) {
    case 'pass':
    case 'break':
    case 'continue': {
      const { kind } = tokens;
      tokens.next();
      return { kind, start, end: tokens.to() };
    }
    case 'return': {
      tokens.next();
      const value = atEnd(tokens) ? undefined : expressions(tokens);
      return { kind: 'return', value, start, end: tokens.to() };
    }
    case 'raise': {
      tokens.next();
      // A tuple is how Python 2 gave the message.
      const value = atEnd(tokens) ? undefined : expressions(tokens);
      if (tokens.eat('from')) expression(tokens);
      return { kind: 'raise', value, start, end: tokens.to() };
    }
    case 'global':
    case 'nonlocal': {
      const scope = tokens.kind;
      const names: string[] = [];
      do {
        tokens.next();
        names.push(tokens.name());
      } while (tokens.at(','));
      return { kind: 'scope', scope, names, start, end: tokens.to() };
    }
    case 'del':
      return remove(tokens);
    case 'assert': {
      tokens.next();
      const test = expression(tokens);
      if (tokens.eat(',')) expression(tokens);
      return { kind: 'assert', test, start, end: tokens.to() };
    }
    case 'import':
      return importNames(tokens);
    case 'from':
      return importFrom(tokens);
    case 'name':
      return withSoftKeyword(tokens) ?? assignment(tokens);
    default:
      return assignment(tokens);
  }
}

function remove(tokens: Tokens): Statement {
  const start = tokens.from();
  const targets: Expression[] = [];
  do {
    tokens.next();
    if (targets.length > 0 && atEnd(tokens)) break;
    const target = expression(tokens);
    checkTarget(tokens, target);
    targets.push(target);
  } while (tokens.at(','));
  return { kind: 'delete', targets, start, end: tokens.to() };
}

/** Words that begin a statement where another word follows; else they are names. */
function withSoftKeyword(tokens: Tokens): Statement | undefined {
  const { word } = tokens;
  if (word !== 'type' && word !== 'print' && word !== 'lazy') return undefined;
  const start = tokens.from();
  const mark = tokens.mark();
  tokens.next();
  if (word === 'type' && tokens.at('name')) {
    const name = tokens.name();
    skipTypeParameters(tokens);
    tokens.expect('=');
    const value = expression(tokens);
    return { kind: 'type', name, value, start, end: tokens.to() };
  }
  if (word === 'lazy' && tokens.at('import')) return { ...importNames(tokens), start };
  if (word === 'lazy' && tokens.at('from')) return { ...importFrom(tokens), start };
  // As Python 2 wrote it.
  if (word === 'print' && (tokens.at('string') || tokens.at('format') || tokens.at('name') || tokens.at('number')))
    return { kind: 'expression', value: expressions(tokens), start, end: tokens.to() };
  tokens.reset(mark);
  return undefined;
}

function assignment(tokens: Tokens): Statement {
  const start = tokens.from();
  const first = yieldOrExpressions(tokens);
  const { kind } = tokens;
  if (kind === ':') return annotated(tokens, first, start);
  if (UPDATES.has(kind)) {
    if (!isPlace(first)) tokens.fail();
    tokens.next();
    const operator = kind.slice(0, -1) as BinaryOperator;
    const value = yieldOrExpressions(tokens);
    return { kind: 'update', target: first, operator, value, start, end: tokens.to() };
  }
  if (kind !== '=') return { kind: 'expression', value: first, start, end: tokens.to() };
  const targets: Expression[] = [];
  let value = first;
  while (tokens.eat('=')) {
    checkTarget(tokens, value);
    targets.push(value);
    value = yieldOrExpressions(tokens);
  }
  return { kind: 'assign', targets, value, start, end: tokens.to() };
}

function annotated(tokens: Tokens, target: Expression, start: number): Statement {
  if (!isPlace(target)) tokens.fail();
  tokens.next();
  const annotation = expression(tokens);
  const value = tokens.eat('=') ? yieldOrExpressions(tokens) : undefined;
  return { kind: 'assign', targets: [target], value, annotation, start, end: tokens.to() };
}
