import type { ParameterValue, Report, TextEdit } from '../report';
import { appended } from '../rewrite/appended';

/**
 * A change to the source that mends a problem. `template` and `args` are its title, for translation as in `Problem`.
 */
export interface Fix {
  readonly template: string;
  readonly args: readonly (string | number)[];
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
}

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

const DEFAULTS: Readonly<Record<string, ParameterValue>> = {
  stride: 1,
  strides: 1,
  padding: 0,
  output_padding: 0,
  dilation: 1,
  dilation_rate: 1,
  groups: 1,
  padding_mode: 'zeros',
};

/**
 * Not written in the call and not the default: it comes through `**`, and stating it again would be an error of its
 * own.
 */
function comesFromElsewhere({ argumentSpans, parameters }: Report, name: string): boolean {
  const value = parameters[name] ?? null;
  if (argumentSpans[name] || value === null) return false;
  return ![value].flat(2).every((each) => each === DEFAULTS[name]);
}

/** A fix that sets arguments of a call: written ones in their place, others by keyword at the end. */
export function setArguments(
  text: string,
  report: Report,
  values: Readonly<Record<string, string>>,
  preferred: boolean,
): Fix {
  const edits: TextEdit[] = [];
  const added: string[] = [];
  if (Object.keys(values).some((name) => comesFromElsewhere(report, name)))
    return { template: 'Set {0}', args: [], edits: [], preferred };
  for (const [name, value] of Object.entries(values)) {
    const span = report.argumentSpans[name];
    if (span) edits.push({ span, text: value });
    else added.push(`${name}=${value}`);
  }
  if (added.length > 0) edits.push(appended(text, report, added));
  const args = [
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
  ];
  return { template: 'Set {0}', args, edits: edits.sort((a, b) => a.span.start - b.span.start), preferred };
}

/** A fix that exchanges the texts of two written arguments; nothing when one of them is not written. */
export function swapArguments(text: string, report: Report, one: string, other: string, preferred = false): Fix[] {
  const a = report.argumentSpans[one];
  const b = report.argumentSpans[other];
  if (!a || !b) return [];
  const edits = [
    { span: a, text: text.slice(b.start, b.end) },
    { span: b, text: text.slice(a.start, a.end) },
  ].sort((first, second) => first.span.start - second.span.start);
  return [{ template: 'Swap {0} and {1}', args: [one, other], edits, preferred }];
}
