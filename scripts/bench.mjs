// npm run bench [-- --json FILE --only d4,u1 --rounds N --fastest --keep]: the engine beside its peers, on one machine,
// in one job. `--fastest` judges by the fastest run of each slice instead of the median: for machines that do other
// work as well. `--keep` adds a line to what is known of this kind of machine, in `test/bench/results`. Peers are
// installed on demand into .cache/bench-peers, outside the product's dependencies; PyTorch and SciPy are those of
// BENCH_PYTHON, or of the environment that the tests of live tensors make.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cache, root } from './lib/paths.mjs';
import { livePython } from './lib/live-python.mjs';
import { installPeers, PEERS, peers } from './lib/peers.mjs';
import { run } from './lib/processes.mjs';

const bundles = join(cache, 'bench', 'bundles');

/** The binary that an npm `node` package brings for this platform, if its version is the wanted one. */
async function nodeBinary(major) {
  const candidates = [
    process.execPath,
    join(peers, 'node_modules', `node${major}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
  ];
  for (const candidate of candidates) {
    if (!existsSync(candidate)) continue;
    const { ok, output } = await run(candidate, ['--version'], { cwd: root, timeoutMs: 10_000 });
    if (ok && output.trim().startsWith(`v${major}.`)) return candidate;
  }
  return undefined;
}

/** PyTorch and SciPy: of BENCH_PYTHON, or of the environment that the tests of live tensors make. */
async function python() {
  const named = process.env.BENCH_PYTHON;
  if (named) return named;
  const found = await livePython();
  if ('missing' in found) console.error(`PyTorch and SciPy take no part: ${found.missing}`);
  return found.python;
}

async function bundle() {
  await build({
    entryPoints: {
      main: 'test/bench/main.ts',
      cold: 'test/bench/cold.ts',
      engine: 'test/bench/peers/engine.ts',
      ort: 'test/bench/peers/ort.ts',
      tfjs: 'test/bench/peers/tfjs.ts',
    },
    absWorkingDir: root,
    outdir: bundles,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
}

const installed = await installPeers(Object.keys(PEERS));
if (!installed.ok) throw new Error(installed.output);
const built = await run(process.execPath, ['esbuild.mjs'], { cwd: root, timeoutMs: 120_000 });
if (!built.ok) throw new Error(built.output);
await bundle();
const node = (await nodeBinary(24)) ?? process.execPath;
const means = { node, node20: await nodeBinary(20), python: await python(), peers: relative(root, peers), bundles };
spawn(process.execPath, [join(bundles, 'main.cjs'), '--means', JSON.stringify(means), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
}).on('exit', (code) => process.exit(code ?? 1));
