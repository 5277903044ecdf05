#!/usr/bin/env bash
# Guess: a pooling window fits when it is no larger than the padded input, in one, two and three dimensions.
# What happens: `avg_pool3d` on the CPU compares the window with the input *before* padding. With a window of 4 and one
#   element of padding an input of 3 is pooled by `avg_pool1d`, `avg_pool2d` and all of `max_pool`, and refused by
#   `avg_pool3d` alone.
# Seen with: PyTorch 2.15.0, torch.nn.functional, CPU.
# For us: the reading of Python tells this refusal for `AvgPool3d` and for no other pooling.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import torch
import torch.nn.functional as F

print(f"torch {torch.__version__.split('+')[0]}, 3 elements, window 4, stride 1, padding 1")
for rank in (1, 2, 3):
    for kind in ("avg", "max"):
        pool = getattr(F, f"{kind}_pool{rank}d")
        try:
            print(f"{kind}_pool{rank}d: {tuple(pool(torch.zeros(1, 1, *[3] * rank), 4, 1, 1).shape)}")
        except RuntimeError as error:
            print(f"{kind}_pool{rank}d: {error}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, 3 elements, window 4, stride 1, padding 1
avg_pool1d: (1, 1, 2)
max_pool1d: (1, 1, 2)
avg_pool2d: (1, 1, 2, 2)
max_pool2d: (1, 1, 2, 2)
avg_pool3d: input image (T: 3 H: 3 W: 3) smaller than kernel size (kT: 4 kH: 4 kW: 4)
max_pool3d: (1, 1, 2, 2, 2)
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: avg_pool3d compares its window with another input than it did.' >&2
  exit 1
}
echo 'As seen before.'
