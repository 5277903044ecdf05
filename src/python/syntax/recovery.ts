import { HEADS } from './kinds';
import { formatted } from './strings';
import type { Tokens } from './tokens';

/** Ends a line of statements that began at `start`, in a block at the column `indent`. */
export function endOfLine(tokens: Tokens, start: number, indent: number): void {
  if ((tokens.at('end') && tokens.depth === 0) || tokens.eat('newline')) return;
  tokens.fail();
  skipLine(tokens, start, indent);
}

/**
 * Leaves a line that cannot be read. It ends where its brackets are closed; where one is not, before the first line
 * that is not indented further than it, or that begins with what no bracket can hold. So an open bracket costs the
 * statement in which it stands, seldom the next.
 */
export function skipLine(tokens: Tokens, start: number, indent: number): void {
  while (tokens.comments.length > 0 && tokens.comments.at(-1)!.start >= start) tokens.comments.pop();
  tokens.jump(start, 0);
  while (!tokens.at('end') && !tokens.eat('newline')) {
    if (tokens.depth > 0 && tokens.start > start) {
      const line = lineStart(tokens.text, tokens.start);
      const closes = tokens.at(')') || tokens.at(']') || tokens.at('}');
      if (line > start && !closes && (tokens.start - line <= indent || HEADS.has(tokens.kind))) {
        tokens.jumpToLine(line);
        return;
      }
    }
    if (tokens.at('format')) formatted(tokens);
    else tokens.next();
  }
}

/** Where the line starts of which `at` is the first token; `-1` where another one stands before it. */
export function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && /[ \t\f]/.test(text[start - 1])) start--;
  return start === 0 || /[\r\n]/.test(text[start - 1]) ? start : -1;
}
