// npm run fuzz -- [--count N] [--seed S] [--python PYTHON]: programs drawn from a grammar of constructs, run by PyTorch
// and read by us: no shape may be wrong, and no error told where none is.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cache, root } from './lib/paths.mjs';

const bundle = join(cache, 'bench', 'fuzz.cjs');
await build({
  entryPoints: [join(root, 'test/bench/fuzz/main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
