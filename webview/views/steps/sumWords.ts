import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Run, Words } from '../../drawing/scene';
import { run } from '../../drawing/words';
import { brief, signed, unflat } from '../../film/naming';

/** A letter with an index below the line: `w₀₂`. Indices of more than one digit are kept apart by commas. */
export function symbolWords(letter: string, index: readonly number[], ink: Run['ink'], bold = false): Words {
  const apart = index.some((at) => at > 9) ? ',' : '';
  return [
    { text: letter, ink, bold },
    { text: index.join(apart), ink, bold, sub: true },
  ];
}

/** A tap by its place in the kernel. */
export const tapWords = (kernel: readonly number[], tap: number, bold = false): Words =>
  symbolWords('w', unflat(kernel, tap), 'kernel', bold);

/** Words one after another, with a sign between them. */
export const joinWords = (parts: readonly Words[], sign: string): Words =>
  parts.flatMap((words, at) => (at === 0 ? words : [run(sign), ...words]));

/** One product of a sum that is written out, in symbols and in numbers. */
export interface Term {
  readonly symbol: Words;
  readonly numbers: Words;
}

/** Two factors with a point between them, each in its colour. */
export const productWords = (one: number, oneInk: Run['ink'], other: number, otherInk: Run['ink']): Words => [
  run(signed(one), oneInk),
  run('·'),
  run(signed(other), otherInk),
];

/** A longer sum has its first terms written, and the others counted. */
const MOST_TERMS = 4;
const TERMS_OF_LONGER = 2;
/** Whether a sum is written whole. */
export const isWritten = (terms: readonly unknown[]): boolean => terms.length <= MOST_TERMS;

/** `out[0,2] = w₀₂x₀ + w₀₁x₁ = 1·2 + 1·3 = 5`: a sum in symbols, in numbers, and its value. */
export function sumInWords(name: string, terms: readonly Term[], sum: number, strings: Strings): Words {
  const shown = isWritten(terms) ? terms : terms.slice(0, TERMS_OF_LONGER);
  const more = terms.length - shown.length;
  const rest: readonly Words[] = more > 0 ? [[run(format(strings.moreTerms, [more]), 'faint')]] : [];
  return [
    run(name, 'output', true),
    run(' = '),
    ...(terms.length === 0
      ? []
      : [
          ...joinWords([...shown.map(({ symbol }) => symbol), ...rest], ' + '),
          run(' = '),
          ...joinWords([...shown.map(({ numbers }) => numbers), ...rest], ' + '),
          run(' = '),
        ]),
    run(brief(sum), 'output', true),
  ];
}
