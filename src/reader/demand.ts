import type { ModuleSource, ProjectView } from '../python';
import { type Binding, namesQuoted, type Outline, outlineOf, type Part, referencesIn } from './outline';
import { isPackage } from './places';

/** So many installed files are looked through for one text; what is further away the analysis asks for itself. */
const MOST_FILES = 600;

const outlines = new WeakMap<ModuleSource, Outline>();

function outline(source: ModuleSource): Outline {
  let found = outlines.get(source);
  if (!found) outlines.set(source, (found = outlineOf(source.text)));
  return found;
}

/**
 * Goes from the names that a text takes from installed packages to the files that define them, through whatever hands
 * them on, and from there to what those definitions name. Every package is imported from the top by its `__init__`, so
 * that to follow all that is imported would be to read the whole of it: 1,200 files for one network of MONAI, of which
 * this finds some forty. It asks the view for each, so that places of which nothing is known are noted.
 */
export class Demand {
  private readonly seen = new Set<string>();
  private readonly files = new Set<ModuleSource>();

  constructor(private readonly view: ProjectView) {}

  /** All that a text of the user's takes from what is installed. */
  ofText(path: string, text: string): void {
    const { imports, stars } = outlineOf(text);
    const modules = [...imports].flatMap(([name, binding]) => {
      const found = this.moduleOf(path, binding);
      return found?.installed || !found ? [[name, binding] as const] : [];
    });
    const given = stars.flatMap((each) => this.installedOf(path, each) ?? []);
    if (modules.length === 0 && given.length === 0) return;
    const bound = new Map(modules);
    const quoted = namesQuoted(text);
    for (const reference of referencesIn(text)) {
      const [name, ...rest] = reference.split('.');
      const binding = bound.get(name);
      if (binding) this.through(path, binding, rest);
      else for (const each of given) this.want(each, [name, ...rest]);
    }
    // By name, in what the packages on the way import whole: that is where such names are registered.
    for (const source of [...this.files]) for (const name of quoted) this.registered(source, name);
  }

  private registered(source: ModuleSource, name: string): void {
    for (const star of outline(source).stars) {
      const module = this.installedOf(source.path, star);
      if (module && outline(module).parts.get(name)?.waits) this.want(module, [name]);
    }
  }

  private moduleOf(from: string, { module, level }: Binding): ModuleSource | undefined {
    return this.view.resolve(from, module, level);
  }

  private installedOf(from: string, binding: Binding): ModuleSource | undefined {
    const found = this.moduleOf(from, binding);
    return found?.installed ? found : undefined;
  }

  private through(from: string, binding: Binding, rest: readonly string[]): void {
    const { module, level, taken } = binding;
    const found = this.moduleOf(from, binding);
    const names = taken === undefined ? rest : [taken, ...rest];
    if (found?.path === from && taken !== undefined) {
      // `from torchvision import models` in torchvision itself.
      const inside = this.view.resolve(from, taken, 1);
      if (inside?.installed) this.want(inside, rest);
    } else if (found?.installed) this.want(found, names);
    // Taken from a folder without `__init__.py` it must be a module.
    else if (!found && taken !== undefined && module !== '') {
      const inside = this.view.resolve(from, `${module}.${taken}`, level);
      if (inside?.installed) this.want(inside, rest);
    }
  }

  /** What a file has under the first of these names, the others being attributes of it. */
  private want(source: ModuleSource, names: readonly string[]): void {
    const key = `${source.path} ${names.join('.')}`;
    if (this.seen.has(key) || (!this.files.has(source) && this.files.size >= MOST_FILES)) return;
    this.seen.add(key);
    const { imports, stars, parts, first } = outline(source);
    if (!this.files.has(source)) {
      this.files.add(source);
      for (const each of first) this.follow(source, each);
    }
    const [name, ...rest] = names;
    if (name === undefined) return;
    const part = parts.get(name);
    if (part?.waits) this.follow(source, part);
    const binding = imports.get(name);
    if (binding) this.through(source.path, binding, rest);
    if (part || binding) return;
    for (const star of stars) {
      const module = this.installedOf(source.path, star);
      if (module && (module.text.includes(name) || module.text.includes('import *'))) this.want(module, names);
    }
    if (!isPackage(source.path)) return;
    const inside = this.view.resolve(source.path, name, 1);
    if (inside?.installed) this.want(inside, rest);
  }

  /** What a statement of a file names of what the file has. */
  private follow(source: ModuleSource, { references }: Part): void {
    const { imports, parts } = outline(source);
    for (const reference of references) {
      const [name, ...rest] = reference.split('.');
      if (imports.has(name) || parts.has(name)) this.want(source, [name, ...rest.slice(0, 3)]);
    }
  }
}
