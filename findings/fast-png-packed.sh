#!/usr/bin/env bash
# Guess: a decoder hands out one array element for each sample: `data.length` is width × height × channels.
# What happens: fast-png leaves grey samples of 1, 2 and 4 bits packed as they lie in the file, several in a byte, each
#   row begun anew. `depth` says so; nothing else does, and reading one element a pixel gives wrong numbers and then
#   `undefined`. pngjs spreads the same samples out and scales them to 0 … 255, so that the two never agree.
# Seen with: fast-png 8.0.0, pngjs 7.0.0.
# For us: core/formats/png.ts unpacks samples below 8 bits itself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts fast-png@8.0.0 pngjs@7.0.0

cat > "$work/run.mjs" <<'PROGRAM'
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { decode } from 'fast-png';
import { PNG } from 'pngjs';

for (const name of ['fast-png', 'pngjs']) {
  const { version } = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url)));
  console.log(`${name} ${version}`);
}

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

// Grey, two bits: the rows 0 1 2 3 1 and 3 2 1 0 2, each filled up to whole bytes.
const header = Buffer.from([0, 0, 0, 5, 0, 0, 0, 2, 2, 0, 0, 0, 0]);
const rows = Buffer.from([0, 0b00011011, 0b01000000, 0, 0b11100100, 0b10000000]);
const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
const png = Buffer.concat([signature, ...parts]);

const { width, height, channels, depth, data } = decode(png);
console.log(`fast-png: ${width} × ${height}, ${channels} channel, depth ${depth}, data [${data}]`);
const pixels = PNG.sync.read(png).data.filter((_, index) => index % 4 === 0);
console.log(`pngjs, red: [${Array.from(pixels)}]`);
PROGRAM
node "$work/run.mjs" | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
fast-png 8.0.0
pngjs 7.0.0
fast-png: 5 × 2, 1 channel, depth 2, data [27,64,228,128]
pngjs, red: [0,85,170,255,85,255,170,85,0,170]
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: fast-png or pngjs hands out grey samples below 8 bits otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
