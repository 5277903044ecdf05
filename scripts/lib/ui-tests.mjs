// Runs the browser suite: the packaged extension, installed into a real VS Code, driven as a person would.
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleTests } from './bundle-tests.mjs';
import { chromiumOptions } from './chromium.mjs';
import { liveEnvironment } from './live-python.mjs';
import { root, vsix } from './paths.mjs';
import { runMocha } from './suites.mjs';
import { installServer, startServer } from './vscode-server.mjs';

/** An extension that debugs Python, which the tests of running programs need beside ours. */
const debuggerOfTests = join(root, 'test/fixtures/debugger');

/** Where a suite in a process of its own finds the workbench that it drives. */
export const workbenchEnvironment = (server, chromium) => ({
  TCI_SERVER: server.address,
  TCI_SERVER_DATA: server.data,
  TCI_CHROMIUM: JSON.stringify(chromium),
});

/**
 * Starts the workbench, and tells the suite through its environment where it is.
 * @template T
 * @param {(env: Record<string, string>) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withWorkbench(use) {
  const options = await chromiumOptions();
  const server = await startServer({ extensions: [vsix], folders: [debuggerOfTests] });
  try {
    return await use(workbenchEnvironment(server, options));
  } finally {
    await server.stop();
  }
}

/** @returns {Promise<import('./phases.mjs').Outcome>} */
export async function runUiTests({ grep }) {
  const screenshots = join(root, 'test/ui/screenshots');
  await rm(screenshots, { recursive: true, force: true });
  await mkdir(screenshots, { recursive: true });
  // The debugger of the tests asks for it.
  Object.assign(process.env, await liveEnvironment());
  // Before two ask for it at once.
  await Promise.all([chromiumOptions(), installServer()]);
  const shares = await shared(await bundleTests('ui', { shared: true }));
  const outcomes = await Promise.all(
    shares.map((files, index) =>
      withWorkbench((env) =>
        runMocha(`ui-${index}`, files, { grep, env, testTimeoutMs: 90_000, timeoutMs: 900_000, retries: 1 }),
      ),
    ),
  );
  const sum = (key) => outcomes.reduce((total, outcome) => total + (outcome[key] ?? 0), 0);
  const output = outcomes.map((outcome) => outcome.output.trim()).join('\n\n');
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), output };
}

/**
 * The tests in two shares, each for a workbench of its own: a window waits for timers, frames and processes half of the
 * time. Which takes long is not known; the length of a file is near enough.
 * @param {string[]} files
 */
async function shared(files) {
  const shares = [0, 1].map(() => ({ length: 0, files: [] }));
  const sized = await Promise.all(files.map(async (file) => ({ file, length: (await stat(file)).size })));
  for (const { file, length } of sized.sort((one, other) => other.length - one.length)) {
    const [shorter] = shares.sort((one, other) => one.length - other.length);
    shorter.length += length;
    shorter.files.push(file);
  }
  return shares.map((share) => share.files.sort()).filter((share) => share.length > 0);
}
