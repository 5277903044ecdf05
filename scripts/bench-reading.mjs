// npm run bench:reading [-- --json FILE --no-host]: how long the reading of Python takes, in its thread, and what it
// costs the extension host of a real VS Code.
// npm run bench:reading -- --against COMMIT [--json FILE --no-host] [--files FILE…]: the thread of this tree and of a
// commit in turns, and how many times as long this one takes; of the files, each read for the first time.
// npm run bench:reading -- --hover SERVER [--no-host] FILE…: the same from an edit to the answer to a hover, against a
// language server, such as the `pyrefly` that `pip install pyrefly==1.5.0` brings.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf, treeOf } from './lib/commit.mjs';
import { runInServer } from './lib/host-tests.mjs';
import { cache, root } from './lib/paths.mjs';
import { buildReader } from './lib/readerBuild.mjs';
import { check } from './lib/suites.mjs';
import { installServer } from './lib/vscode-server.mjs';

const bundles = join(cache, 'bench', 'reading');
const hostResult = join(bundles, 'result.json');
const withHost = !process.argv.includes('--no-host');
const args = process.argv.slice(2).filter((each) => each !== '--no-host');

async function bundle(...names) {
  await build({
    entryPoints: names.map((name) => join(root, 'test/bench/reading', `${name}.ts`)),
    outdir: bundles,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
}

/** The Node that VS Code has, since that is what runs the product; without a host this one. */
const node = async () => (withHost ? (await installServer()).node : process.execPath);

async function run(name, ...more) {
  const { status } = spawnSync(await node(), [join(bundles, `${name}.cjs`), ...more], { cwd: root, stdio: 'inherit' });
  process.exit(status ?? 1);
}

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

async function compare(commit) {
  const name = await nameOf(commit);
  const [before, now] = [join(bundles, name), join(bundles, 'now')];
  await buildReader(await treeOf(name), before);
  await buildReader(root, now);
  await bundle('against', 'memory', 'probe');
  await run('against', '--before', before, '--now', now, ...args);
}

async function measure() {
  const built = await check(['esbuild.mjs']);
  if (built.failed > 0) throw new Error(built.output);
  await bundle('main', 'host');
  if (withHost) {
    const log = await measureInHost();
    if (log.includes('rror')) console.error(log.slice(-3000));
  }
  await run('main', ...(withHost ? ['--host', hostResult] : []), ...args);
}

async function hover() {
  const now = join(bundles, 'now');
  await buildReader(root, now);
  await bundle('hover');
  await run('hover', '--now', now, ...args);
}

const against = args.indexOf('--against');
await (args.includes('--hover') ? hover() : against < 0 ? measure() : compare(args[against + 1]));
