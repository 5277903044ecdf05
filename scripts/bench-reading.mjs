// npm run bench:reading [-- --json FILE --no-host]: how long the reading of Python takes, in its thread, and what it
// costs the extension host of a real VS Code.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './lib/suites.mjs';
import { runInServer } from './lib/host-tests.mjs';
import { cache, root } from './lib/paths.mjs';
import { installServer } from './lib/vscode-server.mjs';

const bundles = join(cache, 'bench', 'reading');
const hostResult = join(bundles, 'result.json');
const args = process.argv.slice(2);
const withHost = !args.includes('--no-host');

const built = await check(['esbuild.mjs']);
if (built.failed > 0) throw new Error(built.output);
await build({
  entryPoints: ['main', 'host'].map((name) => join(root, 'test/bench/reading', `${name}.ts`)),
  outdir: bundles,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  logLevel: 'warning',
});

async function measureInHost() {
  await installServer();
  for (const name of ['reader.js', 'reading.js']) await copyFile(join(root, 'dist', name), join(bundles, name));
  await rm(hostResult, { force: true });
  const workspace = await mkdtemp(join(tmpdir(), 'tci-reading-'));
  try {
    return await runInServer(workspace, join(bundles, 'host.cjs'));
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

if (withHost) {
  const log = await measureInHost();
  if (log.includes('rror')) console.error(log.slice(-3000));
}
// The reading thread is measured on the Node that VS Code has, since that is what runs the product; without a host on
// this one.
const node = withHost ? (await installServer()).node : process.execPath;
const { status } = spawnSync(
  node,
  [
    join(bundles, 'main.cjs'),
    ...(withHost ? ['--host', hostResult] : []),
    ...args.filter((each) => each !== '--no-host'),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
