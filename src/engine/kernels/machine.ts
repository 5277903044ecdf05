import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { bytesPerElement } from '../../core/tensor/tensor';
import { Arena } from './arena';
import { type Borrowed, borrowing, dtypeOf, floatsAt } from './borrowing';
import { copyValues } from './copy';
import { CONTROL_BYTES, Crew, jobNames, type StartHelper } from './crew';
import { type BuildName, compile, createMemory, instantiate, type WasmBuilds, type WasmExports } from './instance';
import { Keep } from './keep';
import {
  CSR_COLUMNS_AT,
  CSR_POINTERS_AT,
  CSR_VALUES_AT,
  CSR_WEIGHT_AT,
  MEANS_WORDS,
  PRODUCT_WORDS,
  TALLY_WORDS,
} from './layout';
import type { Addresses, Floats, Operands, Perform, Route } from './route';
import { describeMeans, type MeansCall } from './means';
import { routeKey } from './planKey';
import { planRoute } from './routes';
import { type KeptMatrix, type MatrixShape, matrixTables, moveTables, performProduct } from './sparse';
import { describeTally, RESULT_BYTES, TALLY_SCRATCH, type TallyCall } from './tally';
import { isSixFaster, TRIAL_BYTES, warmTile } from './tuning';
import { createWatch, type Hooks, type InputKey, type TensorKey } from './watch';
import type { WasmMemory } from './webassembly';

const KEPT_ROUTES = 64;
const KEPT_TABLES = 64 * 1024 * 1024;
const KEPT_WEIGHTS = 256 * 1024 * 1024;
/**
 * Of all inputs together: to copy a larger one again takes little of the time that it takes to compute with it. Where
 * older ones were is memory that need not be taken from the system.
 */
const KEPT_INPUT = 64 * 1024 * 1024;

/** Threads that may help, and how the host starts one. */
export interface Helpers {
  readonly count: number;
  readonly start: StartHelper;
}

interface KeptRoute {
  readonly route: Route;
  readonly callBytes: number;
  readonly at: number;
  readonly bytes: number;
}

interface KeptValues {
  readonly version: number;
  readonly at: number;
  readonly bytes: number;
}

const inputName = ({ id, plane }: InputKey, dtype: Dtype): string => `input ${id} ${plane ?? 'all'} ${dtype}`;

/** Some 50 µs of writing: with fewer entries it is not worth waking the helpers. */
const isLong = (entries: number): boolean => entries >= 100_000;
/** Memory below this is kept, however idle. */
const WORTH_RETURNING = 64 * 1024 * 1024;
const PRODUCT_BYTES = 4 * PRODUCT_WORDS;

/** The wasm kernels over one memory: routes and packed weights kept, operands brought in where they are elsewhere. */
export class Machine {
  private readonly arena: Arena;
  private readonly wasm: WasmExports;
  private withSixes: boolean;
  private readonly memory: WasmMemory;
  private readonly routes: Keep<KeptRoute>;
  private readonly weights: Keep<KeptValues>;
  private readonly inputs: Keep<KeptValues>;
  private readonly crew: Crew | undefined;
  private scratch = { at: 0, pitch: 0 };

  constructor(
    builds: WasmBuilds,
    readonly build: BuildName,
    helpers?: Helpers,
    sixRows = true,
  ) {
    const memory = createMemory();
    this.memory = memory;
    const module = compile(builds[build]);
    this.arena = new Arena(memory);
    this.wasm = instantiate(module, memory);
    const free = ({ at }: { readonly at: number }): void => {
      this.arena.free(at);
    };
    this.routes = new Keep<KeptRoute>(KEPT_ROUTES, KEPT_TABLES, free);
    this.weights = new Keep<KeptValues>(KEPT_ROUTES, KEPT_WEIGHTS, free);
    this.inputs = new Keep<KeptValues>(KEPT_ROUTES, KEPT_INPUT, free);
    // Without fused multiply-adds a product needs one register more, so that the 6-row tile spills in every V8.
    this.withSixes = build === 'relaxed' && sixRows;
    this.withTrial((trial) => {
      warmTile(this.wasm, this.withSixes ? 6 : 4, trial, memory);
    });
    if (helpers && helpers.count > 0)
      this.crew = new Crew(module, memory, this.arena.allocate(CONTROL_BYTES), helpers.count, helpers.start);
  }

