// What a phase of `npm test` is made of: a command that is right or wrong, and a suite of tests in a process of its
// own.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { run } from './processes.mjs';

const mochaRunner = join(root, 'scripts/lib/run-mocha.mjs');

/** A command that is right or wrong: it adds no test to the count, but its failure does. */
export async function check(args, timeoutMs = 300_000) {
  const { ok, output } = await run(process.execPath, args, { cwd: root, timeoutMs });
  return { passed: 0, failed: ok ? 0 : 1, output };
}

/** Runs `test/<suite>` with mocha in a process of its own. */
export async function mochaSuite(
  suite,
  { grep, testTimeoutMs = 20_000, timeoutMs = 300_000, env = {}, shared = false } = {},
) {
  const { bundleTests } = await import('./bundle-tests.mjs');
  const files = await bundleTests(suite, { shared });
  if (files.length === 0) return { passed: 0, failed: 1, output: `There are no tests in test/${suite}.` };
  const result = join(cache, 'tests', `${suite}.result.json`);
  await rm(result, { force: true });
  await mkdir(join(cache, 'tests'), { recursive: true });
  const args = [
    mochaRunner,
    '--result',
    result,
    '--timeout',
    String(testTimeoutMs),
    ...(grep ? ['--grep', grep] : []),
    ...files,
  ];
  const { output } = await run(process.execPath, ['--enable-source-maps', ...args], { cwd: root, timeoutMs, env });
  const tally = await readFile(result, 'utf8').catch(() => undefined);
  // No tally means that the run broke off: a syntax error, a crash, the time limit.
  return tally === undefined ? { passed: 0, failed: 1, output } : { ...JSON.parse(tally), output };
}
