// What a phase of `npm test` is made of: a command that is right or wrong, and a suite of tests in a process of its
// own.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { run } from './processes.mjs';

const mochaRunner = join(root, 'scripts/lib/run-mocha.mjs');

/** A command that is right or wrong: it adds no test to the count, but its failure does. */
export async function check(args, timeoutMs = 600_000) {
  const { ok, output } = await run(process.execPath, args, { cwd: root, timeoutMs });
  return { passed: 0, failed: ok ? 0 : 1, output };
}

/** Runs `test/<suite>` with mocha in a process of its own. */
export async function mochaSuite(suite, { shared = false, ...options } = {}) {
  const { bundleTests } = await import('./bundle-tests.mjs');
  const files = await bundleTests(suite, { shared });
  if (files.length === 0) return { passed: 0, failed: 1, output: `There are no tests in test/${suite}.` };
  return await runMocha(suite, files, options);
}

/**
 * Runs bundled test files in a process of its own.
 * @param {string} name of this run, of which no other may be under way
 * @param {string[]} files
 * @param {{ grep?: string, testTimeoutMs?: number, timeoutMs?: number, retries?: number, env?: object }} options
 *   `retries`: how often a test that fails is tried again, which the output says. Only for tests that drive a window of
 *   VS Code: it is not ours, and on a busy machine it now and then does not open what it was asked to
 */
export async function runMocha(
  name,
  files,
  { grep, testTimeoutMs = 20_000, timeoutMs = 1_200_000, retries = 0, env = {} } = {},
) {
  const result = join(cache, 'tests', `${name}.result.json`);
  await rm(result, { force: true });
  await mkdir(join(cache, 'tests'), { recursive: true });
  const args = [
    mochaRunner,
    '--result',
    result,
    '--timeout',
    String(testTimeoutMs),
    '--retries',
    String(retries),
    ...(grep ? ['--grep', grep] : []),
    ...files,
  ];
  const { output } = await run(process.execPath, ['--enable-source-maps', ...args], { cwd: root, timeoutMs, env });
  const tally = await readFile(result, 'utf8').catch(() => undefined);
  // No tally means that the run broke off: a syntax error, a crash, the time limit.
  return tally === undefined ? { passed: 0, failed: 1, output } : { ...JSON.parse(tally), output };
}
