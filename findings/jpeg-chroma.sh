#!/usr/bin/env bash
# Guess: decoders of baseline JPEG agree to a level or two, the freedom that the standard leaves to the cosine
#   transform.
# What happens: they do where colour has full resolution. Most JPEGs have it halved (4:2:0), and the standard leaves
#   open how it is doubled again. libjpeg-turbo, and with it Pillow and OpenCV, interpolates; jpeg-js repeats each
#   value. On the border of a red square on blue the same file differs by 57 of 255 levels.
# Seen with: jpeg-js 0.4.4, Pillow 13.0.0, OpenCV 5.0.0.
# For us: a photograph opened here is not, value for value, what Python reads. A picture to compare with is a PNG.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet numpy==2.4.6 pillow==13.0.0 opencv-python-headless==5.0.0.93
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts jpeg-js@0.4.4

cat > "$work/decode.mjs" <<'PROGRAM'
import { readFileSync, writeFileSync } from 'node:fs';
import { decode } from 'jpeg-js';

const folder = process.argv[2];
for (const name of ['444', '420']) {
  const { data } = decode(readFileSync(`${folder}/${name}.jpg`), { useTArray: true, formatAsRGBA: false });
  writeFileSync(`${folder}/${name}.raw`, data);
}
PROGRAM
export work

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import os
import subprocess
from pathlib import Path

import cv2
import numpy as np
import PIL
from PIL import Image

print(f"jpeg-js 0.4.4, Pillow {PIL.__version__}, OpenCV {cv2.__version__}")
folder = Path(os.environ["work"])
picture = np.zeros((32, 32, 3), np.uint8)
picture[..., 2] = 200
picture[7:19, 9:21] = (220, 30, 20)
for name, subsampling in (("444", 0), ("420", 2)):
    Image.fromarray(picture).save(folder / f"{name}.jpg", quality=95, subsampling=subsampling)
subprocess.run(["node", folder / "decode.mjs", folder], check=True)
for name in ("444", "420"):
    pillow = np.asarray(Image.open(folder / f"{name}.jpg")).astype(int)
    opencv = cv2.imread(str(folder / f"{name}.jpg"))[..., ::-1]
    script = np.frombuffer((folder / f"{name}.raw").read_bytes(), np.uint8).reshape(32, 32, 3)
    far = "at most 2" if abs(script - pillow).max() <= 2 else f"{abs(script - pillow).max()}"
    print(f"{':'.join(name)}: OpenCV differs from Pillow by {abs(opencv - pillow).max()}, jpeg-js by {far}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
jpeg-js 0.4.4, Pillow 13.0.0, OpenCV 5.0.0
4:4:4: OpenCV differs from Pillow by 0, jpeg-js by at most 2
4:2:0: OpenCV differs from Pillow by 0, jpeg-js by 57
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: decoders of JPEG differ otherwise than they did.' >&2
  exit 1
}
echo 'As seen before.'
