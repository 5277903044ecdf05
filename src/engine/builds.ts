import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WasmBuilds } from './kernels';

/**
 * The two wasm builds from the folder that `scripts/wasm.mjs` writes, or undefined where they are not: then plain
 * TypeScript computes.
 */
export function readBuilds(folder: string): WasmBuilds | undefined {
  try {
    const [relaxed, simd128] = ['relaxed', 'simd128'].map(
      (name) => new Uint8Array(readFileSync(join(folder, `engine.${name}.wasm`))),
    );
    return { relaxed, simd128 };
  } catch {
    return undefined;
  }
}