  /** Whether the memory has grown far beyond what is in use; it cannot shrink, only be replaced. */
  get isWasteful(): boolean {
    const needed = this.arena.used - this.weights.bytes - this.inputs.bytes;
    return this.arena.size > WORTH_RETURNING && this.arena.size > 4 * needed;
  }

  get size(): number {
    return this.arena.size;
  }

  owns(values: Floats): boolean {
    return this.arena.owns(values.buffer);
  }

  /** Ends the helper threads. */
  dispose(): void {
    this.crew?.end();
  }

  /** Whether layers were done here for which it may matter which tile is the faster one. */
  get usesTiles(): boolean {
    return this.build === 'relaxed' && this.weights.bytes > 0;
  }

  /** Has both tiles compiled, so that they can be timed some time later. */
  warmTiles(): void {
    this.withTrial((trial) => {
      for (const rows of [4, 6] as const) warmTile(this.wasm, rows, trial, this.memory);
    });
  }

  /** Times both tiles, and takes the faster one from now on. */
  timeTiles(): boolean {
    const sixRows = this.withTrial((trial) => isSixFaster(this.wasm, trial, this.memory));
    if (sixRows !== this.withSixes) {
      // Tables and packed weights are those of the other tile.
      this.routes.clear();
      this.weights.clear();
      this.withSixes = sixRows;
    }
    return sixRows;
  }

  private withTrial<Result>(run: (scratch: number) => Result): Result {
    return borrowing(this.arena, ({ take }) => run(take(TRIAL_BYTES)));
  }

  /** Bytes that a call takes at most, operands that stand elsewhere included. */
  bytesNeeded(plan: Plan, dtype: Dtype): number {
    const size = bytesPerElement(dtype);
    const known = this.routes.get(routeKey(plan, dtype, false));
    const { tableBytes, callBytes } = known
      ? { tableBytes: 0, callBytes: known.callBytes }
      : planRoute(plan, dtype, { withSixes: this.withSixes, direct: false });
    const operands = plan.batch * (plan.inputChannels * plan.inputArea + plan.outputChannels * plan.outputArea);
    const weights = plan.inputChannels * plan.outputPerGroup * plan.kernelArea;
    return (operands + weights + plan.outputChannels) * size + tableBytes + callBytes;
  }

  /** Values in the kernels' own memory: operands that stand here are not copied. */
  allocate(dtype: Dtype, count: number): Floats {
    return floatsAt(dtype, this.arena, this.arena.allocate(count * bytesPerElement(dtype)), count);
  }

  release(values: Floats): void {
    if (this.arena.owns(values.buffer)) this.arena.free(values.byteOffset);
  }

  run(plan: Plan, operands: Operands, hooks: Hooks): void {
    if (hooks.direct === true || !this.attempt(plan, operands, hooks, false)) this.attempt(plan, operands, hooks, true);
  }

  /** By the fastest route, or the fastest of the direct ones; whether it could. */
  private attempt(plan: Plan, { input, weight, bias, output }: Operands, hooks: Hooks, direct: boolean): boolean {
    const dtype = dtypeOf(input);
    const key = routeKey(plan, dtype, direct);
    const route = this.routeOf(key, plan, dtype, direct);
    const { arena } = this;
    return borrowing(arena, (borrowed) => {
      const field = this.fieldName(route, key, hooks);
      const ready = field === undefined ? undefined : this.weights.get(field.name);
      const isReady = ready !== undefined && ready.version === field?.version;
      if (field && !isReady) this.weights.delete(field.name);
      const at = field ? (isReady ? 0 : borrowed.bring(input, dtype)) : this.bringInput(input, dtype, hooks, borrowed);
      // A route that packs no weights reads them as they are each time, so that there is nothing to keep.
      const name = hooks.weightKey && route.packedBytes > 0 ? `${hooks.weightKey.id} ${key}` : undefined;
      const known = name === undefined ? undefined : this.weights.get(name);
      const fresh = known === undefined || known.version !== hooks.weightKey?.version;
      if (fresh && name !== undefined) this.weights.delete(name);
      const packed = fresh ? borrowed.take(route.packedBytes) : known.at;
      const inside = arena.owns(output.buffer) && dtypeOf(output) === dtype;
      const addresses: Addresses = {
        input: at,
        weight: fresh ? borrowed.bring(weight, dtype) : 0,
        bias: bias ? borrowed.bring(bias, dtype) : 0,
        output: inside ? output.byteOffset : borrowed.take(output.length * bytesPerElement(dtype)),
        packed,
        fresh,
        work: isReady ? ready.at : borrowed.take(route.workBytes),
        isReady,
      };
      const done = this.execute(route, dtype, addresses, hooks);
      if (done && !inside) copyValues(floatsAt(dtype, arena, addresses.output, output.length), output);
      const keep = (as: string, version: number, stands: number, bytes: number): void => {
        borrowed.keep(stands);
        this.weights.set(as, { version, at: stands, bytes });
      };
      if (fresh && hooks.weightKey && name !== undefined)
        keep(name, hooks.weightKey.version, packed, route.packedBytes);
      if (field && !isReady) keep(field.name, field.version, addresses.work, route.workBytes);
      return done;
    });
  }

