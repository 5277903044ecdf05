import { symbolOf } from '../explain/readout';
import type { Plan } from '../plan';
import { type Expression, type Gap, nameOf, letterOf, type Notation } from './symbols';

type Element = Extract<Expression, { kind: 'element' }>;
type Name = Extract<Expression, { kind: 'name' }>;

/** The letter of the whole output, `Y`. */
export const outputLetter = (plan: Plan, notation: Notation): string =>
  notation.names === 'brackets' ? 'out' : letterOf(plan, notation, 'output').toUpperCase();

const LATEX_GAPS: Readonly<Record<Gap, string>> = { '⋯': '\\cdots', '⋮': '\\vdots', '⋱': '\\ddots' };

/**
 * As LaTeX for mathematics, without packages: grids are `array`s in brackets, since amsmath's matrices end at ten
 * columns.
 */
export function latexOf(expression: Expression | Gap, plan: Plan, notation: Notation): string {
  if (typeof expression === 'string') return LATEX_GAPS[expression];
  const print = (each: Expression | Gap): string => latexOf(each, plan, notation);
  switch (expression.kind) {
    case 'element':
      return latexElement(expression, plan, notation);
    case 'name':
      return latexName(expression, plan, notation);
    case 'product':
      return expression.factors.map(print).join(notation.names === 'brackets' ? ' \\cdot ' : ' ');
    case 'sum': {
      const terms = [...expression.terms.map(print), ...(expression.more > 0 ? ['\\cdots'] : [])];
      return terms.length === 0 ? '0' : terms.join(' + ');
    }
    case 'grid': {
      const columns = 'c'.repeat(expression.rows[0]?.length ?? 1);
      const rows = expression.rows.map((row) => `  ${row.map(print).join(' & ')}`).join(' \\\\\n');
      return `\\left[\\begin{array}{${columns}}\n${rows}\n\\end{array}\\right]`;
    }
    case 'equation':
      return expression.sides.map(print).join(' = ');
    default:
      return expression satisfies never;
  }
}

function latexElement({ of, index }: Element, plan: Plan, notation: Notation): string {
  const { letter, index: places } = nameOf(plan, notation, of, index);
  const name = letter.length > 1 ? `\\mathrm{${letter}}` : letter;
  if (places.length === 0) return name;
  return notation.names === 'brackets' ? `${name}[${places.join(',')}]` : `${name}_{${places.join(',')}}`;
}

function latexName({ of, transposed, slice }: Name, plan: Plan, notation: Notation): string {
  if (of === 'matrix') return transposed ? 'C^{\\mathsf{T}}' : 'C';
  const letter = outputLetter(plan, notation);
  const name = letter.length > 1 ? `\\mathrm{${letter}}` : letter;
  return slice === undefined ? name : `${name}_{${slice + notation.base}}`;
}

/** Some lines of text of one width. */
type Box = readonly string[];

const width = (box: Box): number => Math.max(0, ...box.map((line) => [...line].length));
const padded = (line: string, to: number): string => line + ' '.repeat(to - [...line].length);

/** Side by side, each in the middle of the height. */
function beside(boxes: readonly Box[]): Box {
  const height = Math.max(...boxes.map((box) => box.length));
  return Array.from({ length: height }, (_, line) =>
    boxes
      .map((box) => {
        const above = Math.floor((height - box.length) / 2);
        return padded(box[line - above] ?? '', width(box));
      })
      .join(''),
  );
}

function joined(boxes: readonly Box[], sign: string): Box {
  return beside(boxes.flatMap((box, at) => (at === 0 ? [box] : [[sign], box])));
}

function boxed(rows: readonly (readonly string[])[]): Box {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...row[column]].length)));
  const lines = rows.map((row) => row.map((cell, column) => padded(cell, widths[column])).join('  '));
  if (lines.length === 1) return [`[${lines[0]}]`];
  return lines.map((line, at) => {
    const [left, right] = at === 0 ? ['⎡', '⎤'] : at === lines.length - 1 ? ['⎣', '⎦'] : ['⎢', '⎥'];
    return `${left}${line}${right}`;
  });
}

function boxOf(expression: Expression | Gap, plan: Plan, notation: Notation): Box {
  if (typeof expression === 'string') return [expression];
  const print = (each: Expression | Gap): Box => boxOf(each, plan, notation);
  switch (expression.kind) {
    case 'element': {
      const { letter, index } = nameOf(plan, notation, expression.of, expression.index);
      if (index.length === 0) return [letter];
      return [notation.names === 'brackets' ? `${letter}[${index.join(',')}]` : symbolOf(letter, index)];
    }
    case 'name': {
      if (expression.of === 'matrix') return [expression.transposed ? 'Cᵀ' : 'C'];
      const letter = outputLetter(plan, notation);
      return [expression.slice === undefined ? letter : symbolOf(letter, [expression.slice + notation.base])];
    }
    case 'product':
      return joined(expression.factors.map(print), '·');
    case 'sum': {
      const terms = [...expression.terms.map(print), ...(expression.more > 0 ? [['⋯']] : [])];
      return terms.length === 0 ? ['0'] : joined(terms, ' + ');
    }
    case 'grid':
      return boxed(expression.rows.map((row) => row.map((cell) => print(cell).join(''))));
    case 'equation':
      return joined(expression.sides.map(print), ' = ');
    default:
      return expression satisfies never;
  }
}

/** As plain text, `y₀,₂ = w₀,₂·x₀,₀ + w₀,₁·x₀,₁`; grids over several lines, in brackets. */
export const unicodeOf = (expression: Expression, plan: Plan, notation: Notation): string =>
  boxOf(expression, plan, notation)
    .map((line) => line.trimEnd())
    .join('\n');
