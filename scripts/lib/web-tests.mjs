// Runs the extension-host suite in the web extension host of the VS Code server, and then its page in a window. What
// runs there is the packaged extension without its entry for Node, as in a VS Code that is a web page and nothing else.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { testsBelow } from './bundle-tests.mjs';
import { chromiumOptions } from './chromium.mjs';
import { runInServer } from './host-tests.mjs';
import { cache, root, vsix } from './paths.mjs';
import { pythonText } from './python-text.mjs';
import { mochaSuite } from './suites.mjs';
import { workbenchEnvironment } from './ui-tests.mjs';
import { remoteUri, startServer } from './vscode-server.mjs';

const folder = join(cache, 'tests/web-host');
const extension = join(folder, 'extension');
/** Inside the extension: VS Code runs a suite in the host of the extension in whose folder it stands. */
const entry = join(extension, 'suite.js');
const result = join(folder, 'result.json');

/** Unpacks the .vsix and takes `main` out of its manifest: VS Code would rather run that where it has a Node. */
async function unpack() {
  const files = unzipSync(await readFile(vsix));
  for (const [name, bytes] of Object.entries(files)) {
    if (!name.startsWith('extension/') || name.endsWith('/')) continue;
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  delete manifest.main;
  await writeFile(join(extension, 'package.json'), JSON.stringify(manifest));
}

/** Mocha must be there before the first test is read, so the imports stand in this order. */
async function bundleSuite(grep) {
  const tests = await testsBelow(join(root, 'test/host'));
  const imports = ["import { runSuite } from './web/suite.ts';", ...tests.map((name) => `import './host/${name}';`)];
  await build({
    stdin: {
      contents: `${imports.join('\n')}\nexport const run = () => runSuite(${JSON.stringify(grep)});`,
      resolveDir: join(root, 'test'),
    },
    outfile: entry,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    external: ['vscode'],
    plugins: [pythonText],
    // As the extension itself is built for a host without Node.
    resolveExtensions: ['.web.ts', '.ts', '.js'],
    alias: { 'node:assert/strict': join(root, 'test/web/assert.ts') },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

async function runSuite(grep) {
  await bundleSuite(grep);
  const workspace = await mkdtemp(join(tmpdir(), 'tci-workspace-'));
  try {
    await cp(join(root, 'sample'), workspace, { recursive: true });
    const log = await runInServer(workspace, entry, { extension });
    const said = await readFile(result, 'utf8').catch(() => undefined);
    if (said !== undefined) return JSON.parse(said);
    return { passed: 0, failed: 1, output: `The suite did not come to its end. VS Code said:\n${log.slice(-6000)}` };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** The same extension in a window that is driven as a person would. */
async function runPage(grep) {
  const options = await chromiumOptions();
  const server = await startServer({ driver: true });
  const payload = [
    ['extensionDevelopmentPath', remoteUri(server, extension)],
    ['skipWelcome', 'true'],
  ];
  try {
    const env = workbenchEnvironment(server, options);
    return await mochaSuite('web', {
      grep,
      env: { ...env, TCI_PAYLOAD: JSON.stringify(payload) },
      testTimeoutMs: 90_000,
      retries: 1,
      shared: true,
    });
  } finally {
    await server.stop();
  }
}

/** @returns {Promise<import('./phases.mjs').Outcome>} */
export async function runWebTests({ grep }) {
  await rm(folder, { recursive: true, force: true });
  await unpack();
  const [inHost, onPage] = [await runSuite(grep), await runPage(grep)];
  return {
    passed: inHost.passed + onPage.passed,
    failed: inHost.failed + onPage.failed,
    skipped: (inHost.skipped ?? 0) + (onPage.skipped ?? 0),
    output: `${inHost.output}\n${onPage.output}`,
  };
}
