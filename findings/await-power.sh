#!/usr/bin/env bash
# Guess: two parsers as widely used as tree-sitter's and Lezer's agree with CPython on operators since Python 3.5; if
#   anything differs, it differs between them.
# What happens: in Python `await` binds closer than `**`, so `await a ** 2` awaits `a` and squares the result. Both
#   grammars read it as awaiting `a ** 2`, as if `await` were a sign like `-`, and both without an error. They agree
#   with each other and not with the language.
# Seen with: tree-sitter-python 0.25.0 (tree-sitter 0.26.1), @lezer/python 1.1.19, CPython 3.8 to 3.13.
# For us: two parsers that agree are no oracle for a third; the precedence of what we lower is tested against `ast`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet tree-sitter==0.26.1 tree-sitter-python==0.25.0
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts @lezer/python@1.1.19

cat > "$work/run.mjs" <<'PROGRAM'
import { parser } from '@lezer/python';

const statement = parser.parse('await a ** 2').topNode.firstChild.firstChild;
console.log(`@lezer/python 1.1.19: the outermost is ${statement.name}, its operand ${statement.lastChild.name}`);
PROGRAM
"$venv/bin/python" --version
{
  "$venv/bin/python" - <<'PROGRAM'
import ast
from importlib.metadata import version

import tree_sitter
import tree_sitter_python

SOURCE = "async def f(a):\n    await a ** 2\n"
outermost = ast.parse(SOURCE).body[0].body[0].value
print(f"CPython: the outermost is {type(outermost).__name__}, its left operand {type(outermost.left).__name__}")

parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))
tree = parser.parse(SOURCE.encode())
node = tree.root_node.children[0].child_by_field_name("body").children[0].children[0]
errors = "with errors" if tree.root_node.has_error else "no error"
print(
    f"tree-sitter-python {version('tree-sitter-python')}: the outermost is {node.type}, "
    f"its operand {node.named_children[0].type}, {errors}"
)
PROGRAM
  node "$work/run.mjs"
} | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
CPython: the outermost is BinOp, its left operand Await
tree-sitter-python 0.25.0: the outermost is await, its operand binary_operator, no error
@lezer/python 1.1.19: the outermost is AwaitExpression, its operand BinaryExpression
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a parser reads `await a ** 2` otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
