import type { ModuleSource, ProjectView } from '../python';
import type { KnownFile } from './api';
import { type Import, type Imports, importsOf, importText } from './imports';
import { above, isPackage, isWithin, moduleName, placesOf } from './places';

/** A place of which is known what stands there; without a source: nothing. */
interface Known extends Imports {
  readonly source?: ModuleSource;
}

const NOTHING: Known = { imports: [], words: new Set() };

/**
 * Texts that are looked through for what they import before a file is read, nearest first. What is further away than
 * that is asked for when the analysis comes to it.
 */
const MOST_TEXTS = 400;

/** The files that the reading thread has been told of, as the analysis asks for them; what it asks in vain is noted. */
export class KnownFiles {
  private readonly files = new Map<string, Known>();
  /** By each word of their import statements, the paths of files. */
  private readonly importing = new Map<string, Set<string>>();
  private readonly wanted = new Set<string>();
  /** Counts what has been told and forgotten, so that what follows from it can be kept until the next. */
  private version = 0;
  /** What imports were found to mean, since the version. */
  private readonly resolved = new Map<string, ModuleSource | undefined>();
  /** By path, the import statements of which everything is known, and since which version. */
  private readonly complete = new Map<string, string>();

  know(files: readonly KnownFile[]): void {
    for (const { path, text } of files) {
      const before = this.files.get(path);
      // A file told again unchanged keeps its version, so that what was made of it stays good.
      if (before && before.source?.text === text) continue;
      this.remove(path);
      this.changed();
      if (text === undefined) {
        this.files.set(path, NOTHING);
        continue;
      }
      const known: Known = { source: { path, text, version: this.version }, ...importsOf(text) };
      this.files.set(path, known);
      for (const word of known.words) {
        const paths = this.importing.get(word);
        if (paths) paths.add(path);
        else this.importing.set(word, new Set([path]));
      }
    }
  }

  /** Forgets these paths, and all below them: each may be a folder. */
  forget(paths: readonly string[]): void {
    for (const path of [...this.files.keys()]) if (isWithin(path, paths)) this.remove(path);
    for (const path of [...this.complete.keys()]) if (isWithin(path, paths)) this.complete.delete(path);
    this.changed();
  }

  isImported(path: string): boolean {
    return this.importers(path).length > 0;
  }

  /** The places that the analysis asked for and of which nothing was known. */
  takeWanted(): string[] {
    const taken = [...this.wanted];
    this.wanted.clear();
    return taken;
  }

  /**
   * The places of which something must be known to read this text: where its imports may stand, and the imports of
   * those files, as far as they are known, and so on. None are left when it has been asked, and told, often enough.
   */
  missingFor(path: string, text: string, folders: readonly string[]): string[] {
    const state = `${this.version}\n${folders.join('\n')}\n${importText(text)}`;
    if (this.complete.get(path) === state) return [];
    const view = this.view(folders);
    const reached = new Set<ModuleSource>(this.importers(path));
    const follow = (from: string, imports: readonly Import[]): void => {
      for (const each of imports) for (const found of modulesOf(view, from, each)) reached.add(found);
    };
    follow(path, importsOf(text).imports);
    let count = 0;
    for (const source of reached) {
      if (++count > MOST_TEXTS) break;
      if (source.path !== path) follow(source.path, this.files.get(source.path)?.imports ?? []);
    }
    const missing = this.takeWanted();
    if (missing.length === 0) this.complete.set(path, state);
    return missing;
  }

  view(folders: readonly string[]): ProjectView {
    return {
      resolve: (from, module, level) => {
        const key = `${level}\n${module}\n${above(from)}\n${folders.join('\n')}`;
        if (this.resolved.has(key)) return this.resolved.get(key);
        const { source, sure } = this.resolve(placesOf(from, module, level, folders));
        if (sure) this.resolved.set(key, source);
        return source;
      },
      importers: (path) => this.importers(path),
    };
  }

  private resolve(places: readonly string[]): { readonly source?: ModuleSource; readonly sure: boolean } {
    let sure = true;
    for (const place of places) {
      const known = this.files.get(place);
      if (known?.source) return { source: known.source, sure };
      if (known) continue;
      // Only what precedes the file that is known could take its place, so what follows is not asked for.
      this.wanted.add(place);
      sure = false;
    }
    return { sure };
  }

  /** In the order of their paths, so that what is told does not depend on which of them was known first. */
  private importers(path: string): readonly ModuleSource[] {
    const name = moduleName(path);
    const paths = name === undefined ? [] : [...(this.importing.get(name) ?? [])].sort();
    return paths.flatMap((each) => (each === path ? [] : (this.files.get(each)?.source ?? [])));
  }

  private remove(path: string): void {
    for (const word of this.files.get(path)?.words ?? []) {
      const paths = this.importing.get(word);
      paths?.delete(path);
      if (paths?.size === 0) this.importing.delete(word);
    }
    this.files.delete(path);
  }

  private changed(): void {
    this.version++;
    this.resolved.clear();
  }
}

/** The modules that an import may run, as the interpreter looks for them; those that are not known yet are noted. */
function modulesOf(view: ProjectView, from: string, { module, level, names }: Import): ModuleSource[] {
  const found: ModuleSource[] = [];
  const find = (at: string, dotted: string, dots: number): ModuleSource | undefined => {
    const source = view.resolve(at, dotted, dots);
    if (source) found.push(source);
    return source;
  };
  if (level === 0 && names.length === 0) find(from, module.split('.')[0], 0);
  const whole = find(from, module, level);
  for (const name of names) {
    // A name of a package may be a module beside it; of a folder that is no package it can be nothing else.
    if (whole && isPackage(whole.path)) find(whole.path, name, 1);
    else if (!whole) find(from, module ? `${module}.${name}` : name, level);
  }
  return found;
}
