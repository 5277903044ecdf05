import type { ModuleSource, ProjectView } from '../python';
import type { KnownFile } from './api';
import { Demand } from './demand';
import { type Import, type Imports, importsOf, importText } from './imports';
import {
  above,
  dataPlacesOf,
  isData,
  isPackage,
  isWithin,
  moduleName,
  packageOf,
  placesOf,
  type Roots,
} from './places';

/** Places where an import may stand and of which nothing is known. */
export interface Missing {
  /** In the workspace: without what may stand there the text is not read. */
  readonly wanted: readonly string[];
  /** Among installed packages: the text is read without them first, since there may be hundreds. */
  readonly later: readonly string[];
}

/**
 * What is known of a place: the file that stands there, or, without a source, that there is none. What a file imports
 * is noted of the user's own: an installed one is nobody's example of how to call what the user writes.
 */
interface Known extends Imports {
  readonly source?: ModuleSource;
}

/** What a package for some framework names somewhere. */
const FRAMEWORK = /\b(?:torch|keras|tensorflow|jax|flax|paddle)\b/;

const NOTHING: Known = { imports: [], words: new Set() };

/**
 * Before a file is read, so many texts are looked through for what they import, the nearest first. What is further away
 * the analysis asks for when it comes to it.
 */
const MOST_TEXTS = 400;

/** Where the names and the imports of known files lead. */
interface Followed {
  readonly demand: Demand;
  readonly modules: Map<ModuleSource, readonly ModuleSource[]>;
  /** By path, and good for one version: the files that import it. */
  readonly importers: Map<string, { readonly version: number; readonly found: readonly ModuleSource[] }>;
}

/**
 * The files that the reading thread has been told of. Places that the analysis asks for and that are not among them are
 * noted.
 */
export class KnownFiles {
  private readonly files = new Map<string, Known>();
  /** By word: the paths of the files in whose import statements it stands. */
  private readonly importing = new Map<string, Set<string>>();
  private wanted = new Set<string>();
  private later = new Set<string>();
  /** Every folder of installed packages that was named so far. */
  private readonly packages = new Set<string>();
  /** Counts all that is told and forgotten: what was worked out is good as long as this stays the same. */
  private version = 0;
  /** Counts the questions that could not be answered for good: each of them asks for files. */
  private unsure = 0;
  /** The files that imports were found to mean for good, as long as nothing that was known is changed. */
  private readonly resolved = new Map<string, Map<string, Map<string, ModuleSource | undefined>>>();
  /** By path: the version and the import statements of which everything is known. */
  private readonly complete = new Map<string, string>();
  /** By where imports are sought: what was found of the files that are known, as long as none of them is changed. */
  private readonly followed = new Map<string, Followed>();

