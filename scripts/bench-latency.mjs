// npm run bench:latency: from key press to drawn output, in a real VS Code with the packaged extension.
import { build } from 'esbuild';
import { join } from 'node:path';
import { packageVsix } from './lib/checks.mjs';
import { bin, cache, root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { withWorkbench } from './lib/ui-tests.mjs';
import { check } from './lib/suites.mjs';
import { installServer } from './lib/vscode-server.mjs';
import { setup } from './setup.mjs';

await setup();
for (const step of [() => check(['esbuild.mjs']), packageVsix]) {
  const { failed, output } = await step();
  if (failed > 0) {
    console.error(output);
    process.exit(1);
  }
}
await installServer();
const bundle = join(cache, 'bench', 'latency.cjs');
await build({
  entryPoints: [join(root, 'test/bench/latency/main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['playwright-core', 'mocha'],
  logLevel: 'warning',
});
const { ok, output } = await withWorkbench((env) =>
  run(process.execPath, [bin('mocha/bin/mocha.js'), '--timeout', '0', bundle], { cwd: root, env, timeoutMs: 600_000 }),
);
console.log(output.trim());
process.exit(ok ? 0 : 1);
