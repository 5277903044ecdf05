#!/usr/bin/env bash
# Guess: a function exported from AssemblyScript as `(value: f32, by: f32 = 2)` can be called from JavaScript with one
#   or two numbers; at worst a missing one arrives as NaN or 0.
# What happens: called on the instance itself it traps with `unreachable`, with one number and with two. The module has
#   to be told first how many arguments come, by an export of its own, `__setArgumentsLength`. It keeps that number:
#   after 1 was said, a second argument is ignored, silently, in every later call. The generated bindings hide all of
#   it.
# Seen with: assemblyscript 0.28.20.
# For us: kernels are instantiated without bindings, so no exported function of src/engine/wasm has a default argument.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --silent --ignore-scripts assemblyscript@0.28.20

cat > "$work/run.mjs" <<'PROGRAM'
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const source = 'export function shifted(value: f32, by: f32 = 2): f32 { return value + by; }';
const { error, binary } = await asc.compileString(source, { runtime: 'stub', optimizeLevel: 3 });
if (error) throw error;
const { version } = JSON.parse(readFileSync(new URL('node_modules/assemblyscript/package.json', import.meta.url)));
console.log(`assemblyscript ${version}`);

const { instance } = await WebAssembly.instantiate(binary, { env: { abort() {} } });
const { shifted, __setArgumentsLength } = instance.exports;

function outcome(call) {
  try {
    return call();
  } catch (trap) {
    return `${trap.name}: ${trap.message}`;
  }
}

console.log(`shifted(1): ${outcome(() => shifted(1))}`);
console.log(`shifted(1, 5): ${outcome(() => shifted(1, 5))}`);
__setArgumentsLength(2);
console.log(`after __setArgumentsLength(2), shifted(1, 5): ${outcome(() => shifted(1, 5))}`);
__setArgumentsLength(1);
console.log(`after __setArgumentsLength(1), shifted(1, 5): ${outcome(() => shifted(1, 5))}`);
PROGRAM
node "$work/run.mjs" | tee "$work/seen"

cat > "$work/expected" <<'EXPECTED'
assemblyscript 0.28.20
shifted(1): RuntimeError: unreachable
shifted(1, 5): RuntimeError: unreachable
after __setArgumentsLength(2), shifted(1, 5): 6
after __setArgumentsLength(1), shifted(1, 5): 3
EXPECTED
diff "$work/expected" "$work/seen" || {
  echo 'CHANGED: an export with a default argument behaves otherwise than it did.' >&2
  exit 1
}
echo 'As seen before.'
