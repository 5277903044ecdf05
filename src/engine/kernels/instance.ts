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
