import type { ModuleSource, ProjectView } from '../python';
import type { KnownFile } from './api';
import { importedNames, moduleName, placesOf } from './places';

interface Kept {
  readonly source?: ModuleSource;
  readonly imports: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The files that the reading thread has been told of, as the analysis asks for them; what it asks in vain is noted. */
export class KnownFiles {
  private readonly files = new Map<string, Kept>();
  private readonly wanted = new Set<string>();
  private version = 0;

  know(files: readonly KnownFile[]): void {
    for (const { path, text } of files) {
      // A file told again unchanged keeps its version, so that what was made of it stays good.
      if (text !== undefined && this.files.get(path)?.source?.text === text) continue;
      this.files.set(
        path,
        text === undefined
          ? { imports: NOTHING }
          : { source: { path, text, version: ++this.version }, imports: importedNames(text) },
      );
    }
  }

  forget(paths: readonly string[]): void {
    for (const path of paths) this.files.delete(path);
  }

  isImported(path: string): boolean {
    return this.importers(path).length > 0;
  }

  /** The paths asked for and not known since the last time. */
  takeWanted(): string[] {
    const taken = [...this.wanted];
    this.wanted.clear();
    return taken;
  }

  view(folders: readonly string[]): ProjectView {
    return {
      resolve: (from, module, level) => {
        for (const place of placesOf(from, module, level, folders)) {
          const kept = this.files.get(place);
          if (kept?.source) return kept.source;
          // Only what precedes the file that is known could take its place, so what follows is not asked for.
          if (!kept) this.wanted.add(place);
        }
        return undefined;
      },
      importers: (path) => this.importers(path),
    };
  }

  private importers(path: string): readonly ModuleSource[] {
    const name = moduleName(path);
    if (!name) return [];
    return [...this.files].flatMap(([key, { source, imports }]) =>
      source && key !== path && imports.has(name) ? [source] : [],
    );
  }
}
