import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { bytesPerElement } from '../../core/tensor/tensor';
import { Arena } from './arena';
import { type BuildName, compile, createMemory, instantiate, type Precision, preferSixRows, TRIAL_BYTES, type WasmBuilds, type WasmExports } from './instance';
import { Keep } from './keep';
import type { Addresses, Floats, Operands, Route } from './route';
import { planRoute } from './routes';
import { createWatch, type Hooks } from './watch';

const KEPT_ROUTES = 64;
const KEPT_TABLES = 64 * 1024 * 1024;
const KEPT_WEIGHTS = 256 * 1024 * 1024;

interface KeptRoute {
  readonly route: Route;
  readonly at: number;
  readonly bytes: number;
}

interface KeptWeights {
  readonly version: number;
  readonly at: number;
  readonly bytes: number;
}

const planNames = new WeakMap<Plan, string>();

/** Equal for plans that compute alike. Remembered per plan: making it takes 2 µs. */
export function planKey(plan: Plan): string {
  let name = planNames.get(plan);
  if (name === undefined) {
    name = JSON.stringify([plan.kind, plan.paddingMode, plan.groups, plan.inputShape, plan.weightShape, plan.axes]);
    planNames.set(plan, name);
  }
  return name;
}

const floats = (dtype: Dtype, { buffer }: Arena, at: number, count: number): Floats =>
  dtype === 'float32' ? new Float32Array(buffer, at, count) : new Float64Array(buffer, at, count);

/** The wasm kernels over one memory: routes and packed weights kept, operands brought in where they are elsewhere. */
export class Machine {
  private readonly arena: Arena;
  private readonly wasm: WasmExports;
  private readonly withSixes: boolean;
  private readonly routes: Keep<KeptRoute>;
  private readonly weights: Keep<KeptWeights>;
  private scratch = { at: 0, bytes: 0 };

  constructor(builds: WasmBuilds, readonly build: BuildName) {
    const memory = createMemory();
    this.arena = new Arena(memory);
    this.wasm = instantiate(compile(builds[build]), memory);
    const free = ({ at }: { readonly at: number }): void => {
      this.arena.free(at);
    };
    this.routes = new Keep<KeptRoute>(KEPT_ROUTES, KEPT_TABLES, free);
    this.weights = new Keep<KeptWeights>(KEPT_ROUTES, KEPT_WEIGHTS, free);
    const trial = this.arena.allocate(TRIAL_BYTES);
    this.withSixes = preferSixRows(this.wasm, trial, memory);
    this.arena.free(trial);
  }

  /** Rows of the tile that is fastest here. */
  get tileRows(): number {
    return this.withSixes ? 6 : 4;
  }

  /** Bytes that a call takes at most, operands that stand elsewhere included. */
  bytesNeeded(plan: Plan, dtype: Dtype): number {
    const size = bytesPerElement(dtype);
    const route = planRoute(plan, dtype, this.withSixes);
    const operands = plan.batch * (plan.inputChannels * plan.inputArea + plan.outputChannels * plan.outputArea);
    const weights = plan.inputChannels * plan.outputPerGroup * plan.kernelArea;
    return (operands + weights + plan.outputChannels) * size + route.tableBytes + route.callBytes;
  }

  /** Values in the kernels' own memory: operands that stand here are not copied. */
  allocate(dtype: Dtype, count: number): Floats {
    return floats(dtype, this.arena, this.arena.allocate(count * bytesPerElement(dtype)), count);
  }

  release(values: Floats): void {
    if (this.arena.owns(values.buffer)) this.arena.free(values.byteOffset);
  }

  run(plan: Plan, { input, weight, bias, output }: Operands, hooks: Hooks): void {
    const dtype: Dtype = input instanceof Float32Array ? 'float32' : 'float64';
    const key = `${dtype} ${planKey(plan)}`;
    const route = this.routeOf(key, plan, dtype);
    const { arena } = this;
    const held = new Set<number>();
    const take = (bytes: number): number => {
      const at = arena.allocate(bytes);
      held.add(at);
      return at;
    };
    const bring = (values: Floats): number => {
      if (arena.owns(values.buffer)) return values.byteOffset;
      const at = take(values.byteLength);
      floats(dtype, arena, at, values.length).set(values);
      return at;
    };
    try {
      const name = hooks.weightKey && `${hooks.weightKey.id} ${key}`;
      const known = name === undefined ? undefined : this.weights.get(name);
      const fresh = known === undefined || known.version !== hooks.weightKey?.version;
      if (fresh && name !== undefined) this.weights.delete(name);
      const packed = fresh ? take(route.packedBytes) : known.at;
      const inside = arena.owns(output.buffer);
      const addresses: Addresses = {
        input: bring(input),
        weight: fresh ? bring(weight) : 0,
        bias: bias ? bring(bias) : 0,
        output: inside ? output.byteOffset : take(output.byteLength),
        packed,
        fresh,
        work: take(route.workBytes),
      };
      this.execute(route, dtype, addresses, hooks);
      if (!inside) output.set(floats(dtype, arena, addresses.output, output.length));
      if (fresh && hooks.weightKey && name !== undefined) {
        held.delete(packed);
        this.weights.set(name, { version: hooks.weightKey.version, at: packed, bytes: route.packedBytes });
      }
    } finally {
      for (const at of held) arena.free(at);
    }
  }

  private execute(route: Route, dtype: Dtype, addresses: Addresses, hooks: Hooks): void {
    const precision: Precision = dtype === 'float32' ? 'F32' : 'F64';
    if (this.scratch.bytes < route.scratchBytes) {
      this.arena.free(this.scratch.at);
      this.scratch = { at: this.arena.allocate(route.scratchBytes), bytes: route.scratchBytes };
    }
    const watch = createWatch(hooks, route.tasks);
    route.execute(addresses, this.arena.buffer, (name, descriptor, tasks) => {
      const job = this.wasm[`${name}${precision}`];
      for (let task = 0; task < tasks; task++) {
        job(descriptor, task, this.scratch.at);
        watch();
      }
    });
  }

  private routeOf(key: string, plan: Plan, dtype: Dtype): Route {
    const known = this.routes.get(key);
    if (known) return known.route;
    const { tableBytes, build } = planRoute(plan, dtype, this.withSixes);
    const at = this.arena.allocate(tableBytes);
    const route = build(this.arena.buffer, at, (from, count) => floats(dtype, this.arena, from, count));
    this.routes.set(key, { route, at, bytes: tableBytes });
    return route;
  }
}
