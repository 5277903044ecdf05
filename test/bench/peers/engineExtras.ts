// What is measured of the engine alone: the peak of this machine's wasm, round trips, the matrix C.
import { join } from 'node:path';
import type { Dtype, Operation } from '../../../src/core/operation';
import { resolve } from '../../../src/core/plan';
import { EngineClient } from '../../../src/engine/client';
import type { Kernels } from '../../../src/engine/kernels';
import { compile, createMemory, instantiate } from '../../../src/engine/kernels/instance';
import { drawn } from '../data';
import type { Peer } from './serve';

const median = (values: readonly number[]): number => percentile(values, 0.5);
const percentile = (values: readonly number[], part: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

const SMALL: Operation = { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [1, 1], outputPadding: [1, 1] };
const SMALL_LIMIT = 1 << 20;

/** The tiny case through the worker and back, one request after another, as the extension asks it. */
async function roundTrip(): Promise<Record<string, number>> {
  const client = new EngineClient({ script: join(process.cwd(), 'dist', 'worker.js') });
  const input = { dtype: 'float32' as const, shape: [1, 1, 4, 4], data: drawn(16, 1) };
  const weight = { dtype: 'float32' as const, shape: [1, 1, 3, 3], data: drawn(9, 2) };
  const ask = (): Promise<unknown> => client.compute({ op: SMALL, input, weight, limit: SMALL_LIMIT });
  for (let warm = 0; warm < 500; warm++) await ask();
  const times: number[] = [];
  for (let i = 0; i < 3000; i++) {
    const started = performance.now();
    await ask();
    times.push((performance.now() - started) * 1000);
  }
  await client.dispose();
  return { p50: median(times), p99: percentile(times, 0.99) };
}

/** One channel 1024², k3, no padding: C has 9.4 million entries. */
function matrix(kernels: Kernels): Record<string, number> {
  const plan = resolve({ kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [0, 0] }, [1, 1, 1024, 1024], [1, 1, 3, 3]);
  if (!plan.ok) throw new Error('The plan of the matrix is not legal.');
  const weight = drawn(9, 3);
  const x = kernels.allocate('float32', 1024 * 1024);
  x.set(drawn(x.length, 4));
  const builds: number[] = [];
  const products: number[] = [];
  for (let round = 0; round < 9; round++) {
    const started = performance.now();
    const made = kernels.matrix(plan.plan, weight);
    builds.push(performance.now() - started);
    const y = kernels.allocate('float32', made.rows);
    kernels.product(made, x, y, false);
    for (let i = 0; i < 3; i++) {
      const begun = performance.now();
      kernels.product(made, x, y, false);
      products.push(performance.now() - begun);
    }
    kernels.release(y);
    made.release();
  }
  kernels.release(x);
  return { build: median(builds.slice(1)), product: median(products) };
}

const DEPTH = 256;
const PEAK_ROUNDS = 40;
const PEAK_CALLS = 40;

/** The largest rate of multiply-adds that this build reaches in L1, by the better of its two tiles: median of rounds, in GFLOP/s. */
function peak(build: Uint8Array, dtype: Dtype): () => Record<string, number> {
  const memory = createMemory();
  const wasm = instantiate(compile(build), memory);
  const tiles = dtype === 'float32' ? ([[6, wasm.tile6F32], [4, wasm.tile4F32]] as const) : ([[6, wasm.tile6F64], [4, wasm.tile4F64]] as const);
  const perCall = 2 * DEPTH * (dtype === 'float32' ? 8 : 4);
  return () => {
    const rates = tiles.map(([rows, tile]) => {
      const times = Array.from({ length: PEAK_ROUNDS }, () => {
        const started = performance.now();
        // Offsets, weights and field in 16 KB that are all zeros; sums behind them.
        for (let call = 0; call < PEAK_CALLS; call++) tile(DEPTH, 4096, 8192, 4096, 8192, 20_480, 32, 1);
        return performance.now() - started;
      });
      return (perCall * rows * PEAK_CALLS) / median(times) / 1e6;
    });
    return { gflops: Math.max(...rates) };
  };
}

export function engineExtras(kernels: Kernels, build: Uint8Array, dtype: Dtype): Peer['extras'] {
  return {
    peak: peak(build, dtype),
    roundTrip,
    matrix: () => matrix(kernels),
  };
}
