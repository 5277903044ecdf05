// The extension as a file that VS Code installs, of this tree or of another commit's.
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { treeOf } from './commit.mjs';
import { run } from './processes.mjs';

/** What `vsce package` is told; `--out` and the file follow. */
export const PACKAGE = [
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '--out',
];

/** The .vsix of a commit, built by its own scripts, once. @throws when it cannot be built */
export async function vsixOf(commit) {
  const tree = await treeOf(commit);
  const file = join(tree, '.cache.vsix');
  if (existsSync(file)) return file;
  const draft = join(tree, 'draft.vsix');
  for (const args of [['esbuild.mjs'], ['node_modules/@vscode/vsce/vsce', ...PACKAGE, draft]]) {
    const { ok, output } = await run(process.execPath, args, { cwd: tree });
    if (!ok) throw new Error(`${args[0]} failed in ${tree}:\n${output}`);
  }
  await rename(draft, file);
  return file;
}
