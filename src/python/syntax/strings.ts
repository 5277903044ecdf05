import type { Expression } from './ast';
import { expressions, yieldExpression } from './expressions';
import { plainText, unescape } from './literals';
import type { Tokens } from './tokens';

type Part = string | Expression;

/** One text, of the pieces that stand side by side. */
export function text(tokens: Tokens): Expression {
  const start = tokens.from();
  const parts: Part[] = [];
  let kind: 'string' | 'fstring' | 'template' = 'string';
  while (tokens.at('string') || tokens.at('format')) {
    if (tokens.at('string')) {
      parts.push(plainText(tokens.text.slice(tokens.start, tokens.end)));
      tokens.next();
    } else {
      const template = /^r?t/i.test(tokens.text.slice(tokens.start, tokens.end));
      kind = template ? 'template' : kind === 'template' ? kind : 'fstring';
      parts.push(...formatted(tokens));
    }
  }
  const end = tokens.to();
  if (kind !== 'string') return { kind, parts: merged(parts), start, end };
  const texts = parts.filter((part) => typeof part === 'string');
  return { kind, value: texts.join(''), start, end };
}

function merged(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (typeof part === 'string' && typeof last === 'string') found[found.length - 1] = last + part;
    else if (part !== '') found.push(part);
  }
  return found;
}

/** How a text with expressions in it is written. */
interface Frame {
  readonly quote: string;
  readonly long: boolean;
  readonly raw: boolean;
  /** How many brackets are open around it. */
  readonly depth: number;
}

/** The parts of a text with expressions in it, the opening quote of which is the token. */
export function formatted(tokens: Tokens): Part[] {
  const open = tokens.end;
  const head = tokens.text.slice(tokens.start, open);
  const quote = /['"]+$/.exec(head)![0];
  const frame = { quote, long: quote.length === 3, raw: /r/i.test(head), depth: tokens.depth };
  const parts: Part[] = [];
  const end = literalParts(tokens, open, frame, parts, false);
  if (end === undefined) {
    // As after any text that is not closed: the line is lost, or all that follows.
    tokens.fail();
    tokens.jump(frame.long ? tokens.text.length : lineEnd(tokens.text, open), frame.depth);
    return parts;
  }
  tokens.jump(end + quote.length, frame.depth);
  return parts;
}

const lineEnd = (text: string, at: number): number => {
  const found = /[\r\n]/g;
  found.lastIndex = at;
  return found.exec(text)?.index ?? text.length;
};

/**
 * Reads to the closing quote, or to the brace that closes the replacement field whose specification this is; where that
 * stands, or nothing where the text is not closed.
 */
function literalParts(tokens: Tokens, from: number, frame: Frame, parts: Part[], inField: boolean): number | undefined {
  const { text } = tokens;
  let start = from;
  const literal = (to: number): void => {
    const piece = text.slice(start, to).replaceAll(/\r\n?/g, '\n');
    if (to > start) parts.push(frame.raw ? piece : unescape(piece));
  };
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && !frame.raw && text.startsWith('N{', at + 1)) at = Math.max(at, text.indexOf('}', at));
    // A brace after a backslash still opens a field.
    else if (character === '\\' && text[at + 1] !== '{' && text[at + 1] !== '}')
      at += text.startsWith('\r\n', at + 1) ? 2 : 1;
    else if (!frame.long && (character === '\n' || character === '\r')) return undefined;
    else if (text.startsWith(frame.quote, at)) {
      literal(at);
      return inField ? undefined : at;
    } else if (character === '{' || character === '}') {
      if (!inField && text[at + 1] === character) {
        literal(at + 1);
        start = ++at + 1;
        continue;
      }
      literal(at);
      if (character === '}') {
        if (inField) return at;
        tokens.fail();
        start = at + 1;
        continue;
      }
      const end = field(tokens, at, frame, parts);
      if (end === undefined) return undefined;
      at = end;
      start = end + 1;
    }
  }
  return undefined;
}

/** `{value!r:>10}` or `{value=}`; where its closing brace stands. */
function field(tokens: Tokens, at: number, frame: Frame, parts: Part[]): number | undefined {
  const start = at - tokens.base;
  tokens.jump(at, frame.depth);
  // Nested deeper than Python reads.
  if (!tokens.eat('{')) return undefined;
  const value = tokens.at('yield') ? yieldExpression(tokens) : expressions(tokens);
  const shown = tokens.at('=');
  // What stands before the sign is shown as it is written, blanks and all.
  if (tokens.eat('=')) parts.push(tokens.text.slice(at + 1, tokens.start));
  let conversion: 'r' | 's' | 'a' | undefined;
  if (tokens.eat('!')) {
    const word = tokens.name();
    if (word === 'r' || word === 's' || word === 'a') conversion = word;
    else tokens.fail();
  }
  const spec: Part[] = [];
  let hasSpec = false;
  let close: number | undefined = tokens.start;
  // `{x:=5}` is a specification too, `=5`.
  if (tokens.at(':') || tokens.at(':=')) {
    hasSpec = true;
    close = literalParts(tokens, tokens.start + 1, { ...frame, depth: frame.depth + 1 }, spec, true);
  } else if (!tokens.at('}')) return undefined;
  if (close === undefined) return undefined;
  if (shown && !conversion && !hasSpec) conversion = 'r';
  parts.push(
    conversion || hasSpec
      ? { kind: 'formatted', value, conversion, spec: merged(spec), start, end: close + 1 - tokens.base }
      : value,
  );
  return close;
}
