#!/usr/bin/env bash
# Guess: an image library that keeps the 16 bits of a grey PNG keeps those of a colour one; or it keeps neither.
# What happens: Pillow opens 16-bit grey as `I;16` with all its bits, and 16-bit RGB as 8-bit RGB, the low bytes gone
#   without a word: 258 becomes 1. Grey with alpha becomes four channels of 8 bits. OpenCV (when asked for what is
#   there) and fast-png keep all of them.
# Seen with: Pillow 13.0.0, OpenCV 5.0.0, fast-png 8.0.0.
# For us: a 16-bit colour PNG opens here with values up to 65535. Who compares with `np.asarray(Image.open(…))` sees
#   them divided by 256 and cut off, and that is Pillow's doing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${FINDINGS_VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet numpy==2.4.6 pillow==13.0.0 opencv-python-headless==5.0.0.93
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts fast-png@8.0.0

cat > "$work/write.mjs" <<'PROGRAM'
import { deflateSync } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { decode } from 'fast-png';

const folder = process.argv[2];
const chunk = (type, body) => {
  const data = Buffer.concat([Buffer.from(type), body]);
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  const ends = [Buffer.alloc(4), Buffer.alloc(4)];
  ends[0].writeUInt32BE(body.length);
  ends[1].writeUInt32BE(~crc >>> 0);
  return Buffer.concat([ends[0], data, ends[1]]);
};

const pictures = [
  ['grey', 0, [258]],
  ['grey and alpha', 4, [258, 40001]],
  ['RGB', 2, [258, 259, 40001]],
];
for (const [name, colour, samples] of pictures) {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 16, colour, 0, 0, 0]);
  const row = Buffer.concat([Buffer.from([0]), ...samples.map((sample) => Buffer.from([sample >> 8, sample & 255]))]);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(row)), chunk('IEND', Buffer.alloc(0))];
  const png = Buffer.concat([signature, ...parts]);
  writeFileSync(`${folder}/${name}.png`, png);
  console.log(`fast-png, ${name}: ${JSON.stringify(Array.from(decode(png).data))}`);
}
PROGRAM
node "$work/write.mjs" "$work" > "$work/fast-png"
export work

"$venv/bin/python" -W ignore - <<'PROGRAM' | tee "$work/seen"
import os
from pathlib import Path

import cv2
import numpy as np
import PIL
from PIL import Image

print(f"Pillow {PIL.__version__}, OpenCV {cv2.__version__}, fast-png 8.0.0")
folder = Path(os.environ["work"])
print((folder / "fast-png").read_text(), end="")
for name in ("grey", "grey and alpha", "RGB"):
    image = Image.open(folder / f"{name}.png")
    values = np.asarray(image)
    print(f"Pillow, {name}: mode {image.mode}, {values.dtype}, {values.ravel().tolist()}")
    values = cv2.imread(str(folder / f"{name}.png"), cv2.IMREAD_UNCHANGED)
    print(f"OpenCV, {name}: {values.dtype}, {values.ravel().tolist()}{' (blue first)' if name != 'grey' else ''}")
PROGRAM

cat > "$work/expected" <<'EXPECTED'
Pillow 13.0.0, OpenCV 5.0.0, fast-png 8.0.0
fast-png, grey: [258]
fast-png, grey and alpha: [258,40001]
fast-png, RGB: [258,259,40001]
Pillow, grey: mode I;16, uint16, [258]
OpenCV, grey: uint16, [258]
Pillow, grey and alpha: mode RGBA, uint8, [1, 1, 1, 156]
OpenCV, grey and alpha: uint16, [258, 258, 258, 40001] (blue first)
Pillow, RGB: mode RGB, uint8, [1, 1, 156]
OpenCV, RGB: uint16, [40001, 259, 258] (blue first)
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a library keeps other bits of a 16-bit PNG than it did.' >&2
  exit 1
}
echo 'As seen before.'
