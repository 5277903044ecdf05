#!/usr/bin/env bash
# Guess: `(a, b)` behind `with` is a tuple, with or without `as` behind it, so `with (a, b):` fails when it runs (a
#   tuple is no context manager); and if it means something else, `as` behind it does not change what.
# What happens: since 3.9 `with (a, b):` enters two managers. One more word, `with (a, b) as c:`, makes the same
#   parentheses a tuple, and that fails when it runs. libcst follows; Lezer's grammar gives a tuple both times.
# Seen with: CPython 3.11 to 3.13, libcst 1.9.0, @lezer/python 1.1.19.
# For us: what an item of a `with` is can be told only when it is known whether `as` follows the parentheses.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet libcst==1.9.0
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts @lezer/python@1.1.19

cat > "$work/run.mjs" <<'PROGRAM'
import { parser } from '@lezer/python';

for (const text of ['with (a, b): pass', 'with (a, b) as c: pass']) {
  const item = parser.parse(text).topNode.firstChild.firstChild.nextSibling;
  console.log(`@lezer/python 1.1.19, ${text}: ${item.name}`);
}
PROGRAM
"$venv/bin/python" --version
{
  "$venv/bin/python" - <<'PROGRAM'
import ast
from contextlib import nullcontext
from importlib.metadata import version

import libcst

for source in ("with (a, b): pass\n", "with (a, b) as c: pass\n"):
    items = ast.parse(source).body[0].items
    print(f"CPython, {source.strip()}: {', '.join(type(item.context_expr).__name__ for item in items)}")
    try:
        exec(source, {"a": nullcontext(), "b": nullcontext()})
        print("  runs")
    except TypeError:
        print("  raises TypeError")
    items = libcst.parse_module(source).body[0].items
    print(f"libcst {version('libcst')}, {source.strip()}: {', '.join(type(each.item).__name__ for each in items)}")
PROGRAM
  node "$work/run.mjs"
} | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
CPython, with (a, b): pass: Name, Name
  runs
libcst 1.9.0, with (a, b): pass: Name, Name
CPython, with (a, b) as c: pass: Tuple
  raises TypeError
libcst 1.9.0, with (a, b) as c: pass: Tuple
@lezer/python 1.1.19, with (a, b): pass: TupleExpression
@lezer/python 1.1.19, with (a, b) as c: pass: TupleExpression
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: parentheses behind `with` are no longer read as they were.' >&2
  exit 1
}
echo 'As seen before.'
