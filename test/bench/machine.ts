// What machine this is: said by the system, and measured, since a virtual machine's system may say what is not so.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Sizes of the walk, KiB: within L1, within a usual L2, beyond it, within a usual L3, beyond that. */
const WALKS = [16, 256, 1024, 4096, 16_384, 65_536] as const;
const LINE = 64;
const STEPS = 2_000_000;
const COPY_BYTES = 64 * 2 ** 20;
const COPY_ROUNDS = 9;
const PAGE = 4096;
const NEW_BYTES = 64 * 2 ** 20;

export interface Machine {
  readonly processor: string;
  readonly processors: number;
  /** Caches as the system says them, such as `L2 1024K`; none where it says nothing. */
  readonly caches: readonly string[];
  /** Nanoseconds from one load to the next that needs it, in a walk through so many KiB in no order. */
  readonly walk: readonly (readonly [kibibytes: number, nanoseconds: number])[];
  /** GB/s that a copy of 64 MiB reads, and as many that it writes; the fastest of nine. */
  readonly copy: number;
  /** Microseconds that the first write to a page takes which the system has just given, or is yet to give. */
  readonly page: number;
}

/** By Linux, of the first processor. Elsewhere the walk alone tells. */
function cachesSaid(): readonly string[] {
  const found: string[] = [];
  for (let index = 0; index < 8; index++) {
    const read = (name: string): string =>
      readFileSync(`/sys/devices/system/cpu/cpu0/cache/index${index}/${name}`, 'utf8').trim();
    try {
      if (read('type') !== 'Instruction') found.push(`L${read('level')} ${read('size')}`);
    } catch {
      break;
    }
  }
  return found;
}

/** One line leads to the next, all of them in one round, in an order that no prefetcher foresees. */
function nanosecondsOf(kibibytes: number): number {
  const perLine = LINE / Uint32Array.BYTES_PER_ELEMENT;
  const lines = (kibibytes * 1024) / LINE;
  const order = Uint32Array.from({ length: lines }, (_, at) => at);
  // A fixed seed: the same walk in every run (Sattolo's shuffle, which makes one cycle of all).
  let seed = 1;
  for (let at = lines - 1; at > 0; at--) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * at);
    [order[at], order[other]] = [order[other], order[at]];
  }
  const next = new Uint32Array(lines * perLine);
  for (let at = 0; at < lines; at++) next[at * perLine] = order[at] * perLine;
  let place = 0;
  const walk = (): number => {
    const started = performance.now();
    for (let step = 0; step < STEPS; step++) place = next[place];
    return ((performance.now() - started) * 1e6) / STEPS;
  };
  const times = [walk(), walk(), walk()];
  // What is never looked at need not be walked to.
  if (place < 0) throw new Error('A place is never negative.');
  return Math.min(...times);
}

function copyRate(): number {
  const from = new Uint8Array(COPY_BYTES).fill(1);
  const to = new Uint8Array(COPY_BYTES).fill(2);
  const times = Array.from({ length: COPY_ROUNDS }, () => {
    const started = performance.now();
    to.set(from);
    return performance.now() - started;
  });
  return COPY_BYTES / Math.min(...times) / 1e6;
}

/** What is written to for the first time costs this besides: much, where a virtual machine must ask its own host. */
function newPage(): number {
  const times = Array.from({ length: 3 }, () => {
    const bytes = new Uint8Array(NEW_BYTES);
    const started = performance.now();
    for (let at = 0; at < NEW_BYTES; at += PAGE) bytes[at] = 1;
    return performance.now() - started;
  });
  return (Math.min(...times) * 1000 * PAGE) / NEW_BYTES;
}

export function machine(): Machine {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    processors: all.length,
    caches: cachesSaid(),
    walk: WALKS.map((kibibytes) => [kibibytes, nanosecondsOf(kibibytes)]),
    copy: copyRate(),
    page: newPage(),
  };
}

/** The name of the file in which this kind of machine's results are kept. */
export const kindOf = ({ processor, processors, caches }: Machine): string =>
  [processor, `${processors} processors`, ...caches.filter((cache) => /^L[23]/.test(cache))]
    .join(' ')
    .replace(/\(R\)|\(TM\)/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const machineText = ({ processor, processors, caches, walk, copy, page }: Machine): string => {
  const said = caches.length > 0 ? `; the system says ${caches.join(', ')}` : '';
  const steps = walk.map(([kibibytes, ns]) => `${kibibytes} KiB ${ns.toFixed(1)} ns`).join(', ');
  return `${processor}, ${processors} processors${said}. From a load to the next, in no order: ${steps}. A copy of 64 MiB: ${copy.toFixed(1)} GB/s. The first write to a page: ${page.toFixed(2)} µs.`;
};
