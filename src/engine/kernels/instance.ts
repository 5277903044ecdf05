import { wasmApi, type WasmMemory, type WasmModule } from './webassembly';

/** One job of a stage: the same form for every kernel. */
export type Job = (descriptor: number, task: number, scratch: number) => void;
export type JobName =
  | 'dense'
  | 'pack'
  | 'field'
  | 'winograd'
  | 'winogradEven'
  | 'winogradPack'
  | 'winogradSpread'
  | 'stencil'
  | 'double'
  | 'stretch'
  | 'vector'
  | 'vectorPack'
  | 'csr'
  | 'product'
  | 'productTransposed'
  | 'measure'
  | 'sort'
  | 'means';
export type Precision = 'F32' | 'F64';

type Tile = (
  depth: number,
  offsets: number,
  field: number,
  sites: number,
  weights: number,
  sums: number,
  pitch: number,
  fresh: number,
) => void;

/** Jobs of float32 alone, see planarRoute.ts, winograd.ts, tally.ts and means.ts. */
type NoJob =
  `${'double' | 'winograd' | 'winogradEven' | 'winogradPack' | 'winogradSpread' | 'measure' | 'sort' | 'means'}F64`;
type ExportedJob = Exclude<`${JobName}${Precision}`, NoJob>;

export type WasmExports = Readonly<
  Record<ExportedJob, Job> & Partial<Record<NoJob, Job>> & Record<`tile${4 | 6}${Precision}`, Tile>
>;

/** The two builds; the host reads the files, so that the engine knows no file system. */
export interface WasmBuilds {
  readonly relaxed: Uint8Array<ArrayBuffer>;
  readonly simd128: Uint8Array<ArrayBuffer>;
}

export type BuildName = keyof WasmBuilds;

/** The fastest build that this machine takes, or undefined where there is no WebAssembly SIMD at all. */
export function chooseBuild(builds: WasmBuilds | undefined): BuildName | undefined {
  if (!builds || !wasmApi) return undefined;
  if (wasmApi.validate(builds.relaxed)) return 'relaxed';
  return wasmApi.validate(builds.simd128) ? 'simd128' : undefined;
}

/** Memory that all threads of one engine share; 65,536 pages are reserved, not taken. */
export function createMemory(): WasmMemory {
  if (!wasmApi) throw new Error('This host has no WebAssembly.');
  return new wasmApi.Memory({ initial: 1, maximum: 65_536, shared: true });
}

export function compile(bytes: Uint8Array): WasmModule {
  if (!wasmApi) throw new Error('This host has no WebAssembly.');
  return new wasmApi.Module(bytes);
}

export function instantiate(module: WasmModule, memory: WasmMemory): WasmExports {
  if (!wasmApi) throw new Error('This host has no WebAssembly.');
  return new wasmApi.Instance(module, { env: { memory } }).exports as WasmExports;
}

const TRIAL_DEPTH = 256;
const TRIAL_ROUNDS = 16;
const TRIAL_CALLS = 16;
/**
 * A tile whose registers spill runs at half speed, so a smaller difference is noise: other threads run while this is
 * timed.
 */
const CLEARLY_SLOWER = 1.25;

/**
 * Whether the 6-row tile is the faster one on this machine (docs/decisions/0008). Both tiles are timed in turn on the
 * same product in L1, and the best of a few runs counts: about two milliseconds together. That also makes V8 compile
 * both in full early.
 */
export function preferSixRows(wasm: WasmExports, scratch: number, memory: WasmMemory): boolean {
  const sites = scratch;
  const offsets = scratch + 64;
  const weights = offsets + 4 * TRIAL_DEPTH;
  const field = weights + 24 * TRIAL_DEPTH;
  const sums = field + 64;
  new Uint8Array(memory.buffer, scratch, TRIAL_BYTES).fill(0);
  const time = (tile: Tile): number => {
    const started = performance.now();
    for (let call = 0; call < TRIAL_CALLS; call++) tile(TRIAL_DEPTH, offsets, field, sites, weights, sums, 32, 1);
    return performance.now() - started;
  };
  let six = Infinity;
  let four = Infinity;
  for (let round = 0; round < TRIAL_ROUNDS; round++) {
    six = Math.min(six, time(wasm.tile6F32));
    four = Math.min(four, time(wasm.tile4F32));
  }
  return six / 6 <= (CLEARLY_SLOWER * four) / 4;
}

/** Bytes of scratch that the trial uses: sites, offsets, weights, one vector of field, sums of six rows. */
export const TRIAL_BYTES = 64 + 28 * TRIAL_DEPTH + 64 + 6 * 32;
