// npm run bench:web [-- --node NODE --rounds N --only m1]: the kernels' own time in a browser's worker, as the web
// extension host has them, beside Node's, in turns, and the round trip through the extension's thread in either. The
// goal: at m1 at most 1.3 times Node's. NODE is one that has what VS Code's has (24).
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumOptions } from './lib/chromium.mjs';
import { cache, root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const GOAL = 1.3;
const MS = 1_000;

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: 'm1' },
  },
});

const out = join(cache, 'bench', 'web');
const common = { absWorkingDir: root, bundle: true, outdir: out, logLevel: 'warning' };
await build({
  ...common,
  entryPoints: { desktop: 'test/bench/web/desktop.ts' },
  outExtension: { '.js': '.cjs' },
  platform: 'node',
  format: 'cjs',
  target: 'node20',
});
await build({
  ...common,
  entryPoints: { kernel: 'test/bench/web/kernel.ts', page: 'test/bench/web/page.ts' },
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  resolveExtensions: ['.web.ts', '.ts', '.js'],
  loader: { '.wasm': 'binary' },
});

const text = (path) => readFileSync(path, 'utf8');
const scripts = {
  kernel: text(join(out, 'kernel.js')),
  part: text(join(root, 'dist/computing.js')),
  entry: text(join(root, 'dist/web/worker.js')),
};

async function onDesktop(name) {
  const { ok, output } = await run(values.node, [join(out, 'desktop.cjs'), name, String(MS)], {
    cwd: root,
    timeoutMs: 60_000,
  });
  if (!ok) throw new Error(output);
  return JSON.parse(output);
}

async function inBrowser(page, name) {
  return page.evaluate(([given, which, ms]) => globalThis.measured(given, which, ms), [scripts, name, MS]);
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const browser = await chromium.launch(await chromiumOptions());
let missed = false;
try {
  const page = await browser.newPage();
  await page.addScriptTag({ path: join(out, 'page.js') });
  for (const name of values.only.split(',')) {
    const rounds = [];
    for (let round = 0; round < Number(values.rounds); round++)
      rounds.push({ desktop: await onDesktop(name), web: await inBrowser(page, name) });
    const of = (side, key) => median(rounds.map((each) => each[side][key]));
    const ratio = median(rounds.map(({ desktop, web }) => web.us / desktop.us));
    const [{ desktop, web }] = rounds;
    console.log(
      `${name}: ${of('web', 'us').toFixed(1)} µs in the web (${web.build}), ${of('desktop', 'us').toFixed(1)} µs on the desktop (${desktop.build}): ${ratio.toFixed(2)} times (goal ${GOAL}).`,
    );
    console.log(
      `    Through the thread and back: ${of('web', 'roundTrip').toFixed(0)} µs in the web, where values are copied, ${of('desktop', 'roundTrip').toFixed(0)} µs on the desktop.`,
    );
    missed ||= name === 'm1' && ratio > GOAL;
  }
} finally {
  await browser.close();
}
process.exit(missed ? 1 : 0);