  know(files: readonly KnownFile[]): void {
    for (const { path, text } of files) {
      const before = this.files.get(path);
      // A file that is told again unchanged keeps its version, and what was worked out from it stays good.
      if (before && before.source?.text === text) continue;
      this.remove(path);
      this.changed(before !== undefined);
      if (text === undefined) {
        this.files.set(path, NOTHING);
        continue;
      }
      const installed = this.isInstalled(path);
      const source: ModuleSource = { path, text, version: this.version, ...(installed ? { installed } : {}) };
      const known: Known = installed || isData(path) ? { ...NOTHING, source } : { source, ...importsOf(text) };
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
    this.changed(true);
  }

  isImported(path: string): boolean {
    return this.importers(path).length > 0;
  }

  /** The places that were asked for since the last call, and of which nothing is known. */
  takeWanted(): Missing {
    const taken = { wanted: [...this.wanted], later: [...this.later] };
    this.wanted.clear();
    this.later.clear();
    return taken;
  }

  /**
   * The places of which nothing is known and where something may stand that this text imports, or that a known file
   * imports which it imports, and so on. When those have been told there may be more; when there are none left, the
   * text can be read.
   */
  missingFor(path: string, text: string, roots: Roots): Missing {
    for (const each of roots.packages) this.packages.add(each);
    const under = underOf(roots);
    const state = `${this.version}\n${under}\n${importText(text)}`;
    if (this.complete.get(path) === state) return { wanted: [], later: [] };
    const view = this.view(roots);
    const followed = this.followedFor(under, view);
    const reached = new Set<ModuleSource>(this.importers(path));
    for (const each of importsOf(text).imports) for (const found of modulesOf(view, path, each)) reached.add(found);
    let count = 0;
    for (const source of reached) {
      if (++count > MOST_TEXTS) break;
      if (source.path !== path) for (const found of this.modulesIn(source, view, followed)) reached.add(found);
    }
    if (roots.packages.length > 0)
      followed.demand.of([{ path, text }, ...[...reached].filter((source) => source.path !== path)]);
    const missing = this.takeWanted();
    if (missing.wanted.length + missing.later.length === 0) this.complete.set(path, state);
    return missing;
  }

  /**
   * The files that import this one, by way of others too. That its name stands in their imports tells little: half of
   * those in five packages meant another `utils` or `resnet`, and each is run for its examples.
   */
  private realImporters(path: string, view: ProjectView, followed: Followed): readonly ModuleSource[] {
    const known = followed.importers.get(path);
    if (known?.version === this.version) return known.found;
    const named = this.importers(path);
    const leading = this.leadingTo(path, named, view, followed);
    const found = named.filter((each) => leading.has(each));
    followed.importers.set(path, { version: this.version, found });
    return found;
  }

  /**
   * The files, of these and of what they import, whose imports lead to a path, or to something of which nothing is
   * known yet; nothing is asked for to tell.
   */
  private leadingTo(
    path: string,
    named: readonly ModuleSource[],
    view: ProjectView,
    followed: Followed,
  ): ReadonlySet<ModuleSource> {
    const { unsure, wanted, later } = this;
    this.wanted = new Set();
    this.later = new Set();
    const importing = new Map<string, ModuleSource[]>();
    const leading = new Set<ModuleSource>();
    try {
      const reached = new Set(named);
      for (const source of reached) {
        const before = this.unsure;
        for (const found of this.modulesIn(source, view, followed)) {
          const known = importing.get(found.path);
          if (known) known.push(source);
          else importing.set(found.path, [source]);
          reached.add(found);
        }
        if (this.unsure > before) leading.add(source);
      }
    } finally {
      Object.assign(this, { unsure, wanted, later });
    }
    for (const each of importing.get(path) ?? []) leading.add(each);
    // By adding to what is gone through: those that import what leads there do so too.
    for (const source of leading) for (const each of importing.get(source.path) ?? []) leading.add(each);
    return leading;
  }

  private followedFor(under: string, view: ProjectView): Followed {
    let followed = this.followed.get(under);
    if (!followed) {
      followed = { demand: new Demand(view, () => this.unsure), modules: new Map(), importers: new Map() };
      this.followed.set(under, followed);
    }
    return followed;
  }

  /** The modules that a known file may run by its imports. */
  private modulesIn(source: ModuleSource, view: ProjectView, { modules }: Followed): readonly ModuleSource[] {
    const known = modules.get(source);
    if (known) return known;
    const before = this.unsure;
    const { imports = [] } = this.files.get(source.path) ?? {};
    const found = [...new Set(imports.flatMap((each) => modulesOf(view, source.path, each)))];
    if (this.unsure === before) modules.set(source, found);
    return found;
  }

  /** The analysis of this path has asked for more than its import statements tell. */
  lookAgain(path: string): void {
    this.complete.delete(path);
  }

  view(roots: Roots): ProjectView {
    const under = underOf(roots);
    const view: ProjectView = {
      state: () => `${this.version}\n${this.unsure}\n${under}`,
      resolve: (from, module, level) => {
        const known = this.resolvedFor(under, above(from));
        const key = level === 0 ? module : `${level}\n${module}`;
        if (known.has(key)) return known.get(key);
        const { source: found, sure } = this.resolve(placesOf(from, module, level, roots));
        const source = found && isOfInterest(from, found, roots) ? found : undefined;
        if (sure) known.set(key, source);
        else this.unsure++;
        return source;
      },
      data: (from, path) => this.data(dataPlacesOf(from, path, roots.folders)),
      importers: (path) => this.realImporters(path, view, this.followedFor(under, view)),
    };
    return view;
  }

  /** The file at one of these places; where there are several it counts only when they hold the same. */
  private data(places: readonly string[]): ModuleSource | undefined {
    const known = places.map((place) => this.files.get(place));
    for (const [index, place] of places.entries()) if (!known[index]) this.wanted.add(place);
    if (known.includes(undefined)) this.unsure++;
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
      (this.isInstalled(place) ? this.later : this.wanted).add(place);
      sure = false;
    }
    return { sure };
  }

  /**
   * What imports in the files of a folder were found to mean. Long texts are keys of the outer maps only, where they
   * are the same objects each time: of a key that is put together each time all letters are read.
   */
  private resolvedFor(under: string, folder: string): Map<string, ModuleSource | undefined> {
    let folders = this.resolved.get(under);
    if (!folders) this.resolved.set(under, (folders = new Map<string, Map<string, ModuleSource | undefined>>()));
    let found = folders.get(folder);
    if (!found) folders.set(folder, (found = new Map<string, ModuleSource | undefined>()));
    return found;
  }

  /** In the order of their paths, so that reports do not depend on which file became known first. */
  private importers(path: string): readonly ModuleSource[] {
    const name = moduleName(path);
    const paths = name === undefined ? [] : [...(this.importing.get(name) ?? [])].sort();
    return paths.flatMap((each) => (each === path ? [] : (this.files.get(each)?.source ?? [])));
  }

  private isInstalled(path: string): boolean {
    return isWithin(path, [...this.packages]);
  }

  private remove(path: string): void {
    for (const word of this.files.get(path)?.words ?? []) {
      const paths = this.importing.get(word);
      paths?.delete(path);
      if (paths?.size === 0) this.importing.delete(word);
    }
    this.files.delete(path);
  }

  /**
   * What was found for good asked only places of which something was known: it stays good when another one becomes
   * known.
   */
  private changed(wasKnown: boolean): void {
    this.version++;
    if (!wasKnown) return;
    this.resolved.clear();
    this.followed.clear();
  }
}

const underOf = ({ folders, packages }: Roots): string => `${folders.join('\n')}\n${packages.join('\n')}`;

/**
 * What one package takes from another matters only where that is about a framework, too: most of what the files of a
 * network import beside reads archives, asks servers and prints.
 */
function isOfInterest(from: string, found: ModuleSource, { packages }: Roots): boolean {
  const own = packageOf(from, packages);
  return own === undefined || own === packageOf(found.path, packages) || FRAMEWORK.test(found.text);
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
  if (whole?.installed) return found;
  for (const name of names) {
    // A name taken from a package may be a module in its folder. Taken from a folder without `__init__.py` it must be.
    if (whole && isPackage(whole.path)) find(whole.path, name, 1);
    else if (!whole) find(from, module ? `${module}.${name}` : name, level);
  }
  return found;
}
