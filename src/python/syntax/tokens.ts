import type { Chunk } from './chunk';
import { type Kind, keywords, operatorAt } from './kinds';

/** A comment between statements, or at the end of one; those within brackets are passed over. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  /** Of a line of its own. */
  readonly column?: number;
}

/** Where the reading stands, to come back to. */
interface Mark {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly word: string;
  readonly lastEnd: number;
  readonly depth: number;
  readonly column: number;
  readonly errors: number;
  readonly comments: number;
}

/** CPython's own limit, in its tokenizer. */
const MOST_BRACKETS = 200;

const NEWLINE = 10;
const RETURN = 13;

const WORD = new Uint8Array(128);
for (const each of '_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') WORD[each.charCodeAt(0)] = 1;
const isWord = (code: number): boolean => code >= 128 || WORD[code] === 1;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isBreak = (code: number): boolean => code === NEWLINE || code === RETURN;
const isQuote = (code: number): boolean => code === 34 || code === 39;

const IDENTIFIER = /[\p{XID_Start}_]\p{XID_Continue}*/uy;
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?[jJ]?/y;
const PREFIX = /^(?:[rubft]|br|rb|fr|rf|tr|rt)$/i;

/**
 * Python's tokens, one at a time, as its reference describes them: a line ends outside of brackets only, and what is
 * indented is told by the column of a line's first token.
 */
export class Tokens {
  kind: Kind = 'newline';
  start = 0;
  end: number;
  /** The text of a name. */
  word = '';
  /** Where the token before this one ended, the ends of lines apart. */
  lastEnd = 0;
  /** How many brackets are open. */
  depth = 0;
  /** Of the first token of the logical line. */
  column = 0;
  /** How often something could not be read. */
  errors = 0;
  /** Of expressions without brackets around them. */
  nesting = 0;
  /** Operators, members and calls of one statement: whether it can be too tall. */
  links = 0;
  /** Of blocks. */
  level = 0;
  /** The class in whose body this stands, without underscores before it: part of every private name there. */
  owner = '';
  readonly comments: Comment[] = [];
  /** Where the last comment ends of which something was noted. */
  notedTo = 0;
  /** The top-level statement that is being read. Nodes count from its start. */
  chunk!: Chunk;
  base = 0;

  constructor(
    readonly text: string,
    at = 0,
  ) {
    this.end = at === 0 && text.charCodeAt(0) === 0xfeff ? 1 : at;
    this.next();
  }

  /** Where the token starts, and where what has been read ends, in the chunk. */
  from(): number {
    return this.start - this.base;
  }

  to(): number {
    return this.lastEnd - this.base;
  }

  next(): void {
    if (this.kind !== 'newline') {
      this.lastEnd = this.end;
      this.scan(this.skipSpace(this.end));
      return;
    }
    // A backslash alone on a line leaves an empty one.
    do this.scan(this.skipSpace(this.skipLines(this.end)));
    while (this.kind === 'newline');
  }

  /** Asked by a method, since the compiler would take what `kind` was found to be for what it still is after `next`. */
  at(kind: Kind): boolean {
    return this.kind === kind;
  }

  eat(kind: Kind): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  expect(kind: Kind): void {
    if (!this.eat(kind)) this.fail();
  }

  fail(): void {
    this.errors++;
  }

  /** A word that is a keyword in some places only. */
  atWord(word: string): boolean {
    return this.kind === 'name' && this.word === word;
  }

  /** The name that stands here; nothing but a mistake where none does. */
  name(): string {
    if (this.kind !== 'name') {
      this.fail();
      return '';
    }
    const word = this.ownName();
    this.next();
    return word;
  }

  /** The name that stands here: in a class `__x` is `_Class__x`, so that a class that is derived can have its own. */
  ownName(): string {
    const { word, owner } = this;
    return owner !== '' && word.startsWith('__') && !word.endsWith('__') ? `_${owner}${word}` : word;
  }

  mark(): Mark {
    const { kind, start, end, word, lastEnd, depth, column, errors } = this;
    return { kind, start, end, word, lastEnd, depth, column, errors, comments: this.comments.length };
  }

  reset(mark: Mark): void {
    const { comments, ...rest } = mark;
    Object.assign(this, rest);
    this.comments.length = comments;
  }

  /** Reads on from elsewhere in the same line, outside of all brackets but `depth` of them. */
  jump(to: number, depth: number): void {
    this.kind = 'error';
    this.depth = depth;
    this.end = to;
    this.next();
  }

