import type { Report, TextEdit } from '../report';

/**
 * Puts further keyword arguments, such as `output_padding=1`, behind the last one of a call, after a comma of their own
 * where none stands there; behind a comment they go on a line of their own.
 */
export function appended(
  text: string,
  { argumentSpans, calleeSpan, insertAt }: Pick<Report, 'argumentSpans' | 'calleeSpan' | 'insertAt'>,
  named: readonly string[],
): TextEdit {
  const tail = text.slice(Math.max(calleeSpan.end, ...Object.values(argumentSpans).map(({ end }) => end)), insertAt);
  const code = tail.replace(/#.*/g, (comment) => ' '.repeat(comment.length)).trimEnd();
  const at = insertAt - (tail.trimEnd() === code ? tail.length - code.length : 0);
  const before = code.endsWith('(') ? '' : code.endsWith(',') ? ' ' : ', ';
  return { span: { start: at, end: at }, text: before + named.join(', ') };
}
