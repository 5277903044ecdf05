#!/usr/bin/env bash
# Guess: to look at a layer's weight changes nothing, least of all under `torch.no_grad()`.
# What happens: with `spectral_norm` a layer that trains takes a step of its power iteration whenever its `.weight` is
#   asked for, by whomever: a print, a watch expression, the Variables view of a debugger. Two looks at the same layer give
#   two weights, and its buffers are others than without them. In `eval()` mode they stay.
# Seen with: PyTorch 2.15.0, torch.nn.utils.parametrizations.
# For us: a live tensor of such a layer is read as if its parametrisation did not train.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

print(f"torch {torch.__version__.split('+')[0]}")
torch.manual_seed(0)
layer = spectral_norm(nn.Conv2d(3, 4, 3))
vector = layer.parametrizations.weight[0]._u
with torch.no_grad():
    for training in (True, False):
        mode = layer.train(training)
        before, first = vector.clone(), layer.weight.clone()
        print(f"training {mode.training}: same weight {torch.equal(first, mode.weight)}, same vector {torch.equal(before, vector)}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0
training True: same weight False, same vector False
training False: same weight True, same vector True
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: to read a weight with spectral_norm does something else to it than it did.' >&2
  exit 1
}
echo 'As seen before.'
