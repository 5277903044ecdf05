import { format } from '../../src/core/problem';
import type { Ink, Run, Words } from './scene';

const TAGS: Readonly<Record<string, Partial<Run>>> = {
  i: { ink: 'input', bold: true },
  k: { ink: 'kernel', bold: true },
  o: { ink: 'output', bold: true },
  b: { bold: true },
  f: { ink: 'faint' },
  w: { ink: 'wrong', bold: true },
  p0: { ink: 'phase0', bold: true },
  p1: { ink: 'phase1', bold: true },
  p2: { ink: 'phase2', bold: true },
  p3: { ink: 'phase3', bold: true },
  sub: { sub: true },
};

/**
 * A text with its colours: `<i>`, `<k>` and `<o>` are the colours of input, kernel and output, `<b>` is bold, `<f>`
 * faint, `<w>` wrong, `<p0>` … `<p3>` the phases', `<sub>` an index. `{0}` … are filled first; what fills them may be
 * marked too.
 */
export function wordsOf(template: string, args: readonly (string | number)[] = []): Words {
  const runs: Run[] = [];
  const open: string[] = [];
  for (const piece of format(template, args).split(/(<\/?(?:[ikobfw]|p[0-3]|sub)>)/)) {
    const [, ends, tag] = /^<(\/?)([a-z0-3]+)>$/.exec(piece) ?? [];
    if (tag === undefined) {
      if (piece !== '') runs.push(Object.assign({ text: piece }, ...open.map((each) => TAGS[each])) as Run);
    } else if (ends) open.splice(open.lastIndexOf(tag), 1);
    else open.push(tag);
  }
  return runs;
}

/** The text alone, as it is read aloud. */
export const plainText = (words: Words): string => words.map(({ text }) => text).join('');

/** Marks a text, for `wordsOf`. */
export const marked = (tag: keyof typeof TAGS, text: string | number): string => `<${tag}>${text}</${tag}>`;

/** One run in a colour. */
export const run = (text: string | number, ink?: Ink, bold?: boolean): Run => ({ text: String(text), ink, bold });
