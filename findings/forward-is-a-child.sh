#!/usr/bin/env bash
# Guess: `layer.forward = nn.Identity()` takes a layer out of a model, as `layer.forward = lambda x: x` does.
# What happens: a module that is set as an attribute is registered as a child, and never becomes an attribute of the
#   object. The class's own `forward` is found first, and the layer goes on computing. A function is an attribute like
#   any other and hides the method.
# Seen with: PyTorch 2.15.0, torch.nn.Module.__setattr__.
# For us: a replaced `forward` counts, unless what takes its place is a module.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
from torch import nn

print(f"torch {torch.__version__.split('+')[0]}, Conv2d(1, 2, 3) on 1 × 1 × 5 × 5")
for name, replacement in (("a function", lambda x: x), ("a module", nn.Identity())):
    layer = nn.Conv2d(1, 2, 3)
    layer.forward = replacement
    shape = tuple(layer(torch.zeros(1, 1, 5, 5)).shape)
    children = [key for key, _ in layer.named_children()]
    print(f"forward = {name}: {shape}, children {children}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, Conv2d(1, 2, 3) on 1 × 1 × 5 × 5
forward = a function: (1, 1, 5, 5), children []
forward = a module: (1, 2, 3, 3), children ['forward']
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: A module that is set as `forward` does something else than it did.' >&2
  exit 1
}
echo 'As seen before.'
