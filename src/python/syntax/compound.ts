import type { Expression, IfBranch, Statement } from './ast';
import { expressions, namedExpression, expression } from './expressions';
import { callArguments } from './callArguments';
import { parameterList, skipTypeParameters } from './parameters';
import { matchStatement } from './patterns';
import { endOfLine } from './recovery';
import { suite } from './statements';
import { readOneTarget, readTargets } from './targets';
import type { Tokens } from './tokens';

/** A statement with blocks in it; nothing where none begins here. */
export function compound(tokens: Tokens, indent: number): Statement | undefined {
  switch (tokens.kind) {
    case 'if':
      return ifStatement(tokens, indent);
    case 'for':
      return forStatement(tokens, indent);
    case 'while':
      return whileStatement(tokens, indent);
    case 'with':
      return withStatement(tokens, indent);
    case 'try':
      return tryStatement(tokens, indent);
    case 'def':
      return functionDefinition(tokens, indent, []);
    case 'class':
      return classDefinition(tokens, indent, []);
    case '@':
      return decorated(tokens, indent);
    case 'async':
      return asynchronous(tokens, indent, []);
    case 'name':
      return tokens.word === 'match' ? matchStatement(tokens, indent) : undefined;
    default:
      return undefined;
  }
}

/** `async` before a definition, a loop or a `with`; else it is a name, see `atom`. */
function asynchronous(tokens: Tokens, indent: number, decorators: readonly Expression[]): Statement | undefined {
  const mark = tokens.mark();
  const start = tokens.from();
  tokens.next();
  if (tokens.at('def')) return { ...functionDefinition(tokens, indent, decorators), isAsync: true, start };
  if (tokens.at('for')) return { ...forStatement(tokens, indent), start };
  if (tokens.at('with')) return { ...withStatement(tokens, indent), start };
  tokens.reset(mark);
  return undefined;
}

/** Whether the block goes on with this keyword, in the column in which it began. */
const continues = (tokens: Tokens, keyword: 'elif' | 'else' | 'except' | 'finally', indent: number): boolean =>
  tokens.at(keyword) && tokens.column === indent;

function otherwise(tokens: Tokens, indent: number): Statement[] {
  if (!continues(tokens, 'else', indent)) return [];
  const { start } = tokens;
  tokens.next();
  return suite(tokens, start, indent);
}

function ifStatement(tokens: Tokens, indent: number): Statement {
  const from = tokens.from();
  const branches: IfBranch[] = [];
  do {
    const { start } = tokens;
    tokens.next();
    const test = namedExpression(tokens);
    branches.push({ test, body: suite(tokens, start, indent) });
  } while (continues(tokens, 'elif', indent));
  return { kind: 'if', branches, otherwise: otherwise(tokens, indent), start: from, end: tokens.to() };
}

function whileStatement(tokens: Tokens, indent: number): Statement {
  const [start, from] = [tokens.start, tokens.from()];
  tokens.next();
  const test = namedExpression(tokens);
  const body = suite(tokens, start, indent);
  return { kind: 'while', test, body, otherwise: otherwise(tokens, indent), start: from, end: tokens.to() };
}

function forStatement(tokens: Tokens, indent: number): Statement {
  const [start, from] = [tokens.start, tokens.from()];
  tokens.next();
  const target = readTargets(tokens);
  tokens.expect('in');
  const iterable = expressions(tokens);
  const body = suite(tokens, start, indent);
  return {
    kind: 'for',
    target,
    iterable,
    body,
    otherwise: otherwise(tokens, indent),
    start: from,
    end: tokens.to(),
  };
}

type WithItem = readonly [Expression, Expression | undefined];

function withStatement(tokens: Tokens, indent: number): Statement {
  const [start, from] = [tokens.start, tokens.from()];
  tokens.next();
  const items = bracketedItems(tokens) ?? withItems(tokens, false);
  return { kind: 'with', items, body: suite(tokens, start, indent), start: from, end: tokens.to() };
}

