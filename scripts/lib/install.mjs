// Installs one of the pinned package sets (scripts/server, scripts/browser) into a git-ignored folder, once.
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloads, root } from './paths.mjs';
import { npm } from './processes.mjs';

const stampOf = (folder) => join(folder, 'installed-from.json');

async function isCurrent(folder, lock) {
  return (await readFile(stampOf(folder), 'utf8').catch(() => '')) === lock;
}

/**
 * Brings `.vscode-test/<name>` to what `scripts/<name>/package-lock.json` says, and returns the folder.
 * The work is done beside it and moved into place whole, so that an interrupted installation is never taken for a
 * finished one.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} complete what npm alone does not do
 */
export async function installOnce(name, announcement, complete = async () => {}) {
  const folder = join(downloads, name);
  const source = join(root, 'scripts', name);
  const lock = await readFile(join(source, 'package-lock.json'), 'utf8');
  if (await isCurrent(folder, lock)) return folder;
  console.log(announcement);
  const draft = `${folder}.${process.pid}`;
  try {
    await mkdir(draft, { recursive: true });
    await cp(source, draft, { recursive: true });
    // Scripts are refused: they would compile native modules that nothing here needs.
    await npmOrThrow(['ci', '--ignore-scripts'], draft);
    await complete(draft);
    await writeFile(stampOf(draft), lock);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

export async function npmOrThrow(args, cwd) {
  const { ok, output } = await npm(args, { cwd });
  if (!ok) throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${output}`);
}
