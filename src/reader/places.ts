import { isModelled } from '../python/modelled';

/** The directory of a path; paths are URIs as strings, or parts of them. */
export const above = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** So many folders above a file are searched; no project nests its packages deeper. */
const HIGHEST = 8;
/** The path of a file system's root, such as `file://` or `memfs:`. */
const ROOT = /^[\w.+-]+:(?:\/\/[^/]*)?$/;

function directoriesAbove(path: string, folders: readonly string[]): string[] {
  const root = folders.find((folder) => path.startsWith(`${folder}/`));
  const found: string[] = [];
  for (let directory = above(path); directory !== '' && found.length < HIGHEST; directory = above(directory)) {
    found.push(directory);
    if (directory === root || ROOT.test(directory)) break;
  }
  return found;
}

/** Where imports are sought: URIs as strings. */
export interface Roots {
  /** The workspace's folders. */
  readonly folders: readonly string[];
  /** Folders that hold installed packages, such as an environment's `site-packages`. */
  readonly packages: readonly string[];
}

/**
 * Where the source of an imported module may stand, likeliest first: `from ..blocks import X` is `('blocks', 2)`. An
 * absolute import is sought in the directories above the importing file, in the workspace folders and their `src`, and
 * then among the installed packages, unless it is one that we have rules for; what is installed itself, only there.
 */
export function placesOf(from: string, module: string, level: number, { folders, packages }: Roots): string[] {
  const parts = module.split('.').filter((part) => part !== '');
  const home = packages.find((each) => isWithin(from, [each]));
  const installed = isModelled(parts[0] ?? '') ? [] : packages;
  const directories = directoriesAbove(from, home === undefined ? folders : [home]);
  const roots =
    level > 0
      ? directories.slice(level - 1, level)
      : home === undefined
        ? [...directories, ...folders.flatMap((folder) => [folder, `${folder}/src`]), ...installed]
        : installed;
  return [...new Set(roots)].flatMap((root) => {
    const base = [root, ...parts].join('/');
    return parts.length > 0 ? [`${base}.py`, `${base}/__init__.py`] : [`${base}/__init__.py`];
  });
}

/** What configurations are written in; of other files a program reads, none is asked for. */
const DATA = /\.(?:json|ya?ml)$/i;
export const isData = (path: string): boolean => DATA.test(path);

/** `a/./b/../c` is `a/c`; `undefined` where it leads above its root. */
function plainPath(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * Where a file of data may stand that a program opens: where its path says, when that was made from the program's own;
 * else below the folder of the program, or below a workspace folder, in one of which it runs.
 */
export function dataPlacesOf(from: string, path: string, folders: readonly string[]): string[] {
  const roots = [...new Set([above(from), ...folders])];
  if (!isData(path) || path.startsWith('/')) return [];
  const places = /^[\w.+-]+:/.test(path) ? [path] : roots.map((root) => `${root}/${path}`);
  // Nothing is asked for that is outside of the project.
  return places.flatMap((place) => plainPath(place) ?? []).filter((place) => isWithin(place, roots));
}

/** Whether a path is one of these, or below one of them. */
export const isWithin = (path: string, paths: readonly string[]): boolean =>
  paths.some((each) => path === each || path.startsWith(`${each}/`));

/** The folder or file of the installed package to which a path belongs. */
export function packageOf(path: string, packages: readonly string[]): string | undefined {
  const home = packages.find((each) => isWithin(path, [each]));
  return home === undefined ? undefined : path.slice(0, `${path}/`.indexOf('/', home.length + 1));
}

export const isPackage = (path: string): boolean => path.endsWith('/__init__.py');

/** The last part of the name under which a file is imported: its own, or its package's. */
export function moduleName(path: string): string | undefined {
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  const name = file === '__init__.py' ? parts.pop() : file.replace(/\.pyi?$/, '');
  return name && /^\w+$/.test(name) ? name : undefined;
}
