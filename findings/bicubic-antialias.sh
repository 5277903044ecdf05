#!/usr/bin/env bash
# Guess: `antialias=True` matters when an image is made smaller. When it is made larger there is nothing to filter, and
#   the flag changes nothing; for `bilinear` that is so.
# What happens: with `bicubic` it exchanges the kernel. Without the flag it is Keys's cubic with a = −0.75, as in
#   OpenCV; with it a = −0.5, as in Pillow. Doubling an image gives other values wherever it is not flat.
# Seen with: PyTorch 2.15.0, OpenCV 5.0.0, Pillow 13.0.0.
# For us: a kernel of "the bicubic upsampling" exists twice; a preset has to say whose it is.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet torch==2.15.0 numpy==2.4.6 opencv-python-headless==5.0.0.93 pillow==13.0.0

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import cv2
import numpy as np
import PIL
import torch
import torch.nn.functional as F
from PIL import Image

print(f"torch {torch.__version__.split('+')[0]}, OpenCV {cv2.__version__}, Pillow {PIL.__version__}")
impulse = np.zeros((1, 8), np.float32)
impulse[0, 3] = 1


def torch_doubled(**options):
    return F.interpolate(torch.tensor(impulse)[None, None], size=(1, 16), **options).numpy()[0, 0, 0]


def show(name, values):
    print(f"{name}: {' '.join(f'{value:+.3f}' for value in values[3:11])}")


show("torch bilinear           ", torch_doubled(mode="bilinear"))
show("torch bilinear, antialias", torch_doubled(mode="bilinear", antialias=True))
show("torch bicubic            ", torch_doubled(mode="bicubic"))
show("OpenCV cubic             ", cv2.resize(impulse, (16, 1), interpolation=cv2.INTER_CUBIC)[0])
show("torch bicubic, antialias ", torch_doubled(mode="bicubic", antialias=True))
show("Pillow bicubic           ", np.asarray(Image.fromarray(impulse).resize((16, 1), Image.Resampling.BICUBIC))[0])
PROGRAM

cat > "$work/expected" <<'EXPECTED'
torch 2.15.0, OpenCV 5.0.0, Pillow 13.0.0
torch bilinear           : +0.000 +0.000 +0.250 +0.750 +0.750 +0.250 +0.000 +0.000
torch bilinear, antialias: +0.000 +0.000 +0.250 +0.750 +0.750 +0.250 +0.000 +0.000
torch bicubic            : -0.035 -0.105 +0.262 +0.879 +0.879 +0.262 -0.105 -0.035
OpenCV cubic             : -0.035 -0.105 +0.262 +0.879 +0.879 +0.262 -0.105 -0.035
torch bicubic, antialias : -0.023 -0.070 +0.227 +0.867 +0.867 +0.227 -0.070 -0.023
Pillow bicubic           : -0.023 -0.070 +0.227 +0.867 +0.867 +0.227 -0.070 -0.023
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: one of the bicubic kernels is another one than it was.' >&2
  exit 1
}
echo 'As seen before.'
