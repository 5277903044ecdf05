import type { SyntaxNode } from '@lezer/common';

/** The children of a node that mean something: comments and error marks are looked at elsewhere. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment' && !child.type.isError) found.push(child);
  }
  return found;
}
