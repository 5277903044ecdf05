import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ModuleSource, ProjectView } from '../../../src/python';
import { KnownFiles } from '../../../src/reader/files';

/** Larger files are data or generated; bytes. As in the extension. */
const LONGEST = 1_000_000;
/** Rounds in which files are told before a text is read. */
const LEVELS = 40;

/** What the extension's host does with a reading: it tells of files from the disk, here at once. */
export class Disk {
  readonly files = new KnownFiles();
  private readonly lists = new Map<string, ReadonlySet<string>>();
  /** Files that were read, and what their texts took together. */
  readonly paths: string[] = [];
  read = { files: 0, length: 0, rounds: 0 };

  constructor(
    private readonly packages: string,
    private readonly given: ReadonlyMap<string, string>,
  ) {}

  /** Tells of everything that a text was found to import. */
  follow(path: string, text: string): void {
    const roots = { folders: [dirname(path)], packages: [this.packages] };
    for (let level = 0; level < LEVELS; level++) {
      const { wanted, later } = this.files.missingFor(path, text, roots);
      if (wanted.length + later.length === 0) return;
      this.read.rounds++;
      this.tell([...wanted, ...later]);
    }
  }

  /** Places that the analysis itself asks for are told while it waits. */
  view(path: string, importers: readonly ModuleSource[]): { readonly project: ProjectView; readonly late: string[] } {
    const view = this.files.view({ folders: [dirname(path)], packages: [this.packages] });
    const late: string[] = [];
    const resolve: ProjectView['resolve'] = (from, module, level) => {
      for (;;) {
        const found = view.resolve(from, module, level);
        const { wanted, later } = this.files.takeWanted();
        const places = [...wanted, ...later];
        if (places.length === 0) return found;
        const before = this.read.files;
        this.tell(places);
        if (this.read.files > before) late.push(`${from} → ${'.'.repeat(level)}${module}`);
      }
    };
    return { project: { resolve, importers: (each) => importers.filter(({ path: own }) => own !== each) }, late };
  }

  private tell(places: readonly string[]): void {
    this.files.know(places.map((path) => ({ path, text: this.textAt(path) })));
  }

  private textAt(path: string): string | undefined {
    const known = this.given.get(path);
    if (known !== undefined) return known;
    const folder = dirname(path);
    let names = this.lists.get(folder);
    if (!names) this.lists.set(folder, (names = namesIn(folder)));
    if (!names.has(path.slice(folder.length + 1))) return undefined;
    const text = readFileSync(path, 'utf8');
    if (text.length > LONGEST) return undefined;
    this.paths.push(path);
    this.read.files++;
    this.read.length += text.length;
    return text;
  }
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return new Set();
  }
}
