#!/usr/bin/env bash
# Guess: parso, the parser that Jedi stands on, ships a grammar for each Python version; with the one for 3.13 it takes
#   what Python 3.13 takes.
# What happens: the grammars named 3.10 and 3.13 have no `match` statement, and that for 3.13 has neither `except*` nor
#   a star in an index, though it has the type parameters that came later than all three.
# Seen with: parso 0.8.7.
# For us: that a parser names a version does not say that it takes all of it; what parses is asked of CPython's `ast`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet parso==0.8.7

"$venv/bin/python" - <<'PROGRAM' | tee "$work/seen"
import parso

print(f"parso {parso.__version__}")
SOURCES = {
    "walrus (3.8)": "if (n := 3): pass\n",
    "match statement (3.10)": "match x:\n    case [a, *rest]:\n        pass\n",
    "except* (3.11)": "try:\n    pass\nexcept* ValueError:\n    pass\n",
    "star in an index (3.11)": "x[1:2, *rest]\n",
    "type parameter (3.12)": "class A[T]: pass\n",
}


def errors(version, source):
    grammar = parso.load_grammar(version=version)
    found = [error.message for error in grammar.iter_errors(grammar.parse(source))]
    return found[0] if found else "no error"


print(f"grammar 3.10, match statement (3.10): {errors('3.10', SOURCES['match statement (3.10)'])}")
for name, source in SOURCES.items():
    print(f"grammar 3.13, {name}: {errors('3.13', source)}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
parso 0.8.7
grammar 3.10, match statement (3.10): SyntaxError: invalid syntax
grammar 3.13, walrus (3.8): no error
grammar 3.13, match statement (3.10): SyntaxError: invalid syntax
grammar 3.13, except* (3.11): SyntaxError: invalid syntax
grammar 3.13, star in an index (3.11): SyntaxError: invalid syntax
grammar 3.13, type parameter (3.12): no error
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: what parso says of newer syntax is no longer the same.' >&2
  exit 1
}
echo 'As seen before.'
