// What the extension costs a window without Python: loaded and activated in a fresh process, with a stand-in for VS
// Code that answers everything with nothing. Argument: the built extension. Prints JSON. Started by
// scripts/bench-idle.mjs.
import Module from 'node:module';
import { cpuUsage, memoryUsage } from 'node:process';
import threads from 'node:worker_threads';

/** Can be called, constructed, read and iterated; holds nothing. */
function nothing(): object {
  const known = new Map<string | symbol, unknown>();
  const made: object = new Proxy(function () {}, {
    get(target, name) {
      if (name === 'then') return undefined;
      if (name === 'prototype') return target.prototype as unknown;
      if (name === 'length') return 0;
      if (name === Symbol.iterator) return [][Symbol.iterator];
      if (name === Symbol.toPrimitive) return () => '';
      if (!known.has(name)) known.set(name, nothing());
      return known.get(name);
    },
    apply: () => nothing(),
    construct: (_target, _given, of) => (of === made ? nothing() : (Object.create(of.prototype as object) as object)),
    set: (_target, name, value) => {
      known.set(name, value);
      return true;
    },
    // A bundle copies the names that it finds, of which there are none, over an object with this prototype.
    getPrototypeOf: () => made,
  });
  return made;
}

let started = 0;
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    started++;
  }
};
const loader = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown };
const load = loader._load.bind(Module);
const vscode = nothing();
loader._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));

interface Extension {
  activate(context: unknown): unknown;
}
const used = (): number => {
  globalThis.gc?.();
  return memoryUsage().heapUsed / 2 ** 20;
};
const SETTLED_MS = 1000;

async function main(): Promise<void> {
  const heap = used();
  const before = cpuUsage();
  const begun = performance.now();
  const extension = Module.createRequire(__filename)(process.argv[2]) as Extension;
  await extension.activate(nothing());
  const milliseconds = performance.now() - begun;
  const { user, system } = cpuUsage(before);
  await new Promise((done) => setTimeout(done, SETTLED_MS));
  const result = { milliseconds, processor: (user + system) / 1000, heap: used() - heap, threads: started };
  process.stdout.write(JSON.stringify(result));
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
