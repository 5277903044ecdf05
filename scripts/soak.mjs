// npm run soak [-- --small N --large N]: the engine under load; prints its figures and fails on a leak, a wrong answer
// or a hang.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cache, root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const bundle = join(cache, 'bench', 'bundles', 'soak.cjs');
const built = await run(process.execPath, ['esbuild.mjs'], { cwd: root, timeoutMs: 120_000 });
if (!built.ok) throw new Error(built.output);
await build({
  entryPoints: ['test/bench/soak.ts'],
  absWorkingDir: root,
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
});
spawn(process.execPath, [bundle, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).on('exit', (code) =>
  process.exit(code ?? 1),
);
