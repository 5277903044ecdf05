import { isWithin } from './places';

/** Reads folders and files; paths are URIs as strings. */
export interface FileSystem {
  /** The text of a file as it is saved; nothing when there is no file, or when it is too large to be code. */
  read(path: string): Promise<string | undefined>;
  /** The names in a folder. `none` when there is no such folder; nothing when the file system does not say. */
  list(path: string): Promise<ReadonlySet<string> | 'none' | undefined>;
}

/** So many folders that `.pth` files name, in one environment. */
const MOST_NAMED = 64;
/** `python3.13`, `python3.13t`, `pypy3.11`. */
const VERSIONED = /^(?:python|pypy)3(?:\.(\d+))?t?$/;

const holds = async (files: FileSystem, folder: string, name: string): Promise<boolean> => {
  const names = await files.list(folder);
  return names !== 'none' && names?.has(name) === true;
};

const exists = async (files: FileSystem, folder: string): Promise<boolean> => {
  const names = await files.list(folder);
  return names !== 'none' && names !== undefined;
};

/** The folder of an environment, from the path of its interpreter: `/env` of `/env/bin/python`. */
export function prefixOf(interpreter: string): string {
  const folder = interpreter.slice(0, interpreter.lastIndexOf('/'));
  return /\/(?:bin|Scripts)$/i.test(folder) ? folder.slice(0, folder.lastIndexOf('/')) : folder;
}

/** Where an environment keeps its packages: of a prefix, or of one that is such a folder itself. */
async function libraryOf(files: FileSystem, prefix: string): Promise<string[]> {
  if (/\/(?:site|dist)-packages\/?$/.test(prefix)) return (await exists(files, prefix)) ? [prefix] : [];
  const found: string[] = [];
  // Debian's own Python has what its user installed under `local`, and looks there first.
  for (const library of [`${prefix}/local/lib`, `${prefix}/lib`]) {
    const names = await files.list(library);
    if (names === undefined || names === 'none') continue;
    const versions = [...names].filter((name) => VERSIONED.test(name));
    // Of two versions in one prefix the newer is the likelier one; nothing but running it would tell.
    versions.sort((a, b) => minorOf(b) - minorOf(a));
    for (const version of versions)
      for (const name of ['site-packages', 'dist-packages'])
        if (await holds(files, `${library}/${version}`, name)) found.push(`${library}/${version}/${name}`);
  }
  if (found.length === 0 && (await exists(files, `${prefix}/Lib/site-packages`)))
    found.push(`${prefix}/Lib/site-packages`);
  return found;
}

const minorOf = (version: string): number => Number(VERSIONED.exec(version)?.[1] ?? 0);

/** `home` and `include-system-site-packages` of a virtual environment. */
async function configOf(files: FileSystem, prefix: string): Promise<ReadonlyMap<string, string>> {
  const text = (await files.read(`${prefix}/pyvenv.cfg`)) ?? '';
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const];
    }),
  );
}

/** A path of the file system that a file names, as a URI beside the URI of that file. */
export function uriOf(path: string, beside: string): string {
  const [, root = 'file://'] = /^([\w.+-]+:(?:\/\/[^/]*)?)/.exec(beside) ?? [];
  const plain = path.replaceAll('\\', '/').replace(/\/+$/, '');
  if (plain.startsWith('/')) return root + encoded(plain);
  // A drive: VS Code writes `file:///c%3A/…`.
  if (/^[A-Za-z]:/.test(plain)) return `${root}/${plain[0].toLowerCase()}%3A${encoded(plain.slice(2))}`;
  return normalised(`${beside}/${encoded(plain)}`);
}

/** As VS Code writes paths, which leaves fewer characters as they are than `encodeURIComponent`. */
const encoded = (path: string): string =>
  path
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');

function normalised(uri: string): string {
  const parts: string[] = [];
  for (const part of uri.split('/')) {
    if (part === '..' && parts.length > 3) parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * Folders that the `.pth` files beside packages name, which is how a package is installed from where it is being
 * written. Lines that begin with `import` are code, and so never followed: an editable install by such a finder
 * (`__editable___name_finder.py`) is not found.
 */
async function namedFolders(files: FileSystem, packages: string): Promise<string[]> {
  const names = await files.list(packages);
  if (names === undefined || names === 'none') return [];
  const found: string[] = [];
  for (const name of [...names].filter((each) => each.endsWith('.pth')).sort()) {
    const text = await files.read(`${packages}/${encodeURIComponent(name)}`);
    for (const line of (text ?? '').split(/\r?\n/)) {
      const path = line.trim();
      if (path === '' || path.startsWith('#') || /^import[ \t]/.test(path) || found.length >= MOST_NAMED) continue;
      const folder = uriOf(path, packages);
      if (await exists(files, folder)) found.push(folder);
    }
  }
  return found;
}

/**
 * The folders in which an interpreter looks for installed packages, in its order, found by reading files alone.
 * `within`: the only folders that files may lead to, as long as it is not known that they can be trusted.
 */
export async function packagesOf(
  files: FileSystem,
  prefix: string,
  within: readonly string[] | undefined,
): Promise<readonly string[]> {
  const own = await libraryOf(files, prefix);
  const config = await configOf(files, prefix);
  const home = config.get('home');
  const found: string[] = [];
  for (const folder of own) {
    found.push(folder);
    found.push(...(await namedFolders(files, folder)));
  }
  if (config.get('include-system-site-packages')?.toLowerCase() === 'true' && home !== undefined)
    found.push(...(await libraryOf(files, prefixOf(`${uriOf(home, prefix)}/python`))));
  const allowed = within && [...within, ...own];
  return [...new Set(found)].filter((each) => !allowed || isWithin(each, allowed));
}

/** Folders in which tools keep the environment of a project, beside its files. */
export const BESIDE = ['.venv', 'venv', '.env', 'env', '.conda', '.pixi/envs/default', '.hatch', '.virtualenv'];

/** An environment beside the files of a project: in the nearest of these folders that has one. */
export async function environmentIn(files: FileSystem, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const names = await files.list(folder);
    if (names === undefined || names === 'none') continue;
    for (const place of BESIDE) {
      if (!names.has(place.split('/')[0])) continue;
      const prefix = `${folder}/${place}`;
      if ((await libraryOf(files, prefix)).length > 0) return prefix;
      // Hatch keeps one folder for each of a project's environments.
      if (place === '.hatch' && (await exists(files, `${prefix}/default`))) return `${prefix}/default`;
    }
  }
  return undefined;
}
