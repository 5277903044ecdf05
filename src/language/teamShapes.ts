import type { Dim } from '../python';
import type { SettingsRead } from '../reader/api';
import type { ReaderClient } from '../reader/client';
import { above, isWithin } from '../reader/places';
import { type Refusal, TABLE } from '../reader/projectSettings';
import type { FileSystem } from '../reader/sitePackages';
import { Emitter } from './emitter';
import type { Disposable, Event } from './events';

const PROJECT_FILE = 'pyproject.toml';
/** What stands in the folder of a project: the first folder above a file that has one of these is its project's. */
const MARKS: readonly string[] = [PROJECT_FILE, 'setup.py', 'setup.cfg', '.git'];

type Shapes = Readonly<Record<string, readonly Dim[]>>;
const NONE: Shapes = {};

/** A `pyproject.toml` that says something that is none of our settings, so that nothing of it holds. */
export interface RefusedSettings extends Refusal {
  readonly file: string;
  /** From 1: where that is not known, where it begins to speak of us. */
  readonly line: number;
}

export interface TeamShapesNeeds {
  readonly files: FileSystem;
  readonly reader: Pick<ReaderClient, 'settings'>;
  folders(): readonly string[];
  /** A `pyproject.toml` has been made, written or taken away. */
  readonly onDidChange: Event<void>;
}

/**
 * The shapes that a team has set in `pyproject.toml`, by the files of its project; paths are URIs. A look takes a few
 * questions to the file system, for which no reading waits: until it is over nothing is set.
 */
export class TeamShapes implements Disposable {
  private readonly looked = new Map<string, Shapes>();
  private readonly changed = new Emitter<void>();
  /** The shapes of some file have become known, or have changed. */
  readonly onDidChange = this.changed.event;
  private readonly refused = new Emitter<RefusedSettings>();
  /** What a file says is none of the settings; told again for each of its project's files, until it is written. */
  readonly onDidRefuse = this.refused.event;
  private readonly listening: Disposable;
  private generation = 0;

  constructor(private readonly needs: TeamShapesNeeds) {
    this.listening = needs.onDidChange(() => {
      this.generation++;
      this.looked.clear();
      this.changed.fire();
    });
  }

  dispose(): void {
    this.generation++;
    this.listening.dispose();
    this.changed.dispose();
    this.refused.dispose();
  }

  /** What is set for the inputs of a file, as far as it is known by now; that it has become known is told. */
  of(path: string): Shapes {
    const known = this.looked.get(path);
    if (known) return known;
    this.looked.set(path, NONE);
    const { generation } = this;
    void this.look(path).then(
      (shapes) => {
        if (generation !== this.generation || !shapes) return;
        this.looked.set(path, shapes);
        this.changed.fire();
      },
      // The thread has ended: its end is told elsewhere, and nothing is set until the file is written again.
      () => undefined,
    );
    return NONE;
  }

  private async look(path: string): Promise<Shapes | undefined> {
    const { files, folders, reader } = this.needs;
    const root = folders().find((folder) => isWithin(path, [folder]));
    if (root === undefined) return undefined;
    for (let folder = above(path); isWithin(folder, [root]); folder = above(folder)) {
      const names = await files.list(folder);
      if (names === undefined || names === 'none' || !MARKS.some((mark) => names.has(mark))) continue;
      const file = `${folder}/${PROJECT_FILE}`;
      const { generation } = this;
      const text = names.has(PROJECT_FILE) ? await files.read(file) : undefined;
      const { settings, refusal }: SettingsRead = text === undefined ? {} : await reader.settings(text);
      if (refusal && generation === this.generation)
        this.refused.fire({ ...refusal, file, line: refusal.line ?? lineOfTable(text!) });
      const within = decodeURIComponent(path.slice(folder.length + 1));
      return Object.entries(settings?.shapes ?? {}).find(([file]) => plain(file) === within)?.[1];
    }
    return undefined;
  }
}

/** A path as it stands in the settings, with slashes and without a dot before it. */
const plain = (file: string): string => file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');

/** The line that first names our table, from 1. */
const lineOfTable = (text: string): number => text.split('\n').findIndex((line) => line.includes(TABLE)) + 1 || 1;
