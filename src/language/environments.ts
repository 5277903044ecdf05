import type { Disposable, Event } from './events';
import { above, isWithin } from '../reader/places';
import { Emitter } from './emitter';
import { environmentIn, type FileSystem, packagesOf, prefixOf } from '../reader/sitePackages';

/** How it came to be known which environment a file belongs to. */
export type EnvironmentOrigin = 'setting' | 'interpreter' | 'folder';

/** An environment of Python's, whose packages are read. */
export interface Environment {
  readonly origin: EnvironmentOrigin;
  /** What the user calls it: the last part of its folder's path. */
  readonly name: string;
  /** Folders that hold installed packages, in the order in which Python looks; URIs as strings. */
  readonly packages: readonly string[];
}

/** What the user and other extensions say of a file's environment; paths are URIs as strings. */
export interface Choice {
  readonly enabled: boolean;
  /** Folders that the user has set: environments, or folders of packages. */
  readonly folders: readonly string[];
  /** An interpreter, or the folder of its environment, as the Python extension or its setting names it. */
  readonly interpreter?: string;
}

export interface EnvironmentNeeds {
  readonly files: FileSystem;
  folders(): readonly string[];
  /** Whether what the workspace's files say may lead outside of it. */
  trusted(): boolean;
  choice(path: string): Choice;
  /** Another interpreter has been chosen, or a setting changed. */
  readonly onDidChange: Event<void>;
  /** Tells when something is installed in a folder, or taken out of it. */
  watch(folder: string, changed: () => void): Disposable;
}

/**
 * Which environment each file belongs to, found by looking and never by running anything. A look takes a few questions
 * to the file system, for which no reading waits: until it is over nothing is known to be installed.
 */
export class Environments implements Disposable {
  private readonly known = new Map<string, { readonly found?: Environment }>();
  private readonly changed = new Emitter<void>();
  /** The environment of some file has become known, or has changed. */
  readonly onDidChange = this.changed.event;
  private readonly found = new Emitter<Environment>();
  /** An environment was found that was not known before. */
  readonly onDidFind = this.found.event;
  private readonly installed = new Emitter<string>();
  /** Something has been installed in this folder, or taken out of it. */
  readonly onDidInstall = this.installed.event;
  private readonly listening: Disposable;
  private readonly watchers = new Map<string, Disposable>();
  private generation = 0;

  constructor(private readonly needs: EnvironmentNeeds) {
    this.listening = needs.onDidChange(() => {
      this.generation++;
      // Also where no environment was known: there may be one now, for which only a reading looks.
      const asked = this.known.size > 0;
      // And what was found may have been read while it was being made, of which the packages' watcher hears nothing.
      const folders = new Set([...this.known.values()].flatMap(({ found }) => found?.packages ?? []));
      this.known.clear();
      for (const folder of folders) this.installed.fire(folder);
      if (asked) this.changed.fire();
    });
  }

  dispose(): void {
    this.generation++;
    this.listening.dispose();
    for (const each of [this.changed, this.found, this.installed, ...this.watchers.values()]) each.dispose();
  }

  /** The environment of a file, as far as it is known by now; that it has become known is told. */
  of(path: string): Environment | undefined {
    const choice = this.needs.choice(path);
    if (!choice.enabled) return undefined;
    const beside = this.foldersBeside(path);
    const key = JSON.stringify([choice.folders, choice.interpreter, beside, this.needs.trusted()]);
    const known = this.known.get(key);
    if (known) return known.found;
    this.known.set(key, {});
    const { generation } = this;
    void this.look(choice, beside).then((found) => {
      if (generation !== this.generation || !found) return;
      this.known.set(key, { found });
      for (const folder of found.packages)
        if (!this.watchers.has(folder))
          this.watchers.set(
            folder,
            this.needs.watch(folder, () => this.installed.fire(folder)),
          );
      this.found.fire(found);
      this.changed.fire();
    });
    return undefined;
  }

  /** The folders above a file up to that of the workspace; of a file outside, or unsaved, those of the workspace. */
  private foldersBeside(path: string): readonly string[] {
    const folders = this.needs.folders();
    const root = folders.find((folder) => isWithin(path, [folder]));
    if (root === undefined) return folders;
    const found: string[] = [];
    for (let folder = above(path); isWithin(folder, [root]); folder = above(folder)) found.push(folder);
    return found;
  }

  private async look({ folders, interpreter }: Choice, beside: readonly string[]): Promise<Environment | undefined> {
    const { files } = this.needs;
    const within = this.needs.trusted() ? undefined : this.needs.folders();
    if (folders.length > 0) {
      const found: string[] = [];
      for (const folder of folders) {
        const own = await packagesOf(files, folder, within);
        // A folder that holds packages, and is no environment.
        found.push(...(own.length > 0 ? own : [folder]));
      }
      return { origin: 'setting', name: nameOf(folders[0]), packages: found };
    }
    if (interpreter !== undefined) {
      for (const prefix of [prefixOf(interpreter), interpreter]) {
        const packages = await packagesOf(files, prefix, within);
        if (packages.length > 0) return { origin: 'interpreter', name: nameOf(prefix), packages };
      }
    }
    const prefix = await environmentIn(files, beside);
    if (prefix === undefined) return undefined;
    const packages = await packagesOf(files, prefix, within);
    return packages.length > 0 ? { origin: 'folder', name: nameOf(prefix), packages } : undefined;
  }
}

/** `unet` of `/home/ann/envs/unet/lib/python3.12/site-packages`. */
function nameOf(path: string): string {
  const name = path.replace(/\/lib\/python[\d.t]*\/(?:site|dist)-packages\/?$/, '').replace(/\/+$/, '');
  const last = name.slice(name.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