  /** Reads on from the start of a line, outside of all brackets. */
  jumpToLine(to: number): void {
    this.kind = 'newline';
    this.depth = 0;
    this.end = to;
    this.next();
  }

  private skipSpace(at: number): number {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 32 || code === 9 || code === 12) at++;
      else if (code === 35) {
        const end = this.lineEnd(at);
        if (this.depth === 0) this.comments.push({ start: at, end });
        at = end;
      } else if (code === 92 && isBreak(text.charCodeAt(at + 1))) at = this.afterBreak(at + 1);
      else if (isBreak(code) && this.depth > 0) at++;
      else return at;
    }
  }

  /** To the first token of the next line that has one. */
  private skipLines(at: number): number {
    const { text } = this;
    for (;;) {
      this.column = 0;
      for (; ; at++) {
        const code = text.charCodeAt(at);
        if (code === 32) this.column++;
        else if (code === 9) this.column = (this.column | 7) + 1;
        else if (code === 12) this.column = 0;
        // A line that goes on after its indentation is as deep as that; one that has none yet, as what follows.
        else if (code === 92 && this.column === 0 && isBreak(text.charCodeAt(at + 1))) at = this.afterBreak(at + 1) - 1;
        else break;
      }
      const code = text.charCodeAt(at);
      if (code === 35) {
        const end = this.lineEnd(at);
        this.comments.push({ start: at, end, column: this.column });
        at = end;
      } else if (isBreak(code)) at++;
      else {
        if (at >= text.length) this.column = 0;
        return at;
      }
    }
  }

  private lineEnd(at: number): number {
    while (at < this.text.length && !isBreak(this.text.charCodeAt(at))) at++;
    return at;
  }

  private afterBreak(at: number): number {
    return this.text.charCodeAt(at) === RETURN && this.text.charCodeAt(at + 1) === NEWLINE ? at + 2 : at + 1;
  }

  private scan(at: number): void {
    const { text } = this;
    const code = text.charCodeAt(at);
    this.start = at;
    if (at >= text.length) {
      this.take('end', at);
    } else if (isBreak(code)) this.take('newline', this.afterBreak(at));
    else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) this.scanNumber(at);
    else if (isWord(code)) this.scanWord(at);
    else if (isQuote(code)) this.scanText(at, '');
    else this.scanOperator(at, code);
  }

  private take(kind: Kind, end: number): void {
    this.kind = kind;
    this.end = end;
  }

  private scanNumber(at: number): void {
    NUMBER.lastIndex = at;
    NUMBER.test(this.text);
    this.take('number', NUMBER.lastIndex);
  }

  private scanWord(at: number): void {
    const { text } = this;
    let end = at;
    let code = text.charCodeAt(end);
    while (code < 128 && WORD[code] === 1) code = text.charCodeAt(++end);
    if (code >= 128) {
      this.scanForeignWord(at);
      return;
    }
    this.word = text.slice(at, end);
    if (isQuote(code) && end - at <= 2 && PREFIX.test(this.word)) this.scanText(end, this.word);
    else this.take(keywords.get(this.word) ?? 'name', end);
  }

  private scanForeignWord(at: number): void {
    IDENTIFIER.lastIndex = at;
    const [found] = IDENTIFIER.exec(this.text) ?? [];
    this.word = found?.normalize('NFKC') ?? '';
    this.take(found ? 'name' : 'error', found ? at + found.length : at + 1);
  }

  /** A text of which the opening quote stands at `at`. */
  private scanText(at: number, prefix: string): void {
    const { text } = this;
    const quote = text[at];
    const long = text.startsWith(quote.repeat(3), at);
    const open = at + (long ? 3 : 1);
    if (/[ft]/i.test(prefix)) {
      this.take('format', open);
      return;
    }
    const close = quote.charCodeAt(0);
    for (let end = open; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === 92) end = this.afterBreak(end + 1) - 1;
      else if (code === close && (!long || text.startsWith(quote.repeat(3), end))) {
        this.take('string', end + (long ? 3 : 1));
        return;
      } else if (!long && isBreak(code)) {
        this.take('error', end);
        return;
      }
    }
    this.take('error', text.length);
  }

  private scanOperator(at: number, code: number): void {
    const operator = operatorAt(this.text, at, code);
    if (operator === '(' || operator === '[' || operator === '{') {
      if (this.depth >= MOST_BRACKETS) {
        this.take('error', at + 1);
        return;
      }
      this.depth++;
    } else if ((operator === ')' || operator === ']' || operator === '}') && this.depth > 0) this.depth--;
    this.take(operator ?? 'error', at + (operator?.length ?? 1));
  }
}
