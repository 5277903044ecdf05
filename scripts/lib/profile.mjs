// The settings of a profile that is ours: nothing in the window moves, asks or phones by itself.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** @param {string} userFolder VS Code's `User` folder; settings that are there already stay */
export async function writeQuietSettings(userFolder, more = {}) {
  await mkdir(userFolder, { recursive: true });
  const quiet = JSON.parse(await readFile(join(root, 'scripts/server/settings.json'), 'utf8'));
  await writeFile(join(userFolder, 'settings.json'), JSON.stringify({ ...quiet, ...more }, undefined, 2), {
    flag: 'wx',
  }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
