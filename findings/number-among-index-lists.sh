#!/usr/bin/env bash
# Guess: indexing in PyTorch is NumPy's. In `x[0, :, [1, 2]]` the number and the list are both "advanced" indices with
#   a slice between them, so that the indexed axis comes first.
# What happens: PyTorch takes the number out first, as `select`, and the one list that is left keeps its place. The
#   result has its axes in another order than NumPy's. With `[0]` for `0` both agree.
# Seen with: PyTorch 2.15.0, NumPy 2.4.6.
# For us: a number beside a list of indices is read by PyTorch's rule for tensors, or its result is not told.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import numpy
import torch

x = torch.zeros(2, 3, 4)
print(f"torch {torch.__version__.split('+')[0]}, numpy {numpy.__version__}, a tensor of 2 × 3 × 4")
print(f"x[0, :, [1, 2]]: torch {tuple(x[0, :, [1, 2]].shape)}, numpy {x.numpy()[0, :, [1, 2]].shape}")
print(f"x[[0], :, [1, 2]]: torch {tuple(x[[0], :, [1, 2]].shape)}, numpy {x.numpy()[[0], :, [1, 2]].shape}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, numpy 2.4.6, a tensor of 2 × 3 × 4
x[0, :, [1, 2]]: torch (3, 2), numpy (2, 3)
x[[0], :, [1, 2]]: torch (2, 3), numpy (2, 3)
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: PyTorch or NumPy orders the axes of such an index in another way than it did.' >&2
  exit 1
}
echo 'As seen before.'
