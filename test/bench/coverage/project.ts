import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ModuleSource, ProjectView } from '../../../src/python';

/** By path, the lines from and to of statements that a recording did not execute. */
export type PassedOver = Readonly<Record<string, readonly (readonly [from: number, to: number])[]>>;

/**
 * A file with empty lines in the place of what was not executed: of that nothing was recorded with which to compare.
 */
export function textOf(path: string, passedOver: PassedOver = {}): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  for (const [from, to] of passedOver[path] ?? []) lines.fill('', from - 1, to);
  return lines.join('\n');
}

/**
 * A checkout on disk as the analysis asks for it. `instead` stands for the file of its path, and uses every other file.
 */
export function checkoutProject(root: string, instead: ModuleSource, passedOver: PassedOver = {}): ProjectView {
  const kept = new Map<string, ModuleSource | undefined>([[instead.path, instead]]);
  const read = (path: string): ModuleSource | undefined => {
    if (!kept.has(path))
      kept.set(path, existsSync(path) ? { path, text: textOf(path, passedOver), version: 1 } : undefined);
    return kept.get(path);
  };
  const above = (path: string): string[] => {
    const found: string[] = [];
    for (let directory = dirname(path); directory.startsWith(root); directory = dirname(directory))
      found.push(directory);
    return found;
  };
  return {
    resolve(from, module, level) {
      const parts = module.split('.').filter((part) => part !== '');
      const roots = level > 0 ? above(from).slice(level - 1, level) : [...above(from), root];
      for (const directory of roots) {
        const base = join(directory, ...parts);
        const found = (parts.length > 0 ? read(`${base}.py`) : undefined) ?? read(join(base, '__init__.py'));
        if (found) return found;
      }
      return undefined;
    },
    data(from, path) {
      const places = path.startsWith('/')
        ? [path]
        : [...new Set([dirname(from), root])].map((each) => join(each, path));
      const found = places.filter((place) => place.startsWith(root)).flatMap((place) => read(place) ?? []);
      return found.every(({ text }) => text === found[0].text) ? found[0] : undefined;
    },
    importers: (path) => (path === instead.path ? [] : [instead]),
  };
}

/** Every Python file of a checkout. */
export function pythonFiles(root: string): string[] {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
