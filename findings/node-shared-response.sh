#!/usr/bin/env bash
# Guess: a view of shared memory is either bytes or an error wherever Node takes a view.
# What happens: Blob and createHash take it as its bytes, `crypto.subtle.digest` throws. `new Response` throws in Node
#   20 and 22, but Node 24 takes the view for something to be printed: four zero bytes become the seven characters
#   `0,0,0,0`, sent as text/plain, and no error.
# Seen with: Node 20.20.2, 22.23.5, 24.22.3.
# For us: our tensors lie in shared memory. Whatever leaves the program as bytes is copied out of it first.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
platform=$(node -p 'process.platform.replace("win32", "win") + "-" + process.arch')
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts "node20@npm:node-$platform@20.20.2" \
  "node22@npm:node-$platform@22.23.5" "node24@npm:node-$platform@24.22.3"

cat > "$work/run.mjs" <<'PROGRAM'
import { createHash, webcrypto } from 'node:crypto';

const bytes = new Uint8Array(new SharedArrayBuffer(4));

async function outcome(read) {
  try {
    return await read();
  } catch (error) {
    return error.name;
  }
}

console.log(`Node ${process.version}`);
console.log(`  Blob: ${await outcome(() => `${new Blob([bytes]).size} bytes`)}`);
const digest = (data) => createHash('sha256').update(data).digest('hex');
console.log(`  createHash: as of its bytes ${digest(bytes) === digest(bytes.slice())}`);
console.log(`  subtle.digest: ${await outcome(async () => String(await webcrypto.subtle.digest('SHA-256', bytes)))}`);
console.log(
  `  Response: ${await outcome(async () => {
    const response = new Response(bytes);
    return `${response.headers.get('content-type')} ${JSON.stringify(await response.text())}`;
  })}`,
);
PROGRAM
for version in 20 22 24; do
  "$work/node_modules/node$version/bin/node" --no-warnings "$work/run.mjs"
done | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
Node v20.20.2
  Blob: 4 bytes
  createHash: as of its bytes true
  subtle.digest: TypeError
  Response: TypeError
Node v22.23.5
  Blob: 4 bytes
  createHash: as of its bytes true
  subtle.digest: TypeError
  Response: TypeError
Node v24.22.3
  Blob: 4 bytes
  createHash: as of its bytes true
  subtle.digest: TypeError
  Response: text/plain;charset=UTF-8 "0,0,0,0"
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: Node takes views of shared memory otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
