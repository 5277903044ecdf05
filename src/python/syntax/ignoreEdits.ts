import type { Ignore, Span, TextEdit } from '../report';
import { lineAt } from './ignores';
import { linesOf } from './lines';

/**
 * Where a comment is written that silences a code at `problem`, in a call that spans `call`: at the end of the line in
 * which the problem begins; where none can stand there, within a text or behind a backslash, of the next line of the
 * call, or of the statement. What the line says in a comment stays before it, since mypy wants its own to come first; a
 * comment of ours gets the code into its list.
 */
export function ignoreEdit(
  text: string,
  { problem, call }: { readonly problem: Span; readonly call: Span },
  code: string,
  ignores: readonly Ignore[],
): TextEdit | undefined {
  const statement = linesOf(text).logical.find(({ start, end }) => start <= problem.start && problem.start < end);
  const ends = statement?.ends.filter((end) => end >= problem.start) ?? [];
  const end = ends.find((each) => lineAt(text, each).start <= call.end) ?? ends.at(-1);
  if (end === undefined) return undefined;
  const line = lineAt(text, end);
  const own = ignores.find(
    ({ span, codes, scope }) => codes && scope !== 'file' && span.start >= line.start && span.end <= line.end,
  );
  if (own) {
    const at = own.codes!.at(-1)?.span.end ?? own.span.end - 1;
    return { span: { start: at, end: at }, text: own.codes!.length > 0 ? `, ${code}` : code };
  }
  const at = line.start + text.slice(line.start, line.end).trimEnd().length;
  return { span: { start: at, end: at }, text: `  # tconv: ignore[${code}]` };
}

/** Takes a comment of ours away, or a code out of its list, at `place`; what else the comment says stays a comment. */
export function withoutIgnore(text: string, ignore: Ignore, place: Span): TextEdit {
  const { codes = [], span } = ignore;
  const index = codes.length > 1 ? codes.findIndex((each) => each.span.start === place.start) : -1;
  if (index >= 0) {
    const [from, to] =
      index > 0
        ? [codes[index - 1].span.end, codes[index].span.end]
        : [codes[index].span.start, codes[index + 1].span.start];
    return { span: { start: from, end: to }, text: '' };
  }
  const line = lineAt(text, span.start);
  const rest = text.slice(span.end, line.end).trim();
  if (rest !== '') {
    const gap = /^\s*/.exec(text.slice(span.end))![0].length;
    return { span: { start: span.start, end: span.end + gap }, text: rest.startsWith('#') ? '' : '# ' };
  }
  const before = text.slice(line.start, span.start).trimEnd();
  if (before !== '') return { span: { start: line.start + before.length, end: line.end }, text: '' };
  const [ending] = /^(?:\r\n?|\n)?/.exec(text.slice(line.end))!;
  return { span: { start: line.start, end: line.end + ending.length }, text: '' };
}
