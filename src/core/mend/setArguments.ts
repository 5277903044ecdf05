import { format } from '../problem';
import type { Fix, ParameterValue, Report, TextEdit } from '../python/report';

/** Numbers of one argument, one per axis, where it is known; a single number stands for all axes. */
export function numbersOf(value: ParameterValue | undefined, rank: number): readonly number[] | undefined {
  if (typeof value === 'number') return Array.from({ length: rank }, () => value);
  if (!Array.isArray(value)) return undefined;
  const numbers = value.filter((each): each is number => typeof each === 'number');
  return numbers.length === rank ? numbers : undefined;
}

/** As Python writes it: one number where all axes have it, else a tuple. */
export function pythonOf(values: readonly number[]): string {
  return values.every((value) => value === values[0]) ? String(values[0]) : `(${values.join(', ')})`;
}

/** A fix that sets arguments of a call: written ones in their place, others by keyword at the end. */
export function setArguments(text: string, report: Report, values: Readonly<Record<string, string>>, preferred: boolean): Fix {
  const edits: TextEdit[] = [];
  const added: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const span = report.argumentSpans[name];
    if (span) edits.push({ span, text: value });
    else added.push(`${name}=${value}`);
  }
  if (added.length > 0) {
    const at = report.insertAt;
    const last = text.slice(report.span.start, at).trimEnd().at(-1);
    const before = last === '(' ? '' : last === ',' ? ' ' : ', ';
    edits.push({ span: { start: at, end: at }, text: before + added.join(', ') });
  }
  const template = 'Set {0}';
  const args = [Object.entries(values).map(([name, value]) => `${name}=${value}`).join(', ')];
  return { kind: 'setArgument', template, args, title: format(template, args), edits: edits.sort((a, b) => a.span.start - b.span.start), preferred };
}

/** A fix that exchanges the texts of two written arguments; nothing when one of them is not written. */
export function swapArguments(text: string, report: Report, one: string, other: string): Fix[] {
  const a = report.argumentSpans[one];
  const b = report.argumentSpans[other];
  if (!a || !b) return [];
  const template = 'Swap {0} and {1}';
  const edits = [
    { span: a, text: text.slice(b.start, b.end) },
    { span: b, text: text.slice(a.start, a.end) },
  ].sort((first, second) => first.span.start - second.span.start);
  return [{ kind: 'swapArguments', template, args: [one, other], title: format(template, [one, other]), edits, preferred: false }];
}
