// What is measured of the engine alone: the peak of this machine's wasm, round trips, the matrix C.
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Dtype, Operation } from '../../../src/core/operation';
import { resolve } from '../../../src/core/plan';
import { EngineClient } from '../../../src/engine/client';
import { createKernels, type Kernels } from '../../../src/engine/kernels';
import { compile, createMemory, instantiate } from '../../../src/engine/kernels/instance';
import { sharing } from '../../../src/engine/sharing';
import { engineStarter } from '../../../src/engine/start';
import { drawn } from '../drawn';
import { count, planOf, WORKLOADS } from '../workloads';
import { edits } from './edits';
import type { Peer } from './serve';

const median = (values: readonly number[]): number => percentile(values, 0.5);
const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

const SMALL: Operation = {
  kind: 'convTranspose',
  stride: [2, 2],
  dilation: [1, 1],
  padding: [1, 1],
  outputPadding: [1, 1],
};
const SMALL_LIMIT = 1 << 20;

/** The tiny case through the worker and back, one request after another, as the extension asks it. */
async function roundTrip(): Promise<Record<string, number>> {
  const client = new EngineClient({
    start: engineStarter(join(process.cwd(), 'dist', 'worker.js')),
    crossing: sharing,
  });
  const input = { dtype: 'float32' as const, shape: [1, 1, 4, 4], data: drawn(16, 1) };
  const weight = { dtype: 'float32' as const, shape: [1, 1, 3, 3], data: drawn(9, 2) };
  const ask = (): Promise<unknown> => client.compute({ op: SMALL, input, weight, limit: SMALL_LIMIT });
  const times = await timesOf(ask);
  await client.dispose();
  return times;
}

/** A message to a thread that does nothing and back: what no way through a thread can be below. */
async function pingPong(): Promise<Record<string, number>> {
  const worker = new Worker(
    "require('node:worker_threads').parentPort.on('message', function (m) { this.postMessage(m); })",
    {
      eval: true,
    },
  );
  const ask = (): Promise<unknown> => {
    const answer = once(worker, 'message');
    worker.postMessage({ id: 1, method: 'compute' });
    return answer;
  };
  const times = await timesOf(ask);
  await worker.terminate();
  return times;
}

/** One request after another, in µs. */
async function timesOf(ask: () => Promise<unknown>): Promise<Record<string, number>> {
  for (let warm = 0; warm < 500; warm++) await ask();
  const times: number[] = [];
  for (let i = 0; i < 3000; i++) {
    const started = performance.now();
    await ask();
    times.push((performance.now() - started) * 1000);
  }
  return { p50: median(times), p99: percentile(times, 0.99) };
}

/** One channel 1024², k3, no padding: C has 9.4 million entries. */
function matrix(kernels: Kernels): Record<string, number> {
  const plan = resolve(
    { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [0, 0] },
    [1, 1, 1024, 1024],
    [1, 1, 3, 3],
  );
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

/**
 * As deep as L1 has room for weights and offsets, which are read again and again: the beginning and the end of a call
 * then hardly count.
 */
const PEAK_DEPTH = 1000;
const PEAK_ROUNDS = 60;
const PEAK_CALLS = 10;

/**
 * The largest rate of multiply-adds that this build reaches, in GFLOP/s: the better of its two tiles on operands in L1,
 * fastest of the rounds. A layer done product by product cannot be faster; one that saves products can.
 */
function peak(build: Uint8Array, dtype: Dtype): () => Record<string, number> {
  const memory = createMemory();
  const wasm = instantiate(compile(build), memory);
  const single = dtype === 'float32';
  const tiles = single
    ? ([
        [6, wasm.tile6F32],
        [4, wasm.tile4F32],
      ] as const)
    : ([
        [6, wasm.tile6F64],
        [4, wasm.tile4F64],
      ] as const);
  // float64 takes twice the room.
  const depth = single ? PEAK_DEPTH : PEAK_DEPTH / 2;
  const perCall = 2 * depth * (single ? 8 : 4);
  return () => {
    const rates = tiles.map(([rows, tile]) => {
      const times = Array.from({ length: PEAK_ROUNDS }, () => {
        const started = performance.now();
        // Offsets at 4 KB, weights and the one vector of field behind them, then sums: zeros, all of it.
        for (let call = 0; call < PEAK_CALLS; call++) tile(depth, 4096, 8192, 4096, 8192, 36_864, 32, 1);
        return performance.now() - started;
      });
      return (perCall * rows * PEAK_CALLS) / Math.min(...times) / 1e6;
    });
    return { gflops: Math.max(...rates) };
  };
}

/** MiB that an engine of its own takes beyond operands and output, for each layer, packing included. */
function held(build: Uint8Array<ArrayBuffer>): Record<string, number> {
  return Object.fromEntries(
    WORKLOADS.map((work) => {
      const kernels = createKernels({ relaxed: build, simd128: build });
      const plan = planOf(work);
      const [input, weight] = [new Float32Array(count(work.inputShape)), new Float32Array(count(work.weightShape))];
      const output = kernels.allocate('float32', count(plan.outputShape));
      kernels.run(plan, { input, weight, output }, { weightKey: { id: 1, version: 1 } });
      const operands = input.byteLength + weight.byteLength + output.byteLength;
      return [work.name, (kernels.size - operands) / 2 ** 20];
    }),
  );
}

export function engineExtras(kernels: Kernels, build: Uint8Array<ArrayBuffer>, dtype: Dtype): Peer['extras'] {
  return {
    peak: peak(build, dtype),
    roundTrip,
    pingPong,
    matrix: () => matrix(kernels),
    edits: () => edits(kernels),
    held: () => held(build),
  };
}
