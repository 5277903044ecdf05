import type { ModuleSource, ProjectView } from '../python';
import type { KnownFile } from './api';
import { type Import, type Imports, importsOf, importText } from './imports';
import { above, dataPlacesOf, isData, isPackage, isWithin, moduleName, placesOf } from './places';

/** What is known of a place: the file that stands there, or, without a source, that there is none. */
interface Known extends Imports {
  readonly source?: ModuleSource;
}

const NOTHING: Known = { imports: [], words: new Set() };

/**
 * Before a file is read, so many texts are looked through for what they import, the nearest first. What is further away
 * the analysis asks for when it comes to it.
 */
const MOST_TEXTS = 400;

/**
 * The files that the reading thread has been told of. Places that the analysis asks for and that are not among them are
 * noted.
 */
export class KnownFiles {
  private readonly files = new Map<string, Known>();
  /** By word: the paths of the files in whose import statements it stands. */
  private readonly importing = new Map<string, Set<string>>();
  private readonly wanted = new Set<string>();
  /** Counts all that is told and forgotten: what was worked out is good as long as this stays the same. */
  private version = 0;
  /** The files that imports were found to mean at this version. */
  private readonly resolved = new Map<string, ModuleSource | undefined>();
  /** By path: the version and the import statements of which everything is known. */
  private readonly complete = new Map<string, string>();

  know(files: readonly KnownFile[]): void {
    for (const { path, text } of files) {
      const before = this.files.get(path);
      // A file that is told again unchanged keeps its version, and what was worked out from it stays good.
      if (before && before.source?.text === text) continue;
      this.remove(path);
      this.changed();
      if (text === undefined) {
        this.files.set(path, NOTHING);
        continue;
      }
      const source = { path, text, version: this.version };
      const known: Known = isData(path) ? { ...NOTHING, source } : { source, ...importsOf(text) };
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

  /** The places that were asked for since the last call, and of which nothing is known. */
  takeWanted(): string[] {
    const taken = [...this.wanted];
    this.wanted.clear();
    return taken;
  }

  /**
   * The places of which nothing is known and where something may stand that this text imports, or that a known file
   * imports which it imports, and so on. When those have been told there may be more; when there are none left, the
   * text can be read.
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
      data: (from, path) => this.data(dataPlacesOf(from, path, folders)),
      importers: (path) => this.importers(path),
    };
  }

  /** The file at one of these places; where there are several it counts only when they hold the same. */
  private data(places: readonly string[]): ModuleSource | undefined {
    const known = places.map((place) => this.files.get(place));
    for (const [index, place] of places.entries()) if (!known[index]) this.wanted.add(place);
    const [first, ...others] = known.flatMap((each) => each?.source ?? []);
    return known.includes(undefined) || others.some(({ text }) => text !== first.text) ? undefined : first;
  }

  private resolve(places: readonly string[]): { readonly source?: ModuleSource; readonly sure: boolean } {
    let sure = true;
    for (const place of places) {
      const known = this.files.get(place);
      if (known?.source) return { source: known.source, sure };
      if (known) continue;
      // The first file that is found counts, so places behind a known file are not asked for.
      this.wanted.add(place);
      sure = false;
    }
    return { sure };
  }

  /** In the order of their paths, so that reports do not depend on which file became known first. */
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

/** The modules that an import may run. This asks for them as the interpreter does, so that unknown ones are noted. */
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
    // A name taken from a package may be a module in its folder. Taken from a folder without `__init__.py` it must be.
    if (whole && isPackage(whole.path)) find(whole.path, name, 1);
    else if (!whole) find(from, module ? `${module}.${name}` : name, level);
  }
  return found;
}
