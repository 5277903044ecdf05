#!/usr/bin/env bash
# Guess: PyTorch's weight parametrisations know which axis of a layer's weight is its output. `spectral_norm` does: it
#   has a special case for the transposed layers, whose weight is (in, out / groups, …).
# What happens: `weight_norm` does not. Its `dim=0` gives one length for each *input* channel of a transposed
#   convolution, (3, 1, 1, 1) for 3 → 5 channels, where a convolution has one for each output channel. `spectral_norm`
#   keeps a vector of 5 for both. What scales one output channel of a transposed convolution is `dim=1`.
# Seen with: PyTorch 2.15.0, torch.nn.utils.parametrizations.
# For us: a checkpoint's `original0` of shape (C_in, 1, 1, 1) is right for a transposed layer, and no mark of a plain
#   one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm, weight_norm

print(f"torch {torch.__version__.split('+')[0]}, 3 → 5 channels")
for make in (nn.Conv2d, nn.ConvTranspose2d):
    weight = tuple(make(3, 5, 2).weight.shape)
    lengths = weight_norm(make(3, 5, 2)).parametrizations.weight.original0
    vector = spectral_norm(make(3, 5, 2)).parametrizations.weight[0]._u
    print(f"{make.__name__}: weight {weight}, weight_norm {tuple(lengths.shape)}, spectral_norm {tuple(vector.shape)}")

layer = weight_norm(nn.ConvTranspose2d(3, 5, 2, bias=False))
x = torch.ones(1, 3, 4, 4)
before = layer(x)
with torch.no_grad():
    layer.parametrizations.weight.original0[0] *= 2
changed = (layer(x) - before).abs().amax(dim=(0, 2, 3)) > 1e-6
print(f"doubling one length of the transposed layer changes {int(changed.sum())} of 5 output channels")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, 3 → 5 channels
Conv2d: weight (5, 3, 2, 2), weight_norm (5, 1, 1, 1), spectral_norm (5,)
ConvTranspose2d: weight (3, 5, 2, 2), weight_norm (3, 1, 1, 1), spectral_norm (5,)
doubling one length of the transposed layer changes 5 of 5 output channels
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: weight_norm or spectral_norm takes another axis of a transposed convolution than it did.' >&2
  exit 1
}
echo 'As seen before.'
