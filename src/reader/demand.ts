import type { ModuleSource, ProjectView } from '../python';
import { type Binding, importedBy, namesQuoted, type Outline, outlineOf, type Part, referencesIn } from './outline';
import { isPackage } from './places';

/** So many installed files are looked through for one text; what is further away the analysis asks for itself. */
const MOST_FILES = 600;

const outlines = new WeakMap<ModuleSource, Outline>();

function outline(source: ModuleSource): Outline {
  let found = outlines.get(source);
  if (!found) outlines.set(source, (found = outlineOf(source.text)));
  return found;
}

/** What is asked of an installed file: a name, and attributes of that, or, without any, that it be imported. */
interface Want {
  readonly source: ModuleSource;
  readonly names: readonly string[];
  /** What that asks for in turn, once it is known for good. */
  leads?: readonly Want[];
}

/** A text of the user's, and what it asks for. */
interface Asking {
  readonly text: string;
  readonly quoted: ReadonlySet<string>;
  leads?: readonly Want[];
  /** What it looks like, until that is known for good: every round of looking for files asks for it. */
  looks?: Looks;
}

interface Looks extends Pick<Outline, 'imports' | 'stars'> {
  readonly references: ReadonlySet<string>;
}

const looksOf = (text: string): Looks => ({ ...importedBy(text), references: referencesIn(text) });

/**
 * Goes from the names that a text takes from installed packages to the files that define them, through whatever hands
 * them on, and from there to what those definitions name. Every package is imported from the top by its `__init__`, so
 * that to follow all that is imported would be to read the whole of it: 1,200 files for one network of MONAI, of which
 * this finds some forty. It asks the view for each, so that places of which nothing is known are noted; where all were
 * known, what a name asks for is kept, since every round of looking for files goes the same way again, and so does
 * every other file that imports the same.
 */
export class Demand {
  private readonly wants = new Map<ModuleSource, Map<string, Want>>();
  private readonly texts = new Map<string, Asking>();
  private readonly given = new Map<ModuleSource, ReadonlyMap<string, readonly ModuleSource[]>>();

  /** @param unsure Counts the questions to the view of which the answer may yet be another. */
  constructor(
    private readonly view: ProjectView,
    private readonly unsure: () => number,
  ) {}

  /** Asks for all that texts of the user's take from what is installed. */
  of(texts: Iterable<{ readonly path: string; readonly text: string }>): void {
    const seen = new Set<Want>();
    const files = new Set<ModuleSource>();
    const visit = (roots: readonly Want[]): void => {
      const open = roots.toReversed();
      for (let want = open.pop(); want; want = open.pop()) {
        if (seen.has(want) || (!files.has(want.source) && files.size >= MOST_FILES)) continue;
        seen.add(want);
        files.add(want.source);
        const leads = this.leadsOf(want);
        for (let at = leads.length - 1; at >= 0; at--) open.push(leads[at]);
      }
    };
    for (const { path, text } of texts) {
      const asking = this.asking(path, text);
      const leads = asking.leads ?? this.keptIfSure(asking, () => this.leadsOfText(path, asking));
      if (asking.leads) asking.looks = undefined;
      if (leads.length === 0) continue;
      visit(leads);
      // By name, in what the packages on the way import whole: that is where such names are registered.
      for (const source of [...files]) {
        const registered = this.registered(source);
        if (registered.size > 0)
          for (const name of asking.quoted) visit((registered.get(name) ?? []).map((each) => this.want(each, [name])));
      }
    }
  }

  private asking(path: string, text: string): Asking {
    let asking = this.texts.get(path);
    if (asking?.text !== text) this.texts.set(path, (asking = { text, quoted: namesQuoted(text) }));
    return asking;
  }

  private keptIfSure(of: { leads?: readonly Want[] }, find: () => readonly Want[]): readonly Want[] {
    const before = this.unsure();
    const leads = find();
    if (this.unsure() === before) of.leads = leads;
    return leads;
  }

  private want(source: ModuleSource, names: readonly string[]): Want {
    let own = this.wants.get(source);
    if (!own) this.wants.set(source, (own = new Map<string, Want>()));
    const key = names.join('.');
    let want = own.get(key);
    if (!want) own.set(key, (want = { source, names }));
    return want;
  }

