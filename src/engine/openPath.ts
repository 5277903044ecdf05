import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { damaged } from '../core/formats/format';
import { fetchedSource } from '../core/formats/source';
import type { OpenByPath } from './fileSources';

/** More than this at once is refused by some systems. */
const MOST_AT_ONCE = 2 ** 30;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);

/** Opens a file of this machine, of which only what is wanted is read. */
export const openPath: OpenByPath = (path) => {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw damaged('unreadable', 'The file {0} cannot be read: {1}.', path, codeOf(error));
  }
  const stat = fstatSync(file);
  if (!stat.isFile()) {
    closeSync(file);
    throw damaged('no-file', '{0} is no file.', path);
  }
  return {
    ...fetchedSource(stat.size, (target, offset) =>
      readSync(file, target, 0, Math.min(target.length, MOST_AT_ONCE), offset),
    ),
    close() {
      closeSync(file);
    },
  };
};
