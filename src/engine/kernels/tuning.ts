import type { WasmExports } from './instance';
import type { WasmMemory } from './webassembly';

/** What is the faster way on a machine, as far as it was timed there. */
export interface Tuning {
  /** Whether the register tile of six rows is faster than that of four (docs/decisions/0008). */
  readonly sixRows: boolean;
}

const DEPTH = 256;
const CALLS = 16;
/** Some 0.5 ms: about as long as V8 lets code run before it compiles it in full, in a thread of its own. */
const ROUNDS = 16;
/**
 * A tile whose registers spill runs at half speed, so a smaller difference is noise: other threads run while this is
 * timed.
 */
const CLEARLY_SLOWER = 1.25;

/** Bytes of scratch that a trial uses: sites, offsets, weights, one vector of field, sums of six rows. */
export const TRIAL_BYTES = 64 + 28 * DEPTH + 64 + 6 * 32;

/** The milliseconds of some calls of a tile on operands in L1, the least of some rounds. */
function timed(wasm: WasmExports, rows: 4 | 6, scratch: number, memory: WasmMemory): number {
  const tile = rows === 6 ? wasm.tile6F32 : wasm.tile4F32;
  const offsets = scratch + 64;
  const weights = offsets + 4 * DEPTH;
  const field = weights + 24 * DEPTH;
  new Uint8Array(memory.buffer, scratch, TRIAL_BYTES).fill(0);
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    for (let call = 0; call < CALLS; call++) tile(DEPTH, offsets, field, scratch, weights, field + 64, 32, 1);
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

/** Has a tile compiled in full, which takes a while: the first layer then need not wait for that. */
export function warmTile(wasm: WasmExports, rows: 4 | 6, scratch: number, memory: WasmMemory): void {
  timed(wasm, rows, scratch, memory);
}

/**
 * Whether the tile of six rows is the faster one. Means something once both are compiled in full: before that V8 may
 * have compiled the one and not yet the other, which is three times as slow.
 */
export const isSixFaster = (wasm: WasmExports, scratch: number, memory: WasmMemory): boolean =>
  timed(wasm, 6, scratch, memory) / 6 <= (CLEARLY_SLOWER * timed(wasm, 4, scratch, memory)) / 4;
