import type { Span } from '../report';
import { HEADS } from './kinds';
import { lineStart } from './recovery';
import { formatted } from './strings';
import { Tokens } from './tokens';

/** A comment, within brackets or not. */
export interface FoundComment extends Span {
  /** The first token behind it, where nothing stands before it in its line; nothing at the end of the text. */
  readonly above?: number;
}

/** What Python takes for one line, whatever its brackets hold, from its first token to the end of its last. */
export interface LogicalLine extends Span {
  /** Ends of its physical lines at which a comment may stand: not within a text, nor behind a backslash. */
  readonly ends: readonly number[];
}

export interface Lines {
  readonly logical: readonly LogicalLine[];
  readonly comments: readonly FoundComment[];
}

/** A comment, a line that goes on, or the end of one: all that there is, with blanks, between two tokens. */
const BETWEEN = /#[^\r\n]*|\\(?:\r\n?|\n)|\r\n?|\n/g;

/**
 * The logical lines and the comments of a text. A bracket that is not closed ends, as for the parser, where a line
 * begins with what no bracket can hold.
 */
export function linesOf(text: string): Lines {
  const logical: LogicalLine[] = [];
  const comments: FoundComment[] = [];
  let open: { readonly start: number; end: number; readonly ends: number[] } | undefined;
  let alone: Span[] = [];

  const between = (from: number, to: number): void => {
    for (const { 0: found, index } of text.slice(from, to).matchAll(BETWEEN)) {
      const start = from + index;
      if (found.startsWith('#')) {
        const comment = { start, end: start + found.length };
        if (lineStart(text, start) >= 0) alone.push(comment);
        else comments.push(comment);
      } else if (!found.startsWith('\\')) open?.ends.push(start);
    }
  };
  const close = (): void => {
    if (open) logical.push(open);
    open = undefined;
  };

  const tokens = new Tokens(text);
  between(0, tokens.start);
  for (;;) {
    const line = tokens.depth > 0 && HEADS.has(tokens.kind) ? lineStart(text, tokens.start) : -1;
    if (line >= 0) {
      close();
      tokens.jumpToLine(line);
    }
    if (tokens.at('newline')) {
      open?.ends.push(tokens.start);
      close();
    } else {
      comments.push(...alone.map((comment) => (tokens.at('end') ? comment : { ...comment, above: tokens.start })));
      alone = [];
      if (tokens.at('end')) break;
      open ??= { start: tokens.start, end: tokens.end, ends: [] };
    }
    const { end } = tokens;
    const newline = tokens.at('newline');
    if (tokens.at('format')) formatted(tokens);
    else tokens.next();
    const read = newline ? end : tokens.lastEnd;
    if (open) open.end = read;
    between(read, tokens.start);
  }
  open?.ends.push(text.length);
  close();
  return { logical, comments: comments.sort((a, b) => a.start - b.start) };
}
