#!/usr/bin/env bash
# Guess: a GIF encoder gives a pixel whose colour is in the palette that very colour, and a picture of six colours keeps
#   all six.
# What happens: gifenc looks colours up by their first 5, 6 and 5 bits and remembers what it found. Of two colours of the
#   palette that agree in these bits, the one that is met first stands for both, whatever the palette holds, and
#   `quantize` makes one of the two before that. A picture of close tints loses some of them; which, depends on the order
#   of its pixels.
# Seen with: gifenc 1.0.3.
# For us: src/engine/films.ts looks up the colours that must be exact by itself, and takes from gifenc the packing and the
#   colours between them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts gifenc@1.0.3

cat > "$work/run.cjs" <<'PROGRAM'
const { applyPalette, quantize } = require('gifenc');
const { version } = require('gifenc/package.json');
console.log(`gifenc ${version}`);

// Three pairs of close colours.
const palette = [
  [222, 243, 227],
  [220, 242, 229],
  [40, 40, 40],
  [41, 41, 41],
  [255, 240, 204],
  [252, 241, 203],
];
const pixels = (colours) => Uint8Array.from(colours.flatMap((colour) => [...colour, 255]));
console.log(`in order: ${[...applyPalette(pixels(palette), palette)]}`);
console.log(`backwards: ${[...applyPalette(pixels([...palette].reverse()), palette)].reverse()}`);
for (const format of ['rgb565', 'rgb444'])
  console.log(`quantize, ${format}: ${quantize(pixels(palette), 256, { format }).length} of ${palette.length} colours`);
PROGRAM
node "$work/run.cjs" | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
gifenc 1.0.3
in order: 0,0,2,2,4,4
backwards: 1,1,3,3,5,5
quantize, rgb565: 3 of 6 colours
quantize, rgb444: 3 of 6 colours
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: gifenc finds close colours of a palette otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
