import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What stands in the folder that a user would open. */
const MARKS: readonly string[] = ['.git', 'pyproject.toml', 'setup.py', 'setup.cfg'];

export function folderOf(file: string): string {
  const above: string[] = [];
  for (let folder = dirname(file); dirname(folder) !== folder; folder = dirname(folder)) above.push(folder);
  const marked = above.find((folder) => MARKS.some((mark) => existsSync(join(folder, mark))));
  // Without any mark: where the outermost package stands.
  return marked ?? above.find((folder) => !existsSync(join(folder, '__init__.py'))) ?? dirname(file);
}

/** A file of the disk under a path that is new in every round, so that each reading of it is its first. */
export interface Placed {
  readonly path: string;
  readonly text: string;
  readonly folders: readonly string[];
  /** The text of a file that it imports, or that there is none. */
  textAt(path: string): string | undefined;
}

const SCHEME = 'file://';

export function placed(file: string, round: string): Placed {
  const root = `${SCHEME}/${round}`;
  const within = (each: string): string => root + pathToFileURL(each).pathname;
  return {
    path: within(file),
    text: readFileSync(file, 'utf8'),
    folders: [within(folderOf(file))],
    textAt: (path) => {
      // Some places lie above the folder: there is nothing of the round's.
      if (!path.startsWith(`${root}/`)) return undefined;
      const there = fileURLToPath(SCHEME + path.slice(root.length));
      return existsSync(there) && statSync(there).isFile() ? readFileSync(there, 'utf8') : undefined;
    },
  };
}
