import type { SizeDerivation, SizeTerm, TermName } from '../../../src/core/derive/size';
import type { Ink } from '../../drawing/scene';
import { type Sheet, textAt, widthOf } from './sheet';

/** The colour of each term: of what it measures. */
export const TERM_INKS: Readonly<Record<TermName, Ink>> = {
  spread: 'input',
  extent: 'kernel',
  crop: 'ink',
  extra: 'output',
  length: 'input',
  pads: 'ink',
  window: 'kernel',
  steps: 'ink',
  first: 'output',
};

/** Height of the two lines with what marks a term. */
export const HEADLINE = 64;

interface Piece {
  readonly text: string;
  readonly below: string;
  readonly term?: SizeTerm;
  readonly ink: Ink;
}

/** The formula in pieces: each term by itself, what stands between, and the number under each. */
function piecesOf({ kind, terms, result }: SizeDerivation): readonly Piece[] {
  const between = (text: string): Piece => ({ text, below: text, ink: 'faint' });
  const piece = (term: SizeTerm): Piece => ({
    text: term.symbol,
    below: term.numbers === String(term.value) ? String(term.value) : `${term.value} = ${term.numbers}`,
    term,
    ink: TERM_INKS[term.name],
  });
  const start: readonly Piece[] = [
    { text: 'o', below: String(result), ink: 'output' },
    between('='),
    ...(kind === 'conv' ? [between('⌊(')] : []),
  ];
  return [
    ...start,
    ...terms.flatMap((term) => {
      if (term.sign === '÷') return [between(')/'), piece(term), between('⌋')];
      return [...(term.sign === '' ? [] : [between(term.sign)]), piece(term)];
    }),
  ];
}

/** Draws the formula over the numbers that stand for it; `now` has the caret. */
export function drawHeadline(sheet: Sheet, derived: SizeDerivation, width: number, now: TermName | undefined): void {
  const pieces = piecesOf(derived);
  const sizes = [22, 18, 15, 13, 11];
  const widthsAt = (size: number): readonly number[] =>
    pieces.map(({ text, below }) => Math.max(widthOf(text, size), widthOf(below, size * 0.68)) + size * 0.6);
  const size = sizes.find((each) => widthsAt(each).reduce((all, one) => all + one, 0) <= width) ?? 11;
  const widths = widthsAt(size);
  let x = 0;
  pieces.forEach(({ text, below, term, ink }, at) => {
    const name = term?.name;
    const middle = x + widths[at] / 2;
    sheet.add(
      name,
      textAt(`f${at}`, middle, 14, text, { size, anchor: 'middle', mono: true, ink, bold: ink !== 'faint' }),
      textAt(`g${at}`, middle, 38, below, { size: Math.round(size * 0.68), anchor: 'middle', mono: true, ink }),
    );
    if (name !== undefined) {
      sheet.area(name, x, 0, widths[at], HEADLINE - 10);
      sheet.add(name, {
        kind: 'line',
        key: `h${at}`,
        points: [
          [x + 4, 50],
          [x + widths[at] - 4, 50],
        ],
        stroke: name === now ? 'focus' : ink,
        weight: name === now ? 3 : 1.2,
      });
      if (name === now) sheet.add(name, textAt('caret', middle, 57, '▲', { size: 9, anchor: 'middle', ink: 'focus' }));
    }
    x += widths[at];
  });
}
