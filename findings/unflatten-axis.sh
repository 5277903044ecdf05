#!/usr/bin/env bash
# Guess: a function and the method of its name take the same names of arguments. NumPy's `axis` stands for `dim` in both,
#   or in none.
# What happens: `axis` is understood by the parser of PyTorch's native functions, and by it alone. `torch.unflatten` goes
#   through it, `Tensor.unflatten` is written in Python; with `split` and `norm` both spellings are Python, and refuse it.
# Seen with: PyTorch 2.15.0.
# For us: which functions take `axis` is a list that is asked of PyTorch, and no rule.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch

print(f"torch {torch.__version__.split('+')[0]}")
x = torch.zeros(2, 6)
calls = {
    "torch.unflatten(x, axis=1, …)": lambda: torch.unflatten(x, axis=1, sizes=(2, 3)),
    "x.unflatten(axis=1, …)": lambda: x.unflatten(axis=1, sizes=(2, 3)),
    "torch.sum(x, axis=1)": lambda: torch.sum(x, axis=1),
    "x.sum(axis=1)": lambda: x.sum(axis=1),
    "torch.split(x, 3, axis=1)": lambda: torch.split(x, 3, axis=1),
    "x.split(3, axis=1)": lambda: x.split(3, axis=1),
    "torch.norm(x, axis=1)": lambda: torch.norm(x, axis=1),
    "torch.sum(x, dim=1, axis=1)": lambda: torch.sum(x, dim=1, axis=1),
}
for name, call in calls.items():
    try:
        call()
        print(f"{name}: runs")
    except TypeError as error:
        print(f"{name}: {type(error).__name__}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0
torch.unflatten(x, axis=1, …): runs
x.unflatten(axis=1, …): TypeError
torch.sum(x, axis=1): runs
x.sum(axis=1): runs
torch.split(x, 3, axis=1): TypeError
x.split(3, axis=1): TypeError
torch.norm(x, axis=1): TypeError
torch.sum(x, dim=1, axis=1): TypeError
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a function takes `axis` that did not, or the other way round.' >&2
  exit 1
}
echo 'As seen before.'
