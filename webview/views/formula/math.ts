import { outputLetter } from '../../../src/core/derive/printSymbols';
import { type Expression, type Gap, nameOf, type Notation, type Quantity } from '../../../src/core/derive/symbols';
import type { Plan } from '../../../src/core/plan';

/** An element of MathML, before it is one of the page. */
export interface MathNode {
  readonly tag: 'math' | 'mrow' | 'mi' | 'mn' | 'mo' | 'mtext' | 'msub' | 'msup' | 'mtable' | 'mtr' | 'mtd';
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children: readonly MathNode[] | string;
}

const NAMESPACE = 'http://www.w3.org/1998/Math/MathML';
const CLASSES: Readonly<Record<Quantity, string>> = {
  input: 'i-input',
  weight: 'i-kernel',
  bias: 'i-ink',
  output: 'i-output',
};

const row = (children: readonly MathNode[], attributes?: MathNode['attributes']): MathNode => ({
  tag: 'mrow',
  attributes,
  children,
});
const sign = (text: string): MathNode => ({ tag: 'mo', children: text });
const between = (parts: readonly MathNode[], text: string): readonly MathNode[] =>
  parts.flatMap((part, at) => (at === 0 ? [part] : [sign(text), part]));

/** How the page finds the element of a tensor that a piece of mathematics stands for. */
export const cellText = (of: Quantity, index: readonly number[]): string => `${of} ${index.join()}`;

/** A cell of a grid that is an output's sum stands for that output. */
const cellAttributes = (cell: Expression | Gap): MathNode['attributes'] =>
  typeof cell !== 'string' && cell.kind === 'sum' && cell.output
    ? { class: 'sum', 'data-cell': cellText('output', cell.output) }
    : undefined;

function elementNode(
  { of, index }: Extract<Expression, { kind: 'element' }>,
  plan: Plan,
  notation: Notation,
): MathNode {
  const { letter, index: places } = nameOf(plan, notation, of, index);
  const attributes = { class: CLASSES[of], 'data-cell': cellText(of, index) };
  if (places.length === 0) return { tag: 'mi', attributes, children: letter };
  if (notation.names === 'brackets') return { tag: 'mtext', attributes, children: `${letter}[${places.join(',')}]` };
  const numbers = places.map((at): MathNode => ({ tag: 'mn', children: String(at) }));
  return { tag: 'msub', attributes, children: [{ tag: 'mi', children: letter }, row(between(numbers, ','))] };
}

/** Mathematics as MathML's core has it (W3C, MathML Core). `data-cell` names elements, and whole sums of a grid. */
export function mathOf(expression: Expression | Gap, plan: Plan, notation: Notation): MathNode {
  const node = (each: Expression | Gap): MathNode => mathOf(each, plan, notation);
  if (typeof expression === 'string') return sign(expression);
  switch (expression.kind) {
    case 'element':
      return elementNode(expression, plan, notation);
    case 'name': {
      if (expression.of === 'matrix') {
        const letter: MathNode = { tag: 'mi', attributes: { class: CLASSES.weight }, children: 'C' };
        return expression.transposed ? { tag: 'msup', children: [letter, { tag: 'mi', children: 'T' }] } : letter;
      }
      const letter: MathNode = {
        tag: 'mi',
        attributes: { class: CLASSES.output },
        children: outputLetter(plan, notation),
      };
      if (expression.slice === undefined) return letter;
      return { tag: 'msub', children: [letter, { tag: 'mn', children: String(expression.slice + notation.base) }] };
    }
    case 'product': {
      const factors = expression.factors.map(node);
      const isOfGrids = expression.factors.some(({ kind }) => kind === 'grid');
      return row(isOfGrids ? factors : between(factors, notation.names === 'brackets' ? '·' : '\u2062'));
    }
    case 'sum': {
      const terms = [...expression.terms.map(node), ...(expression.more > 0 ? [sign('⋯')] : [])];
      return terms.length === 0
        ? { tag: 'mn', attributes: { class: 'i-faint' }, children: '0' }
        : row(between(terms, '+'));
    }
    case 'grid': {
      const cells = expression.rows.map((line): MathNode => ({
        tag: 'mtr',
        children: line.map((cell): MathNode => ({
          tag: 'mtd',
          attributes: cellAttributes(cell),
          children: [node(cell)],
        })),
      }));
      return row([sign('['), { tag: 'mtable', children: cells }, sign(']')]);
    }
    case 'equation':
      return row(between(expression.sides.map(node), '='));
    default:
      return expression satisfies never;
  }
}

/** The page's own elements; attributes and text alone, which its policy for content allows. */
export function mathElement({ tag, attributes = {}, children }: MathNode): MathMLElement {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (typeof children === 'string') element.textContent = children;
  else element.append(...children.map(mathElement));
  return element;
}

/** What is read of it: its letters, numbers and signs in order. */
export const mathText = ({ children }: MathNode): string =>
  typeof children === 'string' ? children.replace('\u2062', '') : children.map(mathText).join('');
