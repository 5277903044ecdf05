import type { SyntaxNode } from '@lezer/common';
import type { Expression } from './ast';
import type { Chunk } from './chunk';
import { children } from './nodes';

interface Operator {
  readonly kind: 'operator';
  readonly text: 'and' | 'or' | 'not';
  readonly start: number;
}

type Piece = Operator | Expression;

/** Whether an expression is made with `and`, `or` or `not`; `a not in b` is a comparison. */
export function isLogic(node: SyntaxNode): boolean {
  if (node.name === 'UnaryExpression') return node.firstChild?.name === 'not';
  return node.name === 'BinaryExpression' && (node.getChild('and') ?? node.getChild('or')) !== null;
}

/**
 * An expression of `and`, `or` and `not`. The grammar lets `not` reach to the end of what follows, `not (a and b)` for
 * `not a and b`; Python binds it closer than `and`, and that closer than `or`. So the pieces are taken in their order
 * and put together anew.
 */
export function lowerLogic(node: SyntaxNode, chunk: Chunk, lower: (node: SyntaxNode) => Expression): Expression {
  const pieces: Piece[] = [];
  const collect = (part: SyntaxNode): void => {
    if (!isLogic(part)) {
      pieces.push(lower(part));
      return;
    }
    for (const child of children(part)) {
      if (child.name === 'and' || child.name === 'or' || child.name === 'not')
        pieces.push({ kind: 'operator', text: child.name, start: chunk.relative(child.from) });
      else collect(child);
    }
  };
  collect(node);
  let at = 0;
  const eat = (text: Operator['text']): Operator | undefined => {
    const piece = pieces[at];
    if (piece?.kind !== 'operator' || piece.text !== text) return undefined;
    at++;
    return piece;
  };
  const negated = (): Expression => {
    const not = eat('not');
    if (not) {
      const operand = negated();
      return { kind: 'unary', operator: 'not', operand, start: not.start, end: operand.end };
    }
    const piece = pieces[at++];
    return piece && piece.kind !== 'operator' ? piece : { kind: 'unreadable', start: 0, end: 0 };
  };
  const chain = (operator: 'and' | 'or', operand: () => Expression): Expression => {
    let left = operand();
    while (eat(operator)) {
      const right = operand();
      left = { kind: 'logic', operator, left, right, start: left.start, end: right.end };
    }
    return left;
  };
  return chain('or', () => chain('and', negated));
}