  /**
   * Under which name a route's field is kept: where the input is some planes of a tensor, which stay the same from edit
   * to edit of the weights.
   */
  private fieldName(
    { workBytes, isWorkField }: Route,
    key: string,
    { inputKey }: Hooks,
  ): { readonly name: string; readonly version: number } | undefined {
    if (inputKey?.plane === undefined || !isWorkField || workBytes > KEPT_INPUT) return undefined;
    return { name: `field ${inputKey.id} ${inputKey.plane} ${key}`, version: inputKey.version };
  }

  /** The sparse matrix C of a plan that can be stamped, built where products with it are done. */
  matrix(plan: Plan, shape: MatrixShape, weight: Floats, hooks: Hooks): KeptMatrix {
    const dtype = dtypeOf(weight);
    const { arena } = this;
    const { rows, columns, entries } = shape;
    const tables = matrixTables(plan, shape);
    const { words, tasks, scratchBytes } = tables;
    return borrowing(arena, ({ take, bring, keep }) => {
      const at = take(words.byteLength);
      moveTables(tables, at);
      const pointersAt = take(4 * (rows + 1));
      const columnsAt = take(4 * entries);
      const valuesAt = take(bytesPerElement(dtype) * entries);
      words[CSR_WEIGHT_AT] = bring(weight, dtype);
      words[CSR_POINTERS_AT] = pointersAt;
      words[CSR_COLUMNS_AT] = columnsAt;
      words[CSR_VALUES_AT] = valuesAt;
      this.reserveScratch(scratchBytes);
      new Int32Array(arena.buffer, at, words.length).set(words);
      this.performer(dtype, createWatch(hooks, tasks), isLong(entries))('csr', at, tasks);
      const rowPointers = new Uint32Array(arena.buffer, pointersAt, rows + 1);
      rowPointers[rows] = entries;
      const kept = [pointersAt, columnsAt, valuesAt];
      kept.forEach(keep);
      return {
        rows,
        columns,
        rowPointers,
        columnIndices: new Uint32Array(arena.buffer, columnsAt, entries),
        values: floatsAt(dtype, arena, valuesAt, entries),
        release: () => {
          for (const each of kept) arena.free(each);
        },
      };
    });
  }

  /** Whether a matrix stands in this memory. */
  has(matrix: KeptMatrix): boolean {
    return this.arena.owns(matrix.values.buffer);
  }

  /** `C·from` into `to`, or, transposed, `Cᵀ·from`; the dtype is the matrix's. */
  product(matrix: KeptMatrix, from: Floats, to: Floats, transposed: boolean, hooks: Hooks): void {
    const dtype = dtypeOf(matrix.values);
    const { arena } = this;
    borrowing(arena, ({ take, bring }) => {
      const at = take(PRODUCT_BYTES);
      const fromAt = bring(from, dtype);
      const inside = arena.owns(to.buffer) && dtypeOf(to) === dtype;
      const toAt = inside ? to.byteOffset : take(to.length * bytesPerElement(dtype));
      const target = floatsAt(dtype, arena, toAt, to.length);
      if (transposed) target.fill(0);
      this.reserveScratch(1);
      performProduct(
        matrix,
        transposed,
        fromAt,
        toAt,
        arena.buffer,
        at,
        this.performer(dtype, createWatch(hooks, matrix.rows), isLong(matrix.values.length)),
      );
      if (!inside) copyValues(target, to);
    });
  }

