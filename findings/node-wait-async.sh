#!/usr/bin/env bash
# Guess: a program that awaits `Atomics.waitAsync(…, 500)` is alive until the answer comes, at the latest after half a
#   second, as it is for a timer or a read.
# What happens: the wait does not hold the process. With nothing else to do Node ends at once: the promise is never
#   settled, no `finally` runs, and at the top level of a module the exit code is 13. One timer beside it, and it works,
#   so a larger program or a test never shows it.
# Seen with: Node 20.20.2, 22.23.5, 24.22.3.
# For us: a thread that waits for shared memory holds itself alive by its port, or by a timer of its own.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
platform=$(node -p 'process.platform.replace("win32", "win") + "-" + process.arch')
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts "node20@npm:node-$platform@20.20.2" \
  "node22@npm:node-$platform@22.23.5" "node24@npm:node-$platform@24.22.3"

cat > "$work/run.mjs" <<'PROGRAM'
const cell = new Int32Array(new SharedArrayBuffer(4));
const keep = process.argv[2] === 'timer' ? setTimeout(() => {}, 5000) : undefined;
try {
  console.log(`  answered: ${await Atomics.waitAsync(cell, 0, 0, 200).value}`);
  clearTimeout(keep);
} finally {
  console.log('  finally ran');
}
PROGRAM
for version in 20 22 24; do
  node="$work/node_modules/node$version/bin/node"
  for beside in nothing timer; do
    echo "Node $("$node" --version), $beside beside it"
    code=0
    "$node" --no-warnings "$work/run.mjs" "$beside" 2> /dev/null || code=$?
    echo "  exit code $code"
  done
done | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
Node v20.20.2, nothing beside it
  exit code 13
Node v20.20.2, timer beside it
  answered: timed-out
  finally ran
  exit code 0
Node v22.23.5, nothing beside it
  exit code 13
Node v22.23.5, timer beside it
  answered: timed-out
  finally ran
  exit code 0
Node v24.22.3, nothing beside it
  exit code 13
Node v24.22.3, timer beside it
  answered: timed-out
  finally ran
  exit code 0
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: a wait for shared memory keeps Node alive otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
