// npm run bench:grammar -- [--python PYTHON] [--trees] [--mutations COUNT] FILE|FOLDER…: which of these files PYTHON
// takes and we call broken, and what of them we read otherwise.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cache, root } from './lib/paths.mjs';

const bundle = join(cache, 'bench', 'grammar.cjs');
await build({
  entryPoints: [join(root, 'test/bench/grammar/main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
});
// Paths on the command line are seen from where it was typed.
const given = process.argv.slice(2);
const { status } = spawnSync(process.execPath, [bundle, '--root', root, ...given], { stdio: 'inherit' });
process.exit(status ?? 1);
