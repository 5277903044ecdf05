import { type Profiler, Session } from 'node:inspector';
import { PerformanceObserver } from 'node:perf_hooks';

/** A piece on the clock, and how much of it the collection of garbage took, whoever made the garbage; ms. */
export interface Piece {
  readonly all: number;
  readonly collecting: number;
}

/** What happened in the extension host while something ran; every list in ms. */
export interface Watched {
  /** How long a timer of a millisecond was kept waiting, each time: whoever kept it waiting. */
  readonly blocks: readonly number[];
  /** Pieces of the extension's own code, each without a return to the host's loop. */
  readonly pieces: readonly Piece[];
  readonly collections: readonly number[];
}

/** Time between two samples, µs: a piece is told to within that at either end. */
const INTERVAL = 250;
const OURS = /\/dist\/extension\.js$/;
/**
 * Native code without a frame: among it messages of the reading thread as they are taken apart, just before our
 * listener is called.
 */
type Owner = 'ours' | 'native' | 'collector' | 'other';

const NATIVE: Readonly<Record<string, Owner>> = { '(program)': 'native', '(garbage collector)': 'collector' };

/**
 * Whose each node of a profile is: ours are all those under a frame of ours, what we call in VS Code or Node included.
 */
function owners({ nodes }: Profiler.Profile): ReadonlyMap<number, Owner> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<number, Owner>();
  const mark = (id: number, under: boolean): void => {
    const node = byId.get(id);
    if (!node) return;
    const ours = under || OURS.test(node.callFrame.url);
    found.set(id, ours ? 'ours' : (NATIVE[node.callFrame.functionName] ?? 'other'));
    for (const child of node.children ?? []) mark(child, ours);
  };
  mark(nodes[0].id, false);
  return found;
}

/**
 * Runs of samples with ours among them. Native ones and collections of garbage around ours count as ours, which errs
 * towards too long.
 */
function piecesOf(profile: Profiler.Profile): Piece[] {
  const owner = owners(profile);
  const { samples = [], timeDeltas = [] } = profile;
  const pieces: Piece[] = [];
  let [all, collecting, ours] = [0, 0, false];
  const close = (): void => {
    if (ours) pieces.push({ all, collecting });
    [all, collecting, ours] = [0, 0, false];
  };
  samples.forEach((id, index) => {
    const whose = owner.get(id);
    const time = (timeDeltas[index + 1] ?? 0) / 1000;
    if (whose === undefined || whose === 'other') {
      close();
      return;
    }
    all += time;
    if (whose === 'collector') collecting += time;
    ours ||= whose === 'ours';
  });
  close();
  return pieces;
}

const posted = <Result>(act: (done: (error: Error | null, result: Result) => void) => void): Promise<Result> =>
  new Promise((resolve, reject) => act((error, result) => (error ? reject(error) : resolve(result))));

/** Watches the host from within; the profiler costs every line of it a few hundredths, the line without us as well. */
export async function watched(work: () => Promise<void>): Promise<Watched> {
  const collections: number[] = [];
  const observer = new PerformanceObserver((list) =>
    collections.push(...list.getEntries().map(({ duration }) => duration)),
  );
  const session = new Session();
  session.connect();
  await posted((done) => session.post('Profiler.enable', done));
  await posted((done) => session.post('Profiler.setSamplingInterval', { interval: INTERVAL }, done));
  await posted((done) => session.post('Profiler.start', done));
  observer.observe({ entryTypes: ['gc'] });
  const blocks: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    blocks.push(Math.max(0, now - last - 1));
    last = now;
  }, 1);
  await work();
  clearInterval(timer);
  const { profile } = await posted<Profiler.StopReturnType>((done) => session.post('Profiler.stop', done));
  observer.disconnect();
  session.disconnect();
  return { blocks, pieces: piecesOf(profile), collections };
}
