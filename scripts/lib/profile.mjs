// The settings of a profile that is ours: nothing in the window moves, asks or phones by itself.
import { constants, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** @param {string} userFolder VS Code's `User` folder; settings that are there already stay */
export async function writeQuietSettings(userFolder) {
  await mkdir(userFolder, { recursive: true });
  await copyFile(join(root, 'scripts/server/settings.json'), join(userFolder, 'settings.json'), constants.COPYFILE_EXCL).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
