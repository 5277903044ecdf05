#!/usr/bin/env bash
# Guess: a convolution that keeps the size puts an even kernel in the same place everywhere, at least inside one
#   library; `correlate` with the mirrored kernel is `convolve`.
# What happens: there are two places, one pixel apart. PyTorch pads one more at the end; SciPy's signal functions, NumPy
#   and OpenCV one more at the begin. scipy.ndimage does both: its `correlate` goes with the latter, its `convolve` with
#   PyTorch's, so that `convolve(x, w)` and `correlate(x, w[::-1])` differ by a pixel.
# Seen with: PyTorch 2.15.0, SciPy 1.17.1, NumPy 2.4.6, OpenCV 5.0.0.
# For us: who compares our output of an even kernel with scipy.signal's sees all values right and one pixel off; the
#   padding to state is (⌊k/2⌋, ⌊(k−1)/2⌋).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6 scipy==1.17.1 opencv-python-headless==5.0.0.93

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import cv2
import numpy as np
import scipy
import torch
import torch.nn.functional as F
from scipy import ndimage, signal

print(f"torch {torch.__version__.split('+')[0]}, scipy {scipy.__version__}, cv2 {cv2.__version__}")
x = np.zeros(9)
x[4] = 1
w = np.array([1.0, 2, 3, 4])


def show(name, values):
    print(f"{name:42}" + " ".join(f"{value:.0f}" for value in values))


print("no flip: 4 3 2 1 around the impulse at 4")
batched = (torch.tensor(x)[None, None], torch.tensor(w)[None, None])
show("torch conv1d, padding='same'", F.conv1d(*batched, padding="same")[0, 0])
show("scipy.signal.correlate, 'same'", signal.correlate(x, w, "same"))
show("numpy.correlate, 'same'", np.correlate(x, w, "same"))
show("cv2.filter2D", cv2.filter2D(x[None], -1, w[None], borderType=cv2.BORDER_CONSTANT)[0])
show("scipy.ndimage.correlate", ndimage.correlate(x, w, mode="constant"))
show("scipy.ndimage.convolve, w mirrored", ndimage.convolve(x, w[::-1], mode="constant"))
show("scipy.signal.convolve, 'same', w mirrored", signal.convolve(x, w[::-1], "same"))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, scipy 1.17.1, cv2 5.0.0
no flip: 4 3 2 1 around the impulse at 4
torch conv1d, padding='same'              0 0 4 3 2 1 0 0 0
scipy.signal.correlate, 'same'            0 0 0 4 3 2 1 0 0
numpy.correlate, 'same'                   0 0 0 4 3 2 1 0 0
cv2.filter2D                              0 0 0 4 3 2 1 0 0
scipy.ndimage.correlate                   0 0 0 4 3 2 1 0 0
scipy.ndimage.convolve, w mirrored        0 0 4 3 2 1 0 0 0
scipy.signal.convolve, 'same', w mirrored 0 0 0 4 3 2 1 0 0
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a convolution puts an even kernel in another place than it did.' >&2
  exit 1
}
echo 'As seen before.'
