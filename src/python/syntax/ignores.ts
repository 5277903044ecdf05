import type { Ignore, NamedCode, Span } from '../report';
import { type FoundComment, type LogicalLine, linesOf } from './lines';

const IGNORE = /#\s*tconv:\s*ignore(?<file>-file)?(?:\[(?<codes>[^\]]*)\])?(?![\w[-])/g;
const NAME = /[^\s,]+/g;

/**
 * What the comments of a text silence.
 *
 * Behind code a comment speaks of its line, and on the first or the last line of a statement of all of that, as mypy
 * and pyright have it. On a line of its own it speaks of the next line with code, as Pyrefly has it: a line that is
 * full has no other place for it. There it must come first: what follows in such a comment is code, commented out.
 */
export function readIgnores(text: string): readonly Ignore[] {
  // Few files have one, so that the rest need not be read for them.
  if (!text.includes('tconv:')) return [];
  const { comments, logical } = linesOf(text);
  return comments.flatMap((comment) => {
    const said = text.slice(comment.start, comment.end);
    const alone = isAlone(text, comment);
    return [...said.matchAll(IGNORE)].flatMap((match): Ignore[] => {
      if (alone && match.index > 0) return [];
      const start = comment.start + match.index;
      const { file, codes } = match.groups!;
      const at = start + match[0].length - 1 - (codes?.length ?? 0);
      return [
        {
          span: { start, end: start + match[0].length },
          ...(codes === undefined ? {} : { codes: namedIn(codes, at) }),
          ...(file
            ? { scope: 'file', covers: { start: 0, end: text.length } }
            : scopeOf(text, comment, alone, logical)),
        },
      ];
    });
  });
}

function namedIn(codes: string, at: number): NamedCode[] {
  return [...codes.matchAll(NAME)].map(({ 0: name, index }) => ({
    name,
    span: { start: at + index, end: at + index + name.length },
  }));
}

const isAlone = (text: string, { start }: Span): boolean => text.slice(lineAt(text, start).start, start).trim() === '';

/** The physical line in which an offset lies, without its end. */
export function lineAt(text: string, at: number): Span {
  let [start, end] = [at, at];
  while (start > 0 && !/[\r\n]/.test(text[start - 1])) start--;
  while (end < text.length && !/[\r\n]/.test(text[end])) end++;
  return { start, end };
}

function scopeOf(
  text: string,
  comment: FoundComment,
  alone: boolean,
  logical: readonly LogicalLine[],
): Pick<Ignore, 'scope' | 'covers'> {
  const at = alone ? comment.above : comment.start;
  if (at === undefined) return { scope: 'line', covers: { start: comment.end, end: comment.end } };
  const line = lineAt(text, at);
  const statements = logical.filter(({ start, end }) => start <= line.end && end >= line.start);
  const whole = statements.filter(({ start, end }) => start >= line.start || end <= line.end);
  return whole.length > 0
    ? { scope: 'statement', covers: { start: whole[0].start, end: whole.at(-1)!.end } }
    : { scope: 'line', covers: line };
}
