import { join } from 'node:path';
import { isWorthReading } from '../../../src/python/worthReading';
import { ReaderClient } from '../../../src/reader/client';
import { readerStarter } from '../../../src/reader/start';
import { modelFile, sharedBlockFile } from './models';
import { type Line, percentile } from './lines';

const LINES = 2000;
const COLD_STARTS = 3;
/** Texts read before any figure is taken, and texts that are then measured; no two have a layer in common. */
const WARM = 12;
const MEASURED = 15;
const KEYS = 40;

const reader = (): ReaderClient => new ReaderClient(readerStarter(join(process.cwd(), 'dist', 'reader.js')));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const read = (client: ReaderClient, path: string, text: string): Promise<unknown> =>
  client.read({ path, text, inputShapes: {}, folders: ['file:///w'] });

/** One text as it is typed: the versions that take turns. */
function typing(): readonly (readonly [what: string, versions: readonly string[], goal: number | undefined])[] {
  const text = modelFile(LINES, 0);
  const digit = (from: number, of = text): readonly string[] => {
    const call = 'nn.Conv2d(cout, cout, ';
    const at = of.indexOf(call, from) + call.length;
    return ['5', '3'].map((kernel) => of.slice(0, at) + kernel + of.slice(at + 1));
  };
  const middle = text.indexOf('\n', text.length / 2) + 1;
  const statement = text.indexOf('        self.pool', text.length / 2);
  return [
    ['in the middle', digit(text.length / 2), 8],
    ['near the top', digit(0), 8],
    ['near the end', digit(text.lastIndexOf('class Block')), 8],
    [
      'breaking the syntax and mending it',
      [`${text.slice(0, statement)}        self.more = nn.Conv2d(\n${text.slice(statement)}`, text],
      8,
    ],
    ['a line more, a line less, at the top', [text.replace('\n\n', '\n\n\n'), text], 8],
    ['a line more, a line less, in the middle', [`${text.slice(0, middle)}\n${text.slice(middle)}`, text], 8],
    ['in a block with which 69 models begin', digit(0, sharedBlockFile(LINES)), undefined],
  ];
}

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
  lines.push({ name: 'first analysis of 2,000 lines', times: first, goal: 60 });
  for (const [what, versions, goal] of typing()) {
    const path = `file:///w/${what}.py`;
    const times: number[] = [];
    for (let round = 0; round < KEYS; round++) {
      const time = await timed(() => read(client, path, versions[round % versions.length]));
      if (round >= 4) times.push(time);
    }
    lines.push({ name: `key press ${what}`, times, goal });
  }
  const plain = 'def add(a, b):\n    return a + b\n'.repeat(1000);
  const tests = Array.from({ length: 100 }, () => {
    const start = performance.now();
    if (isWorthReading(plain)) throw new Error('There is nothing in this text.');
    return performance.now() - start;
  });
  lines.push({ name: 'text of 2,000 lines without a layer', times: tests });
  const files = Array.from({ length: 200 }, (_, index) => ({
    path: `file:///w/m${index}.py`,
    text: modelFile(200, index),
  }));
  await client.know(files);
  const each: number[] = [];
  for (const { path, text } of files) each.push(await timed(() => read(client, path, text)));
  lines.push({ name: '200 files of 200 lines, each', times: each });
  lines.push({ name: '200 files of 200 lines, the longest', times: [percentile(each, 1)] });
  await client.dispose();
  return lines;
}
