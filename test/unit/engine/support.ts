import { setFlagsFromString } from 'node:v8';
import { readBuilds } from '../../../src/engine/builds';
import type { WasmBuilds } from '../../../src/engine/kernels';

// Node 22 and VS Code have relaxed SIMD; in Node 20 it lies behind a flag, and the build for it is tested there all the
// same.
if (process.version.startsWith('v20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

/** The builds that `npm run build` made. */
export function builds(): WasmBuilds {
  const read = readBuilds('dist');
  if (!read) throw new Error('dist holds no wasm: run `npm run build` first.');
  return read;
}
