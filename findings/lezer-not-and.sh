#!/usr/bin/env bash
# Guess: a Python grammar gives `not` the place that the language gives it, below the comparisons and above `and` and
#   `or`, so that `not a and b` is `(not a) and b`.
# What happens: @lezer/python makes `not` reach to the end of what follows. `not a and b` has the tree of `not (a and
#   b)`, and `a and not b or c` that of `a and not (b or c)`, without an error node. A tree of the same shape comes out
#   for the text with the parentheses, so the value of a condition is silently another one.
# Seen with: @lezer/python 1.1.19.
# For us: src/python/syntax/logic.ts takes the operators and operands in their order and puts them together anew.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts @lezer/python@1.1.19

cat > "$work/run.mjs" <<'PROGRAM'
import { readFileSync } from 'node:fs';
import { parser } from '@lezer/python';

const { version } = JSON.parse(readFileSync(new URL('node_modules/@lezer/python/package.json', import.meta.url)));
console.log(`@lezer/python ${version}`);

function print(node, text) {
  const parts = [];
  for (let child = node.firstChild; child; child = child.nextSibling) parts.push(child);
  if (node.name === 'UnaryExpression') return `(not ${print(parts[1], text)})`;
  if (node.name === 'BinaryExpression')
    return `(${print(parts[0], text)} ${parts[1].name} ${print(parts[2], text)})`;
  return text.slice(node.from, node.to);
}

for (const text of ['not a and b', 'not a or b', 'a and not b or c', 'not a and not b']) {
  const tree = parser.parse(text);
  const statement = tree.topNode.firstChild.firstChild;
  const errors = String(tree).includes('⚠') ? 'with errors' : 'no error';
  console.log(`${text.padEnd(16)} is read as ${print(statement, text)}, ${errors}`);
}
PROGRAM
node "$work/run.mjs" | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
@lezer/python 1.1.19
not a and b      is read as (not (a and b)), no error
not a or b       is read as (not (a or b)), no error
a and not b or c is read as (a and (not (b or c))), no error
not a and not b  is read as (not (a and (not b))), no error
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: @lezer/python no longer lets `not` reach over `and` and `or` as it did.' >&2
  exit 1
}
echo 'As seen before.'
