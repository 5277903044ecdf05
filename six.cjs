// src/engine/builds.ts
var import_node_fs = require("node:fs");
var import_node_path = require("node:path");
function readBuilds(folder) {
  try {
    const [relaxed, simd128] = ["relaxed", "simd128"].map(
      (name) => new Uint8Array((0, import_node_fs.readFileSync)((0, import_node_path.join)(folder, `engine.${name}.wasm`)))
    );
    return { relaxed, simd128 };
  } catch {
    return void 0;
  }
}

// src/engine/kernels/webassembly.ts
var wasmApi = globalThis.WebAssembly;

// src/engine/kernels/instance.ts
function createMemory() {
  if (!wasmApi) throw new Error("This host has no WebAssembly.");
  return new wasmApi.Memory({ initial: 1, maximum: 65536, shared: true });
}
function compile(bytes) {
  if (!wasmApi) throw new Error("This host has no WebAssembly.");
  return new wasmApi.Module(bytes);
}
function instantiate(module2, memory2) {
  if (!wasmApi) throw new Error("This host has no WebAssembly.");
  return new wasmApi.Instance(module2, { env: { memory: memory2 } }).exports;
}
var TRIAL_DEPTH = 256;
var TRIAL_ROUNDS = 16;
var TRIAL_CALLS = 16;
var CLEARLY_SLOWER = 1.25;
function preferSixRows(wasm2, scratch, memory2) {
  const sites = scratch;
  const offsets = scratch + 64;
  const weights = offsets + 4 * TRIAL_DEPTH;
  const field = weights + 24 * TRIAL_DEPTH;
  const sums = field + 64;
  new Uint8Array(memory2.buffer, scratch, TRIAL_BYTES).fill(0);
  const time = (tile) => {
    const started = performance.now();
    for (let call = 0; call < TRIAL_CALLS; call++) tile(TRIAL_DEPTH, offsets, field, sites, weights, sums, 32, 1);
    return performance.now() - started;
  };
  let six = Infinity;
  let four = Infinity;
  for (let round = 0; round < TRIAL_ROUNDS; round++) {
    six = Math.min(six, time(wasm2.tile6F32));
    four = Math.min(four, time(wasm2.tile4F32));
  }
  return six / 6 <= CLEARLY_SLOWER * four / 4;
}
var TRIAL_BYTES = 64 + 28 * TRIAL_DEPTH + 64 + 6 * 32;

// ../../../tmp/engine/six.ts
var b = readBuilds(process.argv[2]);
var memory = createMemory();
var wasm = instantiate(compile(b.relaxed), memory);
var orig = performance.now.bind(performance);
var t = [];
performance.now = () => {
  const x = orig();
  t.push(x);
  return x;
};
var s = orig();
var r = preferSixRows(wasm, 1024, memory);
var e = orig();
var d = [];
for (let i = 0; i < t.length; i += 2) d.push(t[i + 1] - t[i]);
console.log(r, (e - s).toFixed(1), "six", d.filter((_, i) => i % 2 === 0).map((x) => (1e3 * x).toFixed(0)).join(" "), "four", d.filter((_, i) => i % 2).map((x) => (1e3 * x).toFixed(0)).join(" "));
