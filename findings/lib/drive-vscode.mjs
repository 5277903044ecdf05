// Started by vscode.sh, with the folder of what was installed and the folder of the one run: starts VS Code's server,
// opens its workbench in Chromium, and waits until the extension host has run `extension/tests.js`.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , installed, work] = process.argv;
const inside = { ...process.env };
const { chromium } = createRequire(join(installed, 'package.json'))('playwright-core');

async function browserPath() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const { default: packaged } = await import('@sparticuz/chromium');
  const path = await packaged.executablePath();
  // The libraries that it brings are for machines that have none.
  if (spawnSync(path, ['--version'], { env: inside }).status !== 0)
    inside.LD_LIBRARY_PATH = join(process.env.TMPDIR, 'al2023/lib');
  return path;
}

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address();
    probe.close(() => resolve(free));
  });
});
const authority = `127.0.0.1:${port}`;
const address = `http://${authority}/`;
const data = join(work, 'data');
const server = spawn(
  join(installed, 'node_modules/node24/bin/node'),
  [
    join(installed, 'node_modules/code-server/lib/vscode/out/server-main.js'),
    ...['--without-connection-token', '--accept-server-license-terms', '--disable-telemetry'],
    ...['--host', '127.0.0.1', '--port', String(port), '--server-data-dir', data, '--enable-smoke-test-driver'],
  ],
  { stdio: 'ignore', env: { ...process.env, XDG_RUNTIME_DIR: work }, detached: true },
);

async function untilItAnswers() {
  for (let attempt = 0; attempt < 200; attempt++) {
    if ((await fetch(address).catch(() => undefined))?.ok) return;
    await new Promise((later) => setTimeout(later, 250));
  }
  throw new Error('The VS Code server does not answer.');
}

let browser;
try {
  const executablePath = await browserPath();
  await untilItAnswers();
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  browser = await chromium.launch({ executablePath, args, env: inside });
  const page = await browser.newPage();
  await page.route(
    (url) => url.host !== authority,
    (route) => route.abort(),
  );
  await page.exposeFunction('codeAutomationLog', () => undefined);
  const ended = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
  const remote = (path) => `vscode-remote://${authority}${path}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(join(work, 'extension'))],
    ['extensionTestsPath', remote(join(work, 'extension/tests.js'))],
    ['skipWelcome', 'true'],
  ]);
  await page.goto(`${address}?folder=${join(work, 'folder')}&payload=${encodeURIComponent(payload)}`);
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('The probe did not come to its end.')), 180_000).unref();
  });
  await Promise.race([ended, late]);
} finally {
  await browser?.close();
  process.kill(-server.pid);
}
