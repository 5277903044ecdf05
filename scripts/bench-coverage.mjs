// npm run bench:coverage -- [--python PYTHON] [--failures] CHECKOUT…: how much of public code's shapes the analysis
// tells, and whether all it tells is true. npm run bench:installed does the same with models of installed packages.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cache, root } from './lib/paths.mjs';

const [which, ...rest] = process.argv.slice(2);
const bundle = join(cache, 'bench', `${which}.cjs`);
await build({
  entryPoints: [join(root, 'test/bench', which, 'main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [bundle, ...rest], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