  /** The address of an input, whose copy stays here for the next call: most edits are of something else. */
  private bringInput(values: Floats, dtype: Dtype, { inputKey }: Hooks, borrowed: Borrowed): number {
    const bytes = values.length * bytesPerElement(dtype);
    if (!inputKey || bytes > KEPT_INPUT || (this.arena.owns(values.buffer) && dtypeOf(values) === dtype))
      return borrowed.bring(values, dtype);
    const name = inputName(inputKey, dtype);
    const known = this.inputs.get(name);
    if (known?.version === inputKey.version && known.bytes === bytes) return known.at;
    this.inputs.delete(name);
    const at = borrowed.bring(values, dtype);
    borrowed.keep(at);
    this.inputs.set(name, { version: inputKey.version, at, bytes });
    return at;
  }

  /** The copy of an input that stays here, if it is of this version. */
  copyOf(values: Floats, key: TensorKey): Floats | undefined {
    const dtype = dtypeOf(values);
    const known = this.inputs.get(inputName(key, dtype));
    if (known?.version !== key.version || known.bytes !== values.byteLength) return undefined;
    return floatsAt(dtype, this.arena, known.at, values.length);
  }

  /** Does a job of statistics on all blocks of these values; its results, one block after another. */
  tally(call: TallyCall): ArrayBuffer {
    const { arena } = this;
    const tasks = Math.ceil(call.data.length / call.block);
    const bytes = RESULT_BYTES[call.job] * tasks;
    return borrowing(arena, ({ take, bring }) => {
      const at = take(4 * TALLY_WORDS);
      const to = take(bytes);
      const data = bring(call.data, 'float32');
      this.reserveScratch(TALLY_SCRATCH);
      describeTally(arena.buffer, at, call, data, to);
      this.performer('float32', createWatch({}, tasks), isLong(call.data.length))(call.job, at, tasks);
      return new Uint8Array(arena.buffer, to, bytes).slice().buffer;
    });
  }

  /** Sums of rows, column by column; they stay as they are until the machine is asked for something else. */
  sumRows(call: MeansCall): Float64Array {
    const { arena } = this;
    const tasks = call.edges.length - 1;
    return borrowing(arena, ({ take, bring }) => {
      const at = take(4 * MEANS_WORDS);
      const edges = take(call.edges.byteLength);
      const results = take(8 * tasks * call.columns);
      const data = bring(call.data, 'float32');
      describeMeans(arena.buffer, at, call, { data, edges, results });
      this.performer('float32', createWatch({}, tasks), isLong(call.data.length))('means', at, tasks);
      return new Float64Array(arena.buffer, results, tasks * call.columns);
    });
  }

  private execute(route: Route, dtype: Dtype, addresses: Addresses, hooks: Hooks): boolean {
    this.reserveScratch(route.scratchBytes);
    return route.execute(
      addresses,
      this.arena.buffer,
      this.performer(dtype, createWatch(hooks, route.tasks), route.shared),
    );
  }

  /** Does a stage's tasks, with the helpers where `shared` says that this is worth waking them. */
  private performer(dtype: Dtype, watch: (advanced: number) => void, shared: boolean): Perform {
    const { scratch, crew } = this;
    return (name, descriptor, tasks) => {
      const full = `${name}${dtype === 'float32' ? 'F32' : 'F64'}` as const;
      const job = this.wasm[full];
      if (!job) throw new Error(`There is no kernel ${full}.`);
      watch(0);
      // Blocks of a transposed product write to the same places.
      if (crew && shared && tasks > 1 && name !== 'productTransposed') {
        const run = (task: number): void => {
          job(descriptor, task, scratch.at);
        };
        crew.perform(jobNames(this.wasm).indexOf(full), descriptor, tasks, scratch, run, watch);
        return;
      }
      for (let task = 0; task < tasks; task++) {
        job(descriptor, task, scratch.at);
        watch(1);
      }
    };
  }

  /** One piece of scratch per thread, whole cache lines apart. */
  private reserveScratch(bytes: number): void {
    if (this.scratch.pitch >= bytes) return;
    this.arena.free(this.scratch.at);
    const pitch = 128 * Math.ceil(bytes / 128);
    this.scratch = { at: this.arena.allocate(pitch * (this.crew?.size ?? 1)), pitch };
  }

  private routeOf(key: string, plan: Plan, dtype: Dtype, direct: boolean): Route {
    const known = this.routes.get(key);
    if (known) return known.route;
    const { tableBytes, callBytes, build } = planRoute(plan, dtype, { withSixes: this.withSixes, direct });
    const at = this.arena.allocate(tableBytes);
    const route = build(this.arena.buffer, at, (from, count) => floatsAt(dtype, this.arena, from, count));
    this.routes.set(key, { route, callBytes, at, bytes: tableBytes });
    return route;
  }
}
