import { join } from 'node:path';
import { isWorthReading } from '../../../src/python/worthReading';
import { modelFile } from './models';
import { type Line, percentile } from './lines';
import { type BenchReader, openReader } from './open';
import { IN_SHARED_BLOCK, KEYS, LINES, MEASURED, timed, typing, WARM, WARM_KEYS, workspaceFiles } from './texts';

const COLD_STARTS = 3;
/** ms that a key press may take, and a first analysis. */
const KEY_PRESS = 8;
const FIRST = 60;

const reader = (): BenchReader => openReader(join(process.cwd(), 'dist', 'reader.js'));

const read = (client: BenchReader, path: string, text: string): Promise<unknown> =>
  client.read(path, text, ['file:///w']);

/** Times in the reading thread and on the way to it and back, as the host waits for them. */
export async function measureThread(): Promise<Line[]> {
  const lines: Line[] = [];
  const cold: number[] = [];
  for (let start = 0; start < COLD_STARTS; start++) {
    const client = reader();
    cold.push(await timed(() => read(client, 'file:///w/a.py', modelFile(LINES, 0))));
    await client.dispose();
  }
  // To warm the thread before its first text would be to start it before there is one: what holds no layer shall cost
  // nothing. A compile cache (Node 22 on) took 23 ms of evaluation to 17 and left the first text at 140 to 160 ms: not
  // worth its files.
  lines.push({ name: 'first text of 2,000 lines, the start of the thread included', times: cold });

  const client = reader();
  const first: number[] = [];
  for (let seed = 0; seed < WARM + MEASURED; seed++) {
    const time = await timed(() => read(client, `file:///w/first${seed}.py`, modelFile(LINES, seed)));
    if (seed >= WARM) first.push(time);
  }
  lines.push({ name: 'first analysis of 2,000 lines', times: first, goal: FIRST });
  for (const { what, versions } of typing()) {
    const path = `file:///w/${what}.py`;
    const times: number[] = [];
    for (let round = 0; round < KEYS; round++) {
      const time = await timed(() => read(client, path, versions[round % versions.length]));
      if (round >= WARM_KEYS) times.push(time);
    }
    lines.push({ name: `key press ${what}`, times, goal: what === IN_SHARED_BLOCK ? undefined : KEY_PRESS });
  }
  const plain = 'def add(a, b):\n    return a + b\n'.repeat(1000);
  const tests = Array.from({ length: 100 }, () => {
    const start = performance.now();
    if (isWorthReading(plain)) throw new Error('There is nothing in this text.');
    return performance.now() - start;
  });
  lines.push({ name: 'text of 2,000 lines without a layer', times: tests });
  const files = workspaceFiles();
  await client.know(files);
  const each: number[] = [];
  for (const { path, text } of files) each.push(await timed(() => read(client, path, text)));
  lines.push({ name: '200 files of 200 lines, each', times: each });
  lines.push({ name: '200 files of 200 lines, the longest', times: [percentile(each, 1)] });
  await client.dispose();
  return lines;
}
