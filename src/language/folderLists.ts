import { above } from '../reader/places';
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
 * Tells from lists of folders at which places a file stands. Nearly all places where an import may stand are empty,
 * such as `torch.py` in every folder above the file: for one file of a large library 3,200 places were asked for, of
 * which 85 held a file. Ten lists tell which; else each of the others is an error of the file system that has to be
 * waited for.
 */
export class FolderLists {
  private readonly lists = new Map<string, ReturnType<Workspace['list']>>();
  private readonly expected = new Set<string>();

  constructor(private readonly workspace: Pick<Workspace, 'list'>) {}

  /** Says of which places it is going to be asked. */
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
    // Most of these folders do not exist, which the list of the folder above tells. But only where that list is needed
    // anyway: the folder above may be a home folder, or the root of the disk.
    if (this.expected.has(parent)) {
      const beside = await this.list(parent);
      if (beside === 'none' || beside?.has(nameOf(folder)) === false) return 'none';
    }
    return this.workspace.list(folder);
  }
}
