// npm run reports -- --out FILE [--against COMMIT] CHECKOUT…: every report of the corpus and of every Python file of
// the checkouts, one line of JSON each; with a commit, also that commit's, beside it, and each that is not the same
// bytes.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nameOf, treeOf } from './lib/commit.mjs';
import { cache, root } from './lib/paths.mjs';
import { bundleWithAnalysis } from './lib/readerBuild.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, against: { type: 'string' } },
});
if (values.out === undefined) throw new Error('Say where to write: --out FILE');

const bundles = join(cache, 'bench', 'reports');
const entries = join(root, 'test/bench/reports');
// npm runs this in the project's folder; paths are meant from where it was called.
const from = process.env.INIT_CWD ?? process.cwd();
const checkouts = positionals.map((each) => resolve(from, each));

function run(bundle, ...args) {
  // Each build is a process of its own, so that neither finds what the other left in memory.
  const { status } = spawnSync(process.execPath, [bundle, ...args], { cwd: root, stdio: 'inherit' });
  return status ?? 2;
}

async function write(tree, name, out) {
  const bundle = join(bundles, `${name}.cjs`);
  await bundleWithAnalysis(tree, join(entries, 'write'), 'writeReports', bundle);
  console.log(`\n${name} → ${out}`);
  if (run(bundle, out, ...checkouts) !== 0) process.exit(2);
  return out;
}

const out = resolve(from, values.out);
if (values.against === undefined) await write(root, 'now', out);
else {
  const name = await nameOf(values.against);
  const before = await write(await treeOf(name), name, `${out}.${name.slice(0, 12)}`);
  const now = await write(root, 'now', out);
  const compare = join(bundles, 'compare.cjs');
  await build({ entryPoints: [join(entries, 'compare.ts')], outfile: compare, bundle: true, platform: 'node' });
  process.exit(run(compare, before, now));
}
