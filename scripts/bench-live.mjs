// npm run bench:live: reading tensors of a program that stands in debugpy, beside sending all of them over a socket.
import { build } from 'esbuild';
import { join } from 'node:path';
import { liveEnvironment } from './lib/live-python.mjs';
import { cache, root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const bundle = join(cache, 'bench', 'live.mjs');
await build({
  entryPoints: [join(root, 'test/bench/live/main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  loader: { '.py': 'text' },
  logLevel: 'warning',
});
const onOutput = (text) => process.stdout.write(text);
const { ok } = await run(process.execPath, [bundle], { cwd: root, env: await liveEnvironment(), onOutput });
process.exit(ok ? 0 : 1);
