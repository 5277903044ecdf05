#!/usr/bin/env bash
# Guess: Pillow's `ImageFilter.Kernel` takes its numbers as every other library does: as they stand (a correlation) or
#   turned by half a turn (a convolution).
# What happens: neither. One bright pixel comes out as the kernel mirrored left to right only: rows in their order,
#   columns reversed. It correlates along one axis and convolves along the other, 3 × 3 and 5 × 5 alike. For symmetric
#   kernels nobody sees it; a Sobel kernel for vertical edges has its sign turned against one for horizontal edges.
# Seen with: Pillow 13.0.0, SciPy 1.17.1.
# For us: to show what Pillow computes, the kernel has to be mirrored top to bottom.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet numpy==2.4.6 scipy==1.17.1 pillow==13.0.0

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import numpy as np
import PIL
import scipy
from PIL import Image, ImageFilter
from scipy import ndimage

print(f"Pillow {PIL.__version__}, scipy {scipy.__version__}")
image = np.zeros((9, 9), np.uint8)
image[4, 4] = 1
for side in (3, 5):
    kernel = np.arange(1, side * side + 1).reshape(side, side)
    margin = (9 - side) // 2
    inner = slice(margin, margin + side)
    filtered = Image.fromarray(image).filter(ImageFilter.Kernel((side, side), kernel.ravel().tolist(), scale=1))
    stamp = np.asarray(filtered)[inner, inner]
    print(f"{side} × {side}: {stamp.tolist()}")
    print(f"  as a correlation: {np.array_equal(stamp, ndimage.correlate(image, kernel)[inner, inner])}")
    print(f"  as a convolution: {np.array_equal(stamp, ndimage.convolve(image, kernel)[inner, inner])}")
    print(f"  as a correlation of the kernel turned upside down: ", end="")
    print(np.array_equal(stamp, ndimage.correlate(image, kernel[::-1])[inner, inner]))
PROGRAM

cat > "$work/expected" <<'EXPECTED'
Pillow 13.0.0, scipy 1.17.1
3 × 3: [[3, 2, 1], [6, 5, 4], [9, 8, 7]]
  as a correlation: False
  as a convolution: False
  as a correlation of the kernel turned upside down: True
5 × 5: [[5, 4, 3, 2, 1], [10, 9, 8, 7, 6], [15, 14, 13, 12, 11], [20, 19, 18, 17, 16], [25, 24, 23, 22, 21]]
  as a correlation: False
  as a convolution: False
  as a correlation of the kernel turned upside down: True
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: Pillow applies a kernel another way round than it did.' >&2
  exit 1
}
echo 'As seen before.'
