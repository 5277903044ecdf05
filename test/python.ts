/**
 * A Python program written as it looks: without the indentation of the block in which it stands, and without the line
 * on which the block begins.
 */
export function python({ raw }: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const indents = raw.join('·').match(/\n *(?=[^\s])/g) ?? [];
  const least = Math.min(...indents.map((each) => each.length));
  const pieces = raw.map((piece) => piece.replace(/\n */g, (indent) => `\n${indent.slice(least)}`));
  return String.raw({ raw: pieces }, ...values).replace(/^\n/, '');
}
