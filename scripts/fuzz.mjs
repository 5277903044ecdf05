// npm run fuzz -- [--count N] [--seed S] [--python PYTHON] [--break RULE]: programs drawn from a grammar of constructs,
// run by PyTorch and read by us: no shape may be wrong, and no error told where none is. With a rule broken it is
// right when it finds that.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { breaking } from './lib/breaks.mjs';
import { cache, root } from './lib/paths.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--break');
const [, rule] = at < 0 ? [] : args.splice(at, 2);
const bundle = join(cache, 'bench', 'fuzz.cjs');
await build({
  entryPoints: [join(root, 'test/bench/fuzz/main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
  plugins: rule === undefined ? [] : [breaking(rule)],
});
const { status } = spawnSync(process.execPath, [bundle, ...args], { cwd: root, stdio: 'inherit' });
if (rule === undefined) process.exit(status ?? 2);
console.log(status === 1 ? `found that ${rule} is broken` : `did not find that ${rule} is broken`);
process.exit(status === 1 ? 0 : 1);
