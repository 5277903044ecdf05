// Runs the browser suite: the packaged extension, installed into a real VS Code, driven as a person would.
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleTests } from './bundle-tests.mjs';
import { chromiumOptions } from './chromium.mjs';
import { liveEnvironment } from './live-python.mjs';
import { root, vsix } from './paths.mjs';
import { runMocha } from './suites.mjs';
import { installServer, startServer } from './vscode-server.mjs';

/** What the tests of running programs need beside ours: a debugger, and stand-ins for what is in no registry. */
const extensionsOfTests = ['debugger', 'jupyter', 'python'].map((name) => join(root, 'test/fixtures', name));

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
  const server = await startServer({ extensions: [vsix], folders: extensionsOfTests });
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
  const queue = await longestFirst(await bundleTests('ui', { shared: true }));
  const outcomes = (await Promise.all(['ui-0', 'ui-1'].map((name) => runQueue(name, queue, grep)))).flat();
  const sum = (key) => outcomes.reduce((total, outcome) => total + (outcome[key] ?? 0), 0);
  const output = outcomes.map((outcome) => outcome.output.trim()).join('\n\n');
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), output };
}

/**
 * Takes files from the queue, one after another, into a workbench of its own, until none is left. Those in which
 * something failed run once more, in a new server and window: what a busy machine did to one window (a focus that went
 * elsewhere, an extension host that never answered) is still there when a test is tried again in it. The output says
 * so, since a file that needs this has something to tell.
 */
async function runQueue(name, queue, grep) {
  const runFile = (file, env, retries) =>
    runMocha(name, [file], { grep, env, testTimeoutMs: 90_000, timeoutMs: 900_000, retries });
  const outcomes = new Map();
  await withWorkbench(async (env) => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift())
      outcomes.set(file, await runFile(file, env, 1));
  });
  const again = [...outcomes].filter(([, { failed }]) => failed > 0);
  if (again.length === 0 || again.length > 3) return [...outcomes.values()];
  await withWorkbench(async (env) => {
    for (const [file, { output }] of again) {
      const second = await runFile(file, env, 0);
      // Of a run that is right in the end, the failures come first; of one that is not, its last ones end it.
      const both = `${output.trim()}\n\n↻ A failure: run again in a new window.\n\n${second.output.trim()}`;
      outcomes.set(file, { ...second, output: both });
    }
  });
  return [...outcomes.values()];
}

/**
 * The files that two workbenches take in turn: a window waits for timers, frames and processes half of the time. Which
 * takes long is not known; the length of a file is near enough, and short ones at the end let both end together.
 * Two fixed shares of equal length were two minutes apart.
 * @param {string[]} files
 */
async function longestFirst(files) {
  const sized = await Promise.all(files.map(async (file) => ({ file, length: (await stat(file)).size })));
  return sized.sort((one, other) => other.length - one.length).map(({ file }) => file);
}
