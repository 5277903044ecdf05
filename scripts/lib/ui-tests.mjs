// Runs the browser suite: the packaged extension, installed into a real VS Code, driven as a person would.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromiumOptions } from './chromium.mjs';
import { root, vsix } from './paths.mjs';
import { mochaSuite } from './suites.mjs';
import { startServer } from './vscode-server.mjs';

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
  const server = await startServer({ extensions: [vsix] });
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
  return await withWorkbench((env) =>
    mochaSuite('ui', { grep, env, testTimeoutMs: 90_000, timeoutMs: 900_000, shared: true }),
  );
}
