#!/usr/bin/env bash
# Guess: bytes that were just read from a file belong to nobody else, so `postMessage(bytes, [bytes.buffer])` moves them
#   to another thread, whatever their number and whatever Node.
# What happens: `readFileSync` and `Buffer.concat` cut small results out of a pool that cannot be transferred. Node 20
#   then copies in silence; Node 22 and 24 throw DataCloneError, 22 below 4 KiB and 24 below 32 KiB, since its pool is
#   larger. In Node 24 small results of zlib come from the pool too. `fs.promises.readFile` and TextEncoder never do. A
#   test with a large file, or on Node 20, sees none of it.
# Seen with: Node 20.20.2, 22.23.5, 24.22.3 (V8 11.3, 12.4, 13.6).
# For us: tests run on Node 20, the extension host is Node 24. `freshCopy` takes its memory by `allocUnsafeSlow`, which
#   never comes from the pool; what a file or zlib gave is not put into a transfer list.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
platform=$(node -p 'process.platform.replace("win32", "win") + "-" + process.arch')
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts "node20@npm:node-$platform@20.20.2" \
  "node22@npm:node-$platform@22.23.5" "node24@npm:node-$platform@24.22.3"

cat > "$work/run.mjs" <<'PROGRAM'
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';

const file = new URL('bytes.bin', import.meta.url);

function outcome(bytes) {
  try {
    structuredClone(bytes, { transfer: [bytes.buffer] });
    return bytes.length === 0 ? 'moved' : 'copied';
  } catch (error) {
    return error.name;
  }
}

console.log(`Node ${process.version}`);
for (const size of [1000, 4096, 32_768]) {
  writeFileSync(file, new Uint8Array(size));
  const read = await readFile(file);
  console.log(`  ${size} bytes: readFileSync ${outcome(readFileSync(file))}, promises.readFile ${outcome(read)}`);
}
const piece = new Uint8Array(100);
console.log(`  Buffer.concat ${outcome(Buffer.concat([piece]))}, deflateSync ${outcome(deflateSync(piece))}`);
console.log(`  TextEncoder ${outcome(new TextEncoder().encode('text'))}`);
PROGRAM
for version in 20 22 24; do
  "$work/node_modules/node$version/bin/node" --no-warnings "$work/run.mjs"
done | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
Node v20.20.2
  1000 bytes: readFileSync copied, promises.readFile moved
  4096 bytes: readFileSync moved, promises.readFile moved
  32768 bytes: readFileSync moved, promises.readFile moved
  Buffer.concat copied, deflateSync moved
  TextEncoder moved
Node v22.23.5
  1000 bytes: readFileSync DataCloneError, promises.readFile moved
  4096 bytes: readFileSync moved, promises.readFile moved
  32768 bytes: readFileSync moved, promises.readFile moved
  Buffer.concat DataCloneError, deflateSync moved
  TextEncoder moved
Node v24.22.3
  1000 bytes: readFileSync DataCloneError, promises.readFile moved
  4096 bytes: readFileSync DataCloneError, promises.readFile moved
  32768 bytes: readFileSync moved, promises.readFile moved
  Buffer.concat DataCloneError, deflateSync DataCloneError
  TextEncoder moved
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: small results of files are moved between threads otherwise than they were.' >&2
  exit 1
}
echo 'As seen before.'
