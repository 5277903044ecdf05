import type { WasmExports } from './instance';
import type { WasmMemory, WasmModule } from './webassembly';

/** What a helper thread is started with. */
export interface HelperOrders {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  /** Address of the control words that follow. */
  readonly control: number;
  /** 1, 2, … ; 0 is the calling thread. */
  readonly index: number;
}

/** Starts one helper; returns what ends it. The host decides what a thread is. */
export type StartHelper = (orders: HelperOrders) => () => void;

// Control words, in shared memory, all read and written atomically.
/** Counts the stages that were opened: what sleeping helpers wait on. */
const STAGE = 0;
const OPEN = 1;
/** Helpers that are inside an open stage. */
const INSIDE = 2;
const JOB = 3;
const DESCRIPTOR = 4;
const TASKS = 5;
/** The next task that nobody has claimed. */
const NEXT = 6;
const SCRATCH = 7;
const SCRATCH_PITCH = 8;
const FAILED = 9;
const WORDS = 10;
export const CONTROL_BYTES = 4 * WORDS;

/** After a stage a helper looks for the next one this long before it sleeps: waking takes some 50 µs, a look 0.1. */
const SPIN_MS = 0.1;

const control = (memory: WasmMemory, at: number): Int32Array => new Int32Array(memory.buffer, at, WORDS);

/** The kernels of both precisions in one order, so that a number names a job. */
export const jobNames = (wasm: WasmExports): readonly string[] => Object.keys(wasm).sort();

/**
 * Several threads at one stage of work. A stage is open while its tasks are claimed one by one from a common counter;
 * the calling thread claims like any other. A helper first says that it is inside and then looks whether the stage is
 * open; the caller first closes and then waits until nobody is inside: so no helper can be left with the tasks of a
 * stage that is over.
 */
export class Crew {
  private readonly words: Int32Array;
  private ends: readonly (() => void)[] | undefined;

  constructor(
    private readonly module: WasmModule,
    private readonly memory: WasmMemory,
    private readonly at: number,
    private readonly helpers: number,
    private readonly start: StartHelper,
  ) {
    this.words = control(memory, at);
    this.words.fill(0);
  }

  /** Threads, the caller's included. */
  get size(): number {
    return this.helpers + 1;
  }

  /** Helpers start with the first work that is worth it; that work does not wait for them. */
  private begin(): void {
    const { module, memory, at } = this;
    this.ends ??= Array.from({ length: this.helpers }, (_, index) =>
      this.start({ module, memory, control: at, index: index + 1 }),
    );
  }

  /**
   * Does tasks [0, `tasks`) of a job; `run` does one in this thread, `advance` hears how many were claimed since it was
   * last called and may throw to abandon the rest.
   */
  perform(
    job: number,
    descriptor: number,
    tasks: number,
    scratch: { readonly at: number; readonly pitch: number },
    run: (task: number) => void,
    advance: (tasks: number) => void,
  ): void {
    this.begin();
    const { words } = this;
    Atomics.store(words, JOB, job);
    Atomics.store(words, DESCRIPTOR, descriptor);
    Atomics.store(words, TASKS, tasks);
    Atomics.store(words, NEXT, 0);
    Atomics.store(words, SCRATCH, scratch.at);
    Atomics.store(words, SCRATCH_PITCH, scratch.pitch);
    Atomics.store(words, OPEN, 1);
    Atomics.add(words, STAGE, 1);
    Atomics.notify(words, STAGE);
    let seen = 0;
    try {
      for (let task = Atomics.add(words, NEXT, 1); task < tasks; task = Atomics.add(words, NEXT, 1)) {
        run(task);
        const claimed = Math.min(tasks, Atomics.load(words, NEXT));
        advance(claimed - seen);
        seen = claimed;
      }
    } finally {
      Atomics.store(words, NEXT, tasks);
      Atomics.store(words, OPEN, 0);
      this.awaitEmpty();
    }
    if (Atomics.exchange(words, FAILED, 0) !== 0) throw new Error('A helper thread failed.');
  }

  /**
   * A task takes a fraction of a millisecond, so looking is cheaper than being woken; but a helper without a processor
   * needs this one.
   */
  private awaitEmpty(): void {
    const until = performance.now() + SPIN_MS;
    for (let inside = Atomics.load(this.words, INSIDE); inside !== 0; inside = Atomics.load(this.words, INSIDE)) {
      if (performance.now() > until) Atomics.wait(this.words, INSIDE, inside, 1);
    }
  }

  end(): void {
    for (const end of this.ends ?? []) end();
  }
}

/**
 * A helper's life: wait for a stage, claim tasks until there are none, wait again. Never returns; the thread is ended
 * from outside.
 */
export function serveCrew({ memory, control: at, index }: HelperOrders, wasm: WasmExports): never {
  const words = control(memory, at);
  const names = jobNames(wasm) as readonly (keyof WasmExports)[];
  let stage = 0;
  for (;;) {
    const until = performance.now() + SPIN_MS;
    while (Atomics.load(words, STAGE) === stage) {
      if (performance.now() > until) Atomics.wait(words, STAGE, stage);
    }
    stage = Atomics.load(words, STAGE);
    Atomics.add(words, INSIDE, 1);
    try {
      if (Atomics.load(words, OPEN) === 1) {
        const job = wasm[names[Atomics.load(words, JOB)]] as (
          descriptor: number,
          task: number,
          scratch: number,
        ) => void;
        const descriptor = Atomics.load(words, DESCRIPTOR);
        const tasks = Atomics.load(words, TASKS);
        const scratch = Atomics.load(words, SCRATCH) + index * Atomics.load(words, SCRATCH_PITCH);
        for (let task = Atomics.add(words, NEXT, 1); task < tasks; task = Atomics.add(words, NEXT, 1))
          job(descriptor, task, scratch);
      }
    } catch {
      Atomics.store(words, FAILED, 1);
    } finally {
      Atomics.sub(words, INSIDE, 1);
      Atomics.notify(words, INSIDE);
    }
  }
}
