// Bundles test files. They are found by their names, so that none can be forgotten in a list.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { pythonText } from './python-text.mjs';

export async function testsBelow(folder) {
  if (!existsSync(folder)) return [];
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.test.ts')).sort();
}

/**
 * Bundles every `*.test.ts` below `test/<suite>`, and what else is named, into `.cache/tests/<suite>`.
 * @param {string} suite
 * @param {{ others?: string[], shared?: boolean }} options
 *   `others`: further files of that folder, named without `.ts`; `shared`: a module that several tests import exists
 *   only once, so that they share its state
 * @returns {Promise<string[]>} the bundled test files
 */
export async function bundleTests(suite, { others = [], shared = false } = {}) {
  const source = join(root, 'test', suite);
  const target = join(cache, 'tests', suite);
  const tests = await testsBelow(source);
  await rm(target, { recursive: true, force: true });
  if (tests.length === 0) return [];
  await build({
    entryPoints: [...tests, ...others.map((name) => `${name}.ts`)].map((name) => join(source, name)),
    outdir: target,
    outbase: source,
    bundle: true,
    platform: 'node',
    // Only ES modules can be split, and only CommonJS is taken by the extension host.
    ...(shared
      ? { format: 'esm', splitting: true, outExtension: { '.js': '.mjs' } }
      : { format: 'cjs', outExtension: { '.js': '.cjs' } }),
    target: 'node20',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'inline',
    loader: { '.wasm': 'binary' },
    plugins: [pythonText],
    logLevel: 'warning',
  });
  return tests.map((name) => join(target, name.replace(/\.ts$/, shared ? '.mjs' : '.cjs')));
}
