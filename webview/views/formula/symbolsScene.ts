import { outputLetter } from '../../../src/core/derive/printSymbols';
import { type Expression, type Gap, nameOf, type Notation, type Quantity } from '../../../src/core/derive/symbols';
import type { Plan } from '../../../src/core/plan';
import { widthOfWords } from '../../drawing/matrixFigure';
import type { Ink, Scene, Shape, Words } from '../../drawing/scene';
import { run } from '../../drawing/words';

const SIZE = 14;
const LINE = 26;
/** Between columns of a grid, and beside its brackets. */
const GAP = 18;
const BRACKET = 6;
const INKS: Readonly<Record<Quantity, Ink>> = { input: 'input', weight: 'kernel', bias: 'ink', output: 'output' };

/** A stretch of a line of mathematics: words, or a grid of words in brackets. */
type Piece =
  | { readonly kind: 'words'; readonly words: Words }
  | { readonly kind: 'grid'; readonly rows: readonly (readonly Words[])[] };

const words = (...runs: Words): readonly Piece[] => [{ kind: 'words', words: runs }];
const between = (parts: readonly (readonly Piece[])[], sign: string): readonly Piece[] =>
  parts.flatMap((part, at) => (at === 0 || sign === '' ? part : [...words(run(sign)), ...part]));

function piecesOf(expression: Expression | Gap, plan: Plan, notation: Notation): readonly Piece[] {
  const pieces = (each: Expression | Gap): readonly Piece[] => piecesOf(each, plan, notation);
  if (typeof expression === 'string') return words(run(expression, 'faint'));
  switch (expression.kind) {
    case 'element': {
      const { letter, index } = nameOf(plan, notation, expression.of, expression.index);
      const ink = INKS[expression.of];
      if (index.length === 0) return words(run(letter, ink));
      if (notation.names === 'brackets') return words(run(`${letter}[${index.join(',')}]`, ink));
      return words(run(letter, ink), { text: index.join(','), ink, sub: true });
    }
    case 'name': {
      if (expression.of === 'matrix') return words(run(expression.transposed ? 'Cᵀ' : 'C', 'kernel'));
      const letter = run(outputLetter(plan, notation), 'output');
      if (expression.slice === undefined) return words(letter);
      return words(letter, { text: String(expression.slice + notation.base), ink: 'output', sub: true });
    }
    case 'product':
      return between(expression.factors.map(pieces), notation.names === 'brackets' ? '·' : '');
    case 'sum': {
      const terms = [...expression.terms.map(pieces), ...(expression.more > 0 ? [words(run('⋯', 'faint'))] : [])];
      return terms.length === 0 ? words(run('0', 'faint')) : between(terms, ' + ');
    }
    case 'grid': {
      // What stands in a grid is never a grid.
      const cell = (each: Expression | Gap): Words =>
        pieces(each).flatMap((piece) => (piece.kind === 'words' ? piece.words : []));
      return [{ kind: 'grid', rows: expression.rows.map((row) => row.map(cell)) }];
    }
    case 'equation':
      return between(expression.sides.map(pieces), ' = ');
    default:
      return expression satisfies never;
  }
}

/** Words that follow each other are one text: it is right whatever the width of the reader's letters. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last?.kind === 'words' && piece.kind === 'words')
      all[all.length - 1] = { kind: 'words', words: [...last.words, ...piece.words] };
    else all.push(piece);
  }
  return all;
}

/** Mathematics as a drawing, one equation under the other: what is on show in *Symbols*, for a file. */
export function symbolsScene(equations: readonly Expression[], plan: Plan, notation: Notation): Scene {
  const shapes: Shape[] = [];
  let [top, width] = [0, 0];
  const text = (key: string, x: number, y: number, of: Words, anchor: 'start' | 'middle'): void => {
    shapes.push({ kind: 'text', key, x, y, words: of, size: SIZE, anchor, mono: true });
  };
  equations.forEach((equation, number) => {
    const pieces = joined(piecesOf(equation, plan, notation));
    const rows = Math.max(1, ...pieces.map((piece) => (piece.kind === 'grid' ? piece.rows.length : 1)));
    const middle = top + (rows * LINE) / 2;
    let x = 0;
    pieces.forEach((piece, at) => {
      const key = `${number} ${at}`;
      if (piece.kind === 'words') {
        text(key, x, middle, piece.words, 'start');
        x += widthOfWords(piece.words, SIZE);
        return;
      }
      const columns = piece.rows[0].map((_, column) =>
        Math.max(...piece.rows.map((row) => widthOfWords(row[column], SIZE))),
      );
      const [from, to] = [middle - (piece.rows.length * LINE) / 2, middle + (piece.rows.length * LINE) / 2];
      const bracket = (side: string, edge: number, inwards: number): void => {
        shapes.push({
          kind: 'line',
          key: `${key} ${side}`,
          points: [
            [edge + inwards, from + 2],
            [edge, from + 2],
            [edge, to - 2],
            [edge + inwards, to - 2],
          ],
          stroke: 'ink',
        });
      };
      bracket('left', x + 3, BRACKET);
      let left = x + 3 + BRACKET;
      columns.forEach((wide, column) => {
        piece.rows.forEach((row, line) =>
          text(`${key} ${line},${column}`, left + wide / 2, from + (line + 0.5) * LINE, row[column], 'middle'),
        );
        left += wide + (column === columns.length - 1 ? 0 : GAP);
      });
      bracket('right', left + BRACKET, -BRACKET);
      x = left + BRACKET + 3;
    });
    width = Math.max(width, x);
    top += rows * LINE + GAP;
  });
  return { width: Math.ceil(width) + 4, height: Math.max(LINE, top - GAP), shapes };
}
