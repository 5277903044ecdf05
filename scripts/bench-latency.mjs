// npm run bench:latency [-- --against COMMIT] [--json FILE] [--only PATTERN] [--presses N]: from key press to
// picture, in a real VS Code with the packaged extension; with a commit, of both builds in turns, and how many times
// as long this one takes. `npm run bench:frames`: what a frame of a playing film takes, of this build. PATTERN
// chooses among the tasks, `2048` or `photograph`. `--built` measures what was built before; `--trace PREFIX` writes
// what the browser did, of each task and build, into a file for Chromium's `chrome://tracing`.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { chromiumOptions } from './lib/chromium.mjs';
import { packageVsix } from './lib/checks.mjs';
import { nameOf } from './lib/commit.mjs';
import { bin, cache, root, vsix } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';
import { check } from './lib/suites.mjs';
import { workbenchEnvironment } from './lib/ui-tests.mjs';
import { vsixOf } from './lib/vsix.mjs';
import { installServer, startServer } from './lib/vscode-server.mjs';
import { setup } from './setup.mjs';

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const against = option('--against');
const json = option('--json');
const frames = args.includes('--frames');

await setup();
if (!args.includes('--built') || !existsSync(vsix))
  for (const step of [() => check(['esbuild.mjs']), packageVsix]) {
    const { failed, output } = await step();
    if (failed > 0) {
      console.error(output);
      process.exit(1);
    }
  }
await installServer();
const bundle = join(cache, 'bench', frames ? 'frames.cjs' : 'latency.cjs');
await build({
  entryPoints: [join(root, `test/bench/${frames ? 'frames' : 'latency'}/main.ts`)],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['playwright-core', 'mocha'],
  logLevel: 'warning',
});

const sides = [
  ...(against ? [{ name: (await nameOf(against)).slice(0, 7), extension: await vsixOf(against) }] : []),
  { name: 'now', extension: vsix },
];
const options = await chromiumOptions();
const builds = [];
let ok;
try {
  for (const { name, extension } of sides)
    builds.push({ name, server: await startServer({ extensions: [extension] }) });
  const env = {
    ...workbenchEnvironment(builds[0].server, options),
    TCI_BUILDS: JSON.stringify(
      builds.map(({ name, server: { address, data } }) => ({ name, server: { address, data } })),
    ),
    ...(json ? { TCI_JSON: resolve(json) } : {}),
    ...(option('--only') ? { TCI_ONLY: option('--only') } : {}),
    ...(option('--trace') ? { TCI_TRACE: resolve(option('--trace')) } : {}),
    ...(option('--presses') ? { TCI_PRESSES: option('--presses') } : {}),
  };
  const mocha = [bin('mocha/bin/mocha.js'), '--timeout', '0', bundle];
  ({ ok } = await run(process.execPath, mocha, {
    cwd: root,
    env,
    timeoutMs: 3_600_000,
    onOutput: (text) => process.stdout.write(text),
  }));
} finally {
  for (const { server } of builds) await server.stop();
}
process.exit(ok ? 0 : 1);
