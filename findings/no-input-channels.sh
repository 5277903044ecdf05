#!/usr/bin/env bash
# Guess: a convolution of an input without channels sums nothing: `Conv2d(0, 3, 3)` gives three channels of its bias.
# What happens: the layer can be made, and gives *no* channels, whatever `out_channels` says, with a bias of three
#   entries or without one. `ConvTranspose2d(0, 3, 3)` can be made too, and refuses its input.
# Seen with: PyTorch 2.15.0, CPU.
# For us: such an output has no channels in the reading of Python either.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
from torch import nn

print(f"torch {torch.__version__.split('+')[0]}, 0 → 3 channels on 5 × 5")
for make in (nn.Conv2d, nn.ConvTranspose2d):
    layer = make(0, 3, 3)
    try:
        print(f"{make.__name__}: {tuple(layer(torch.zeros(1, 0, 5, 5)).shape)}, bias {tuple(layer.bias.shape)}")
    except RuntimeError as error:
        print(f"{make.__name__}: {error}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, 0 → 3 channels on 5 × 5
Conv2d: (1, 0, 3, 3), bias (3,)
ConvTranspose2d: Given groups=1, expected weight to be at least 1 at dimension 0, but got weight of size [0, 3, 3, 3] instead
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: A convolution of no input channels gives something else than it did.' >&2
  exit 1
}
echo 'As seen before.'
