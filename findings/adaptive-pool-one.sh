#!/usr/bin/env bash
# Guess: `AdaptiveAvgPool2d(1)` takes what `AdaptiveAvgPool2d(2)` takes: three or four axes.
# What happens: an output size of 1 is computed as a mean over the last two axes before the number of axes is looked
#   at. So it takes two, five or six axes too, and a model that pools a video that way runs, until somebody asks for 2.
# Seen with: PyTorch 2.15.0, torch.nn.AdaptiveAvgPool2d, CPU.
# For us: a wrong number of axes is an error for other output sizes only.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
from torch import nn

print(f"torch {torch.__version__.split('+')[0]}, AdaptiveAvgPool2d")
for shape in ((3, 4), (2, 3, 4), (1, 2, 3, 4), (1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6)):
    found = []
    for size in (1, 2):
        try:
            found.append(str(tuple(nn.AdaptiveAvgPool2d(size)(torch.zeros(shape)).shape)))
        except RuntimeError:
            found.append("refused")
    print(f"{shape}: size 1 {found[0]}, size 2 {found[1]}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, AdaptiveAvgPool2d
(3, 4): size 1 (1, 1), size 2 refused
(2, 3, 4): size 1 (2, 1, 1), size 2 (2, 2, 2)
(1, 2, 3, 4): size 1 (1, 2, 1, 1), size 2 (1, 2, 2, 2)
(1, 2, 3, 4, 5): size 1 (1, 2, 3, 1, 1), size 2 refused
(1, 2, 3, 4, 5, 6): size 1 (1, 2, 3, 4, 1, 1), size 2 refused
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: AdaptiveAvgPool2d takes other numbers of axes than it did.' >&2
  exit 1
}
echo 'As seen before.'
