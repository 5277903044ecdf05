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
  const outcomes = await Promise.all(shares.map((files, index) => runShare(`ui-${index}`, files, grep)));
  const sum = (key) => outcomes.reduce((total, outcome) => total + (outcome[key] ?? 0), 0);
  const output = outcomes.map((outcome) => outcome.output.trim()).join('\n\n');
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), output };
}

/**
 * Runs the files of one share, and those in which something failed once more, in a new server and window: what a busy
 * machine did to one window (a focus that went elsewhere, an extension host that never answered) is still there when a
 * test is tried again in it. The output says so, since a file that needs this has something to tell.
 */
async function runShare(name, files, grep) {
  const inWindow = (some, retries) =>
    withWorkbench((env) => runMocha(name, some, { grep, env, testTimeoutMs: 90_000, timeoutMs: 900_000, retries }));
  const first = await inWindow(files, 1);
  const again = Object.entries(first.inFailed ?? {});
  if (again.length === 0 || again.length > 3) return first;
  const second = await inWindow(
    again.map(([file]) => file),
    0,
  );
  const before = (key) => again.reduce((total, [, counts]) => total + counts[key], 0);
  const heading = `\n\n↻ ${again.length} file(s) with a failure, run again in a new window:\n\n`;
  return {
    passed: first.passed - before('passed') + second.passed,
    failed: first.failed - before('failed') + second.failed,
    skipped: first.skipped,
    // Of a run that is right in the end, the failures come first; of one that is not, its last ones end it.
    output: `${first.output.trim()}${heading}${second.output.trim()}`,
  };
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
