import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Failure } from './failure';
import { isNotebook } from './sourceFile';

/** Folders that hold installed packages or what a tool has made; so do those whose names begin with a dot. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'node_modules',
  'site-packages',
  'venv',
  'env',
  '__pycache__',
  'build',
  'dist',
]);

export const PROJECT_FILE = 'pyproject.toml';
/** What stands in the folder of a project. */
const MARKS = [PROJECT_FILE, 'setup.py', 'setup.cfg', '.git'];

/**
 * The folder of the project to which a file or folder belongs; without any mark of one, the folder itself, or that
 * above the package whose part it is: what stands in a package is imported by the package's name.
 */
export function projectOf(path: string): string {
  const own = statSync(path).isDirectory() ? path : dirname(path);
  for (let folder = own; ; folder = dirname(folder)) {
    if (MARKS.some((mark) => existsSync(join(folder, mark)))) return folder;
    if (folder === dirname(folder)) return abovePackage(own);
  }
}

const abovePackage = (folder: string): string =>
  existsSync(join(folder, '__init__.py')) && folder !== dirname(folder) ? abovePackage(dirname(folder)) : folder;

/** @throws Failure when nothing stands there */
export function existing(path: string, folder: string): string {
  const full = resolve(folder, path);
  if (!existsSync(full)) throw new Failure(`There is no file or folder ${path}.`);
  return full;
}

/** Whether a path is this one, or below it. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}

export const isPython = (path: string): boolean => path.endsWith('.py');

/** The Python files and notebooks below a folder, in the order of their paths; `wanted` says which paths count. */
export function filesBelow(folder: string, wanted: (path: string) => boolean): string[] {
  const found: string[] = [];
  const look = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (!wanted(path)) continue;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !ELSEWHERE.has(entry.name)) look(path);
      } else if (entry.isFile() && (isPython(path) || isNotebook(path))) found.push(path);
    }
  };
  look(folder);
  return found.sort();
}

/** A file that is named counts whatever it is called, as long as it can be Python. @throws Failure where it cannot */
export function namedFiles(path: string, wanted: (path: string) => boolean): readonly string[] {
  if (statSync(path).isDirectory()) return filesBelow(path, wanted);
  if (!isPython(path) && !isNotebook(path)) throw new Failure(`${basename(path)} is neither Python nor a notebook.`);
  return [path];
}