  private leadsOfText(path: string, asking: Asking): readonly Want[] {
    const { imports, stars, references } = (asking.looks ??= looksOf(asking.text));
    const modules = [...imports].flatMap(([name, binding]) => {
      const found = this.moduleOf(path, binding);
      return found?.installed || !found ? [[name, binding] as const] : [];
    });
    const given = stars.flatMap((each) => this.installedOf(path, each) ?? []);
    if (modules.length === 0 && given.length === 0) return [];
    const bound = new Map(modules);
    return [...references].flatMap((reference) => {
      const [name, ...rest] = reference.split('.');
      const binding = bound.get(name);
      return binding ? this.through(path, binding, rest) : given.map((each) => this.want(each, [name, ...rest]));
    });
  }

  /** By name: the files that a file imports whole and that define it. */
  private registered(source: ModuleSource): ReadonlyMap<string, readonly ModuleSource[]> {
    const known = this.given.get(source);
    if (known) return known;
    const before = this.unsure();
    const found = new Map<string, ModuleSource[]>();
    for (const star of outline(source).stars) {
      const module = this.installedOf(source.path, star);
      if (!module) continue;
      for (const [name, { waits }] of outline(module).parts)
        if (waits) found.set(name, [...(found.get(name) ?? []), module]);
    }
    if (this.unsure() === before) this.given.set(source, found);
    return found;
  }

  private moduleOf(from: string, { module, level }: Binding): ModuleSource | undefined {
    return this.view.resolve(from, module, level);
  }

  private installedOf(from: string, binding: Binding): ModuleSource | undefined {
    const found = this.moduleOf(from, binding);
    return found?.installed ? found : undefined;
  }

  private through(from: string, binding: Binding, rest: readonly string[]): readonly Want[] {
    const { module, level, taken } = binding;
    const found = this.moduleOf(from, binding);
    const names = taken === undefined ? rest : [taken, ...rest];
    if (found?.path === from && taken !== undefined) {
      // `from torchvision import models` in torchvision itself.
      const inside = this.view.resolve(from, taken, 1);
      return inside?.installed ? [this.want(inside, rest)] : [];
    }
    if (found?.installed) return [this.want(found, names)];
    // Taken from a folder without `__init__.py` it must be a module.
    const inside =
      !found && taken !== undefined && module !== '' ? this.view.resolve(from, `${module}.${taken}`, level) : undefined;
    return inside?.installed ? [this.want(inside, rest)] : [];
  }

  private leadsOf(want: Want): readonly Want[] {
    return want.leads ?? this.keptIfSure(want, () => this.found(want));
  }

  /** What a file has under the first of the names, the others being attributes of it. */
  private found({ source, names }: Want): readonly Want[] {
    const { imports, stars, parts, first } = outline(source);
    const [name, ...rest] = names;
    if (name === undefined) return first.flatMap((each) => this.follow(source, each));
    const part = parts.get(name);
    const binding = imports.get(name);
    const own = [
      this.want(source, []),
      ...(part?.waits ? this.follow(source, part) : []),
      ...(binding ? this.through(source.path, binding, rest) : []),
    ];
    if (part || binding) return own;
    const given = stars.flatMap((star) => {
      const module = this.installedOf(source.path, star);
      const mayHave = module && (module.text.includes(name) || module.text.includes('import *'));
      return mayHave ? [this.want(module, names)] : [];
    });
    const inside = isPackage(source.path) ? this.view.resolve(source.path, name, 1) : undefined;
    return [...own, ...given, ...(inside?.installed ? [this.want(inside, rest)] : [])];
  }

  /** What a statement of a file names of what the file has. */
  private follow(source: ModuleSource, { references }: Part): readonly Want[] {
    const { imports, parts } = outline(source);
    return [...references].flatMap((reference) => {
      const [name, ...rest] = reference.split('.');
      return imports.has(name) || parts.has(name) ? [this.want(source, [name, ...rest.slice(0, 3)])] : [];
    });
  }
}
