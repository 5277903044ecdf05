// Scripts of `test/bench`, bundled for Node and run there.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cache, root } from './paths.mjs';
import { pythonText } from './python-text.mjs';

/**
 * @param {string} entry below `test/bench`, such as `fuzz/main.ts`
 * @param {import('esbuild').Plugin[]} plugins
 * @returns {Promise<string>} where the bundle stands
 */
export async function bundled(entry, plugins = []) {
  const bundle = join(cache, 'bench', entry.replace(/\W+/g, '-').replace(/-ts$/, '.cjs'));
  await build({
    entryPoints: [join(root, 'test/bench', entry)],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
    plugins: [pythonText, ...plugins],
  });
  return bundle;
}

/**
 * @param {string} entry as `bundled` has it
 * @param {readonly string[]} args
 * @param {{ cwd?: string, plugins?: import('esbuild').Plugin[] }} options
 * @returns {Promise<number>} what the script ended with; 2 where it did not end by itself
 */
export async function runBundled(entry, args, { cwd = root, plugins } = {}) {
  const bundle = await bundled(entry, plugins);
  return spawnSync(process.execPath, [bundle, ...args], { cwd, stdio: 'inherit' }).status ?? 2;
}
