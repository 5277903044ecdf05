// A peer is a process that answers one line with one line: load a workload, time a slice of it, measure something of
// its own.
import { createInterface } from 'node:readline';
import { writeValues } from '../data';

export interface Loaded {
  run(): void | Promise<void>;
  /** float32 values in canonical layout, after a run. */
  output(): Float32Array | Float64Array | Promise<Float32Array | Float64Array>;
}

export interface Peer {
  readonly name: string;
  /** Undefined where the peer has no such operation. */
  load(workload: string): Loaded | undefined | Promise<Loaded | undefined>;
  /** Figures of its own, by the name of what is measured. */
  readonly extras?: Readonly<Record<string, () => Record<string, number> | Promise<Record<string, number>>>>;
}

export type Ask =
  { readonly load: string } | { readonly slice: string; readonly ms: number } | { readonly extra: string };
export type Answer =
  | { readonly loaded: boolean }
  | { readonly median: number; readonly fastest: number }
  | Record<string, number>
  | { readonly error: string };

/** Below this a run is timed in batches: the clock itself takes a tenth of a microsecond. */
const BATCH_MS = 0.02;

const WARM_RUNS = 3;
/** What takes longer than this warms up by itself. */
const LONG_MS = 100;

/** Median and fastest milliseconds per run over `ms` of running, after a few that warm caches up again. */
async function slice(loaded: Loaded, ms: number): Promise<{ median: number; fastest: number }> {
  let last = 0;
  for (let warm = 0; warm < WARM_RUNS && last < LONG_MS; warm++) {
    const begun = performance.now();
    await loaded.run();
    last = performance.now() - begun;
  }
  const batch = last < BATCH_MS ? 200 : 1;
  const times: number[] = [];
  const end = performance.now() + ms;
  while (times.length < 3 || performance.now() < end) {
    const started = performance.now();
    for (let i = 0; i < batch; i++) {
      const ran = loaded.run();
      if (ran) await ran;
    }
    times.push((performance.now() - started) / batch);
  }
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1], fastest: times[0] };
}

export function servePeer(peer: Peer): void {
  const loaded = new Map<string, Loaded>();
  const answer = async (ask: Ask): Promise<Answer> => {
    if ('load' in ask) {
      const made = await peer.load(ask.load);
      if (!made) return { loaded: false };
      loaded.set(ask.load, made);
      for (let warm = 0; warm < 2; warm++) await made.run();
      writeValues(`${ask.load}.${peer.name}`, await made.output());
      return { loaded: true };
    }
    if ('slice' in ask) {
      const made = loaded.get(ask.slice);
      if (!made) throw new Error(`${ask.slice} is not loaded.`);
      return slice(made, ask.ms);
    }
    const extra = peer.extras?.[ask.extra];
    if (!extra) throw new Error(`There is no figure ${ask.extra}.`);
    return extra();
  };
  createInterface({ input: process.stdin }).on('line', (line) => {
    answer(JSON.parse(line) as Ask)
      .catch((error: unknown): Answer => ({ error: error instanceof Error ? error.message : String(error) }))
      .then((reply) => process.stdout.write(`#${JSON.stringify(reply)}\n`))
      .catch(() => process.exit(1));
  });
}
