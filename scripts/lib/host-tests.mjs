// Runs the bundled extension-host suite in a VS Code: the desktop one when asked for, else the server, driven by
// Chromium.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { bundleTests } from './bundle-tests.mjs';
import { chromiumOptions } from './chromium.mjs';
import { desktopExecutable } from './desktop.mjs';
import { liveEnvironment } from './live-python.mjs';
import { cache, root } from './paths.mjs';
import { sleep } from './processes.mjs';
import { addressOf, remoteUri, startServer } from './vscode-server.mjs';

const suite = join(cache, 'tests/host');
/** An extension that debugs Python, which the tests of running programs need beside ours. */
const debuggerOfTests = join(root, 'test/fixtures/debugger');
/** An extension that stands in for the Jupyter extension, which is in no package registry. */
const jupyterOfTests = join(root, 'test/fixtures/jupyter');
const timeLimit = 240_000;

/** @returns {Promise<import('./phases.mjs').Outcome>} */
export async function runHostTests({ grep, desktop }) {
  const files = await bundleTests('host', { others: ['index'] });
  if (files.length === 0) return { passed: 0, failed: 1, output: 'There are no extension-host tests.' };
  await writeFile(join(suite, 'options.json'), JSON.stringify({ files, grep }));
  const workspace = await mkdtemp(join(tmpdir(), 'tci-workspace-'));
  // The debugger of the tests asks for it.
  Object.assign(process.env, await liveEnvironment());
  try {
    await cp(join(root, 'sample'), workspace, { recursive: true });
    const log = await (desktop
      ? runInDesktop(workspace)
      : runInServer(workspace, join(suite, 'index.cjs'), {
          folders: [debuggerOfTests, jupyterOfTests],
          settings: { 'security.workspace.trust.enabled': false },
        }));
    const result = await readFile(join(suite, 'result.json'), 'utf8').catch(() => undefined);
    if (result !== undefined) return JSON.parse(result);
    return {
      passed: 0,
      failed: 1,
      output: `The suite did not come to its end. What VS Code last said:\n${log.slice(-6000)}`,
    };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function runInDesktop(workspace) {
  const { runTests } = await import('@vscode/test-electron');

  const vscodeExecutablePath = await desktopExecutable();
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: [root, debuggerOfTests, jupyterOfTests],
      extensionTestsPath: join(suite, 'index.cjs'),
      launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
    });
  } catch (error) {
    return String(error);
  }
  return '';
}

/**
 * The workbench says through two functions of the page what the suite prints and when it is over.
 * @param {{ extension?: string, folders?: string[], settings?: object }} options
 *   `extension`: the one that is tested; others as `startServer` has them. Nothing is debugged in a folder that nobody
 *   has trusted.
 */
export async function runInServer(workspace, entry, { extension = root, ...options } = {}) {
  const server = await startServer({ driver: true, ...options });
  const browser = await chromium.launch(await chromiumOptions());
  const lines = [];
  try {
    const page = await browser.newPage();
    await page.exposeFunction('codeAutomationLog', (type, args) => lines.push(args.map(String).join(' ')));
    const ended = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    await page.goto(
      addressOf(server, workspace, [
        ['extensionDevelopmentPath', remoteUri(server, extension)],
        ['extensionTestsPath', remoteUri(server, entry)],
        ['skipWelcome', 'true'],
      ]),
    );
    await Promise.race([
      ended,
      sleep(timeLimit).then(() => lines.push(`The suite was ended after ${timeLimit / 1000} s.`)),
    ]);
    return lines.join('\n');
  } finally {
    await browser.close();
    await server.stop();
  }
}
