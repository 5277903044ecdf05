// Draws programs from a grammar of constructs, runs them with PyTorch, and compares what the analysis tells of each.
// usage: npm run fuzz -- [--count N] [--seed S] [--from INDEX] [--python PYTHON] [--only CONSTRUCT] [--show KIND]…
// [--most N] [--read FILE] [--json FILE] [--sample] [--break RULE]. KIND: wrong, false, silent, untold, words, brief.
// --read: what generate.py printed before; --json: where the figures go; --sample: the programs and their truths become
// the sample of the oracle's tests.
import { spawn } from 'node:child_process';
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { analyzeModule } from '../../../src/python';
import { type Program, compareProgram } from './judge';
import { writeSample } from './sample';
import { Tally } from './tally';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    python: { type: 'string', default: 'python3' },
    only: { type: 'string' },
    show: { type: 'string', multiple: true, default: [] },
    most: { type: 'string', default: '20' },
    read: { type: 'string' },
    json: { type: 'string' },
    sample: { type: 'boolean', default: false },
  },
});

function programs(): NodeJS.ReadableStream {
  if (values.read !== undefined) return createReadStream(values.read);
  const only = values.only === undefined ? [] : ['--only', values.only];
  const generator = spawn(
    values.python,
    [
      join('test', 'bench', 'fuzz', 'generate.py'),
      ...['--count', values.count, '--seed', values.seed, '--from', values.from, ...only],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  return generator.stdout;
}

async function main(): Promise<boolean> {
  let tally: Tally | undefined;
  const kept: Program[] = [];
  for await (const line of createInterface({ input: programs() })) {
    const read = JSON.parse(line) as { readonly torch: string; readonly constructs: readonly string[] } | Program;
    if ('torch' in read) tally = new Tally(read.torch, read.constructs);
    else tally?.add(read, compareProgram(read, analyzeModule({ path: 'program.py', text: read.source })));
    if (values.sample && !('torch' in read)) kept.push(read);
  }
  if (!tally) throw new Error(`${values.python} has printed nothing`);
  tally.print(values.show, Number(values.most));
  if (values.sample)
    writeSample({ torch: tally.torch, seed: Number(values.seed), constructs: tally.names, programs: kept });
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(tally.figures(values.seed), null, 2)}\n`);
  return tally.good;
}

main().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
