#!/usr/bin/env bash
# Guess: a blur with weights of 0.3 over an image of bytes gives floats, or rounded bytes.
# What happens: scipy.ndimage gives bytes, cut off towards zero (3 · 0.9 = 2.7 becomes 2) and wrapped around at 256, in
#   both directions, without a warning; scipy.signal gives floats; OpenCV gives bytes, rounded and held at 0 and 255.
# Seen with: SciPy 1.17.1, OpenCV 5.0.0.
# For us: pictures open here as numbers that do not wrap; who reproduces a result converts to float before ndimage.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet numpy==2.4.6 scipy==1.17.1 opencv-python-headless==5.0.0.93

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import cv2
import numpy as np
import scipy
from scipy import ndimage, signal

print(f"scipy {scipy.__version__}, cv2 {cv2.__version__}")


def show(pixel, kernel):
    row = np.full((1, 5), pixel, np.uint8)
    weights = np.array([kernel])
    cells = {
        "ndimage": ndimage.correlate(row, weights)[0, 2],
        "signal": signal.correlate(row, weights, "same")[0, 2],
        "OpenCV": cv2.filter2D(row, -1, weights)[0, 2],
    }
    told = ", ".join(f"{name} {value.dtype} {value:.4g}" for name, value in cells.items())
    print(f"pixels {pixel}, kernel {kernel}: {told}")


show(3, [0.3, 0.3, 0.3])
show(200, [0.5, 0.5, 0.5])
show(3, [0.0, -1.0, 0.0])
PROGRAM

cat > "$work/expected" <<'EXPECTED'
scipy 1.17.1, cv2 5.0.0
pixels 3, kernel [0.3, 0.3, 0.3]: ndimage uint8 2, signal float64 2.7, OpenCV uint8 3
pixels 200, kernel [0.5, 0.5, 0.5]: ndimage uint8 44, signal float64 300, OpenCV uint8 255
pixels 3, kernel [0.0, -1.0, 0.0]: ndimage uint8 253, signal float64 -3, OpenCV uint8 0
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a convolution of bytes gives other values than it did.' >&2
  exit 1
}
echo 'As seen before.'
