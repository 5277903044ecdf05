// npm run bench:coverage -- [--python PYTHON] [--failures] CHECKOUT…: how much of public code's shapes the analysis
// tells, and whether all it tells is true.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cache, root } from './lib/paths.mjs';

const bundle = join(cache, 'bench', 'coverage.cjs');
await build({
  entryPoints: [join(root, 'test/bench/coverage/main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
