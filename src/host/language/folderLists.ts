import { above } from '../../reader/places';
import type { Workspace } from './workspace';

const nameOf = (path: string): string => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/**
 * Which places hold a file, told by lists of their folders: of the places where an import may stand nearly all are
 * empty (`torch.py` in every folder above the file), and to ask for thousands of files that are not there took seconds.
 */
export class FolderLists {
  private readonly lists = new Map<string, ReturnType<Workspace['list']>>();
  private readonly expected = new Set<string>();

  constructor(private readonly workspace: Pick<Workspace, 'list'>) {}

  /** The places about which is going to be asked. */
  expect(places: readonly string[]): void {
    for (const place of places) this.expected.add(above(place));
  }

  async mayHold(place: string): Promise<boolean> {
    const names = await this.list(above(place));
    return names === undefined || (names !== 'none' && names.has(nameOf(place)));
  }

  private list(folder: string): ReturnType<Workspace['list']> {
    let names = this.lists.get(folder);
    if (!names) this.lists.set(folder, (names = this.ask(folder)));
    return names;
  }

  private async ask(folder: string): ReturnType<Workspace['list']> {
    const parent = above(folder);
    // Most folders in question do not exist, which their parents' lists tell; but no parent is looked into for that
    // alone: it may be the root of the disk.
    if (this.expected.has(parent)) {
      const beside = await this.list(parent);
      if (beside === 'none' || beside?.has(nameOf(folder)) === false) return 'none';
    }
    return this.workspace.list(folder);
  }
}
