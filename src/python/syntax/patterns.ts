import type { Expression, MatchCase, Pattern, Statement } from './ast';
import { Level, expressions, namedExpression, operators, starNamed } from './expressions';
import { notesBefore } from './comments';
import { suite } from './statements';
import type { Tokens } from './tokens';

/** `match` is a name, too: it begins a statement where a value, a colon and the end of the line follow it. */
export function matchStatement(tokens: Tokens, indent: number): Statement | undefined {
  const mark = tokens.mark();
  const start = tokens.from();
  tokens.next();
  const subject = expressions(tokens, starNamed);
  if (tokens.errors > mark.errors || !tokens.eat(':') || !tokens.eat('newline')) {
    tokens.reset(mark);
    return undefined;
  }
  const cases: MatchCase[] = [];
  const column = tokens.column;
  if (column <= indent || !tokens.atWord('case')) tokens.fail();
  else while (tokens.column === column && tokens.atWord('case')) cases.push(matchCase(tokens, column));
  return { kind: 'match', subject, cases, start, end: tokens.to() };
}

function matchCase(tokens: Tokens, indent: number): MatchCase {
  const { start } = tokens;
  notesBefore(tokens);
  tokens.next();
  const pattern = openPattern(tokens);
  const guard = tokens.eat('if') ? namedExpression(tokens) : undefined;
  return { pattern, guard, body: suite(tokens, start, indent) };
}

/** A pattern, or a sequence of them without brackets. */
function openPattern(tokens: Tokens): Pattern {
  const first = starPattern(tokens);
  if (!tokens.at(',')) {
    if (first.kind === 'rest') tokens.fail();
    return first;
  }
  const items = [first];
  while (tokens.eat(',') && !tokens.at(':') && !tokens.at('if')) items.push(starPattern(tokens));
  return { kind: 'sequence', items };
}

function starPattern(tokens: Tokens): Pattern {
  if (!tokens.eat('*')) return asPattern(tokens);
  const name = tokens.name();
  return { kind: 'rest', name: name === '_' ? undefined : name };
}

function asPattern(tokens: Tokens): Pattern {
  const options = [closedPattern(tokens)];
  while (tokens.eat('|')) options.push(closedPattern(tokens));
  const pattern: Pattern = options.length === 1 ? options[0] : { kind: 'or', options };
  return tokens.eat('as') ? { kind: 'as', pattern, name: tokens.name() } : pattern;
}

function closedPattern(tokens: Tokens): Pattern {
  switch (tokens.kind) {
    case 'name':
      return namePattern(tokens);
    case '[':
    case '(':
      return bracketPattern(tokens);
    case '{':
      return mappingPattern(tokens);
    default:
      return { kind: 'value', value: literal(tokens) };
  }
}

/** A number with its sign, perhaps a complex one, a text, or a constant. */
function literal(tokens: Tokens): Expression {
  const value = operators(tokens, Level.sum);
  const complex = value.kind === 'binary' && (value.operator === '+' || value.operator === '-');
  if (![complex ? value.left : value, complex ? value.right : value].every(isLiteral)) tokens.fail();
  return value;
}

const isLiteral = (value: Expression): boolean =>
  value.kind === 'unary' && value.operator === '-'
    ? value.operand.kind === 'number'
    : ['number', 'string', 'fstring', 'constant'].includes(value.kind);

/** `_`, a name that is bound, a dotted name that is compared, or a class with patterns for its members. */
function namePattern(tokens: Tokens): Pattern {
  const value = dotted(tokens);
  if (tokens.at('(')) return classPattern(tokens, value);
  if (value.kind !== 'name') return { kind: 'value', value };
  return value.name === '_' ? { kind: 'wildcard' } : { kind: 'capture', name: value.name };
}

function dotted(tokens: Tokens): Expression {
  const start = tokens.from();
  const name = tokens.name();
  let object: Expression = { kind: 'name', name, start, end: tokens.to() };
  while (tokens.eat('.')) {
    const member = tokens.name();
    object = { kind: 'attribute', object, name: member, start, end: tokens.to() };
  }
  return object;
}

function classPattern(tokens: Tokens, type: Expression): Pattern {
  tokens.next();
  const positional: Pattern[] = [];
  const keywords: (readonly [string, Pattern])[] = [];
  while (!tokens.at(')')) {
    const pattern = asPattern(tokens);
    if (tokens.eat('=')) {
      if (pattern.kind !== 'capture' && pattern.kind !== 'wildcard') tokens.fail();
      keywords.push([pattern.kind === 'capture' ? pattern.name : '_', asPattern(tokens)]);
    } else {
      if (keywords.length > 0) tokens.fail();
      positional.push(pattern);
    }
    if (!tokens.eat(',')) break;
  }
  tokens.expect(')');
  return { kind: 'class', type, positional, keywords };
}

function bracketPattern(tokens: Tokens): Pattern {
  const close = tokens.at('(') ? ')' : ']';
  tokens.next();
  const items: Pattern[] = [];
  let comma = false;
  while (!tokens.at(close)) {
    items.push(starPattern(tokens));
    if (!tokens.eat(',')) break;
    comma = true;
  }
  tokens.expect(close);
  // `(pattern)` is the pattern itself.
  const group = close === ')' && !comma && items.length === 1;
  if (group && items[0].kind === 'rest') tokens.fail();
  return group ? items[0] : { kind: 'sequence', items };
}

function mappingPattern(tokens: Tokens): Pattern {
  tokens.next();
  const entries: (readonly [Expression, Pattern])[] = [];
  let rest: string | undefined;
  while (!tokens.at('}')) {
    if (rest !== undefined) tokens.fail();
    if (tokens.eat('**')) rest = tokens.name();
    else {
      const key = tokens.at('name') ? dotted(tokens) : literal(tokens);
      tokens.expect(':');
      entries.push([key, asPattern(tokens)]);
    }
    if (!tokens.eat(',')) break;
  }
  tokens.expect('}');
  return { kind: 'mapping', entries, rest };
}