/** `(a as b, c):`. Where no colon follows, the bracket was only the start of an expression: `with (a or b) as c:`. */
function bracketedItems(tokens: Tokens): WithItem[] | undefined {
  if (!tokens.at('(')) return undefined;
  const mark = tokens.mark();
  tokens.next();
  const items = withItems(tokens, true);
  if (tokens.errors === mark.errors && tokens.eat(')') && tokens.at(':')) return items;
  tokens.reset(mark);
  return undefined;
}

function withItems(tokens: Tokens, bracketed: boolean): WithItem[] {
  const items: WithItem[] = [];
  do {
    if (bracketed && items.length > 0 && tokens.at(')')) break;
    const item = expression(tokens);
    items.push([item, tokens.eat('as') ? readOneTarget(tokens) : undefined]);
  } while (tokens.eat(','));
  return items;
}

function tryStatement(tokens: Tokens, indent: number): Statement {
  const [start, from] = [tokens.start, tokens.from()];
  tokens.next();
  const body = suite(tokens, start, indent);
  const handlers: Statement[][] = [];
  const caught: { type?: Expression; name?: string }[] = [];
  while (continues(tokens, 'except', indent)) {
    const at = tokens.start;
    tokens.next();
    tokens.eat('*');
    const type = tokens.at(':') ? undefined : expressions(tokens);
    caught.push({ type, name: tokens.eat('as') ? tokens.name() : undefined });
    handlers.push(suite(tokens, at, indent));
  }
  const orElse = handlers.length > 0 ? otherwise(tokens, indent) : [];
  const final = finallyBlock(tokens, indent);
  if (handlers.length === 0 && !final) tokens.fail();
  return {
    kind: 'try',
    body,
    handlers,
    caught,
    otherwise: orElse,
    final: final ?? [],
    start: from,
    end: tokens.to(),
  };
}

function finallyBlock(tokens: Tokens, indent: number): Statement[] | undefined {
  if (!continues(tokens, 'finally', indent)) return undefined;
  const { start } = tokens;
  tokens.next();
  return suite(tokens, start, indent);
}

function decorated(tokens: Tokens, indent: number): Statement {
  const from = tokens.from();
  const decorators: Expression[] = [];
  while (tokens.at('@') && tokens.column === indent) {
    const { start } = tokens;
    tokens.next();
    decorators.push(namedExpression(tokens));
    endOfLine(tokens, start, indent);
  }
  const definition =
    tokens.column !== indent
      ? undefined
      : tokens.at('def')
        ? functionDefinition(tokens, indent, decorators)
        : tokens.at('class')
          ? classDefinition(tokens, indent, decorators)
          : tokens.at('async')
            ? asynchronous(tokens, indent, decorators)
            : undefined;
  if (definition?.kind === 'function' || definition?.kind === 'class') return definition;
  tokens.fail();
  return definition ?? { kind: 'unreadable', start: from, end: tokens.to() };
}

function functionDefinition(
  tokens: Tokens,
  indent: number,
  decorators: readonly Expression[],
): Statement & { kind: 'function' } {
  const [start, from, { chunk }] = [tokens.start, tokens.from(), tokens];
  tokens.next();
  const nameStart = tokens.from();
  const name = tokens.name();
  skipTypeParameters(tokens);
  const parameters = parameterList(tokens);
  const returns = tokens.eat('->') ? expression(tokens) : undefined;
  const bodyStart = tokens.from();
  const body = suite(tokens, start, indent);
  return {
    kind: 'function',
    name,
    nameStart,
    parameters,
    decorators,
    ...(returns ? { returns } : {}),
    body: () => {
      chunk.entered = true;
      return body;
    },
    bodyStart,
    chunk,
    isAsync: false,
    start: from,
    end: tokens.to(),
  };
}

function classDefinition(tokens: Tokens, indent: number, decorators: readonly Expression[]): Statement {
  const [start, from, { chunk }] = [tokens.start, tokens.from(), tokens];
  tokens.next();
  const outer = tokens.owner;
  const own = tokens.word.replace(/^_+/, '');
  const name = tokens.name();
  skipTypeParameters(tokens);
  const bases = tokens.at('(') ? callArguments(tokens) : [];
  tokens.owner = own;
  const body = suite(tokens, start, indent);
  tokens.owner = outer;
  return { kind: 'class', name, bases, decorators, body, chunk, start: from, end: tokens.to() };
}
