// Another commit of this repository, checked out and installed beside this one, so that two builds can be compared.
import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npmOrThrow } from './install.mjs';
import { cache, root } from './paths.mjs';

const exec = promisify(execFile);
const git = async (...args) => (await exec('git', args, { cwd: root })).stdout.trim();

/** The full name of a commit. @throws when there is none of that name */
export async function nameOf(commit) {
  return git('rev-parse', '--verify', '--quiet', `${commit}^{commit}`).catch(() => {
    throw new Error(`This repository has no commit ${commit}.`);
  });
}

/**
 * The folder in which a commit stands with its own packages. An archive is unpacked, since a work tree of Git would
 * have to be remembered and pruned. The work is done beside it and moved into place whole, so that an interrupted one
 * is never taken for a finished one.
 */
export async function treeOf(commit) {
  const name = await nameOf(commit);
  const folder = join(cache, 'against', name);
  if (existsSync(folder)) return folder;
  console.log(`Checking out ${name.slice(0, 12)} and installing its packages (once for each commit) …`);
  const draft = `${folder}.${process.pid}`;
  try {
    await mkdir(draft, { recursive: true });
    await git('archive', '--format=tar', '--output', join(draft, 'tree.tar'), name);
    await exec('tar', ['-xf', 'tree.tar'], { cwd: draft });
    await rm(join(draft, 'tree.tar'));
    // Scripts are refused, as everywhere: nothing that is built here needs them.
    await npmOrThrow(['ci', '--ignore-scripts'], draft);
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}
