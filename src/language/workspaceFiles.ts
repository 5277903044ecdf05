import type { Disposable } from './events';
import type { KnownFile } from '../reader/api';
import type { ReaderClient } from '../reader/client';
import { isData, isWithin } from '../reader/places';
import { Emitter } from './emitter';
import { FolderLists } from './folderLists';
import type { Workspace } from './workspace';

/** Files read together while looking through the workspace. */
const AT_ONCE = 16;

/** The part of the reading thread's client that is told of files. */
export type FileReader = Pick<ReaderClient, 'ready' | 'know' | 'forget' | 'close'>;

/**
 * Tells the reading thread of Python files: of those that an import asks for, of those that are open in an editor, and,
 * once there is a layer to tell of, of the whole workspace, since an example call of it may stand anywhere.
 */
export class WorkspaceFiles implements Disposable {
  private surveying: Promise<void> | undefined;
  /** The number of the thread that has been told; 0 as long as there is none, and changes need not be told. */
  private generation = 0;
  /** Versions of open documents as they were last told. */
  private readonly told = new Map<string, number>();
  /** Places outside the workspace of which the thread was told. VS Code does not say when something changes there. */
  private readonly unwatched = new Set<string>();
  /** Files of data that were asked for. Those that come and go beside them are nobody's business. */
  private readonly data = new Set<string>();
  private turn: Promise<unknown> = Promise.resolve();
  private readonly changed = new Emitter<void>();
  /** A file has changed, appeared or gone, and the thread has been told. */
  readonly onDidChange = this.changed.event;
  private readonly disposables: readonly Disposable[];

  constructor(
    private readonly reader: FileReader,
    private readonly workspace: Workspace,
  ) {
    const whenRead =
      <Event>(tell: (event: Event) => Promise<unknown>, concerns: (event: Event) => boolean = () => true) =>
      (event: Event): void => {
        if (this.generation > 0 && concerns(event)) this.follow(tell(event));
      };
    this.disposables = [
      this.changed,
      workspace.onDidWrite(
        whenRead(
          (path) => this.tell([path]),
          (path) => this.concerns(path),
        ),
      ),
      workspace.onDidRemove(
        whenRead(
          (path) => this.forget([path]),
          (path) => this.concerns(path),
        ),
      ),
      workspace.onDidChangeFolders(
        whenRead(({ removed }) => {
          this.surveying = undefined;
          return this.forget(removed);
        }),
      ),
      workspace.onDidClose((path) => this.close(path)),
    ];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  /** Tells of the open documents whose text has changed, but for the one that is about to be read. */
  async tellOpen(but: string): Promise<void> {
    const generation = this.reader.ready();
    if (this.generation !== generation) {
      this.generation = generation;
      this.told.clear();
      this.unwatched.clear();
      this.surveying = undefined;
    }
    const files: KnownFile[] = [];
    for (const { path, version, text } of this.workspace.openTexts()) {
      if (path === but || this.told.get(path) === version) continue;
      this.told.set(path, version);
      files.push({ path, text: text() });
    }
    await this.reader.know(files);
  }

  /**
   * For one reading: a function that tells the thread what stands at these places, and answers whether there was a file
   * at any. It remembers the folders that it has listed until the reading is done. Of the folders of installed packages
   * it is told when something changes there.
   */
  telling(packages: readonly string[] = []): (places: readonly string[]) => Promise<boolean> {
    const lists = new FolderLists(this.workspace);
    return async (places) => {
      lists.expect(places);
      for (const path of places) {
        if (!this.isWatched(path) && !isWithin(path, packages)) this.unwatched.add(path);
        if (isData(path)) this.data.add(path);
      }
      const texts = await this.tell(places, (path) => lists.mayHold(path));
      return texts.some((text) => text !== undefined);
    };
  }

  /** Something has been installed in these folders, or taken out of them: what is known of them is so no more. */
  forgetInstalled(folders: readonly string[]): void {
    if (this.generation > 0) this.follow(this.inTurn(() => this.reader.forget(folders)));
  }

  /** Tells of every file of the workspace, once. */
  survey(): Promise<void> {
    return (this.surveying ??= this.readAll());
  }

  private async readAll(): Promise<void> {
    const paths = await this.workspace.find();
    const closed = paths.filter((path) => !this.told.has(path));
    for (let start = 0; start < closed.length; start += AT_ONCE) {
      await this.tell(closed.slice(start, start + AT_ONCE));
    }
  }

  private concerns(path: string): boolean {
    return !isData(path) || this.data.has(path);
  }

  private isWatched(path: string): boolean {
    return isWithin(path, this.workspace.folders());
  }

  /**
   * Tells what stands at these paths: what an editor shows, else what is saved. It waits for its turn: else a text that
   * was read just before its file was deleted might be told just after.
   */
  private tell(paths: readonly string[], mayHold = async (_path: string) => true): Promise<(string | undefined)[]> {
    return this.inTurn(async () => {
      const open = new Map(this.workspace.openTexts().map((each) => [each.path, each]));
      const texts = paths.map(
        async (path) => open.get(path)?.text() ?? ((await mayHold(path)) ? await this.workspace.read(path) : undefined),
      );
      const found = await Promise.all(texts);
      await this.reader.know(paths.map((path, index) => ({ path, text: found[index] })));
      return found;
    });
  }

  /** Forgets these paths and all below them. When one is a folder, files may have come elsewhere: then look again. */
  private forget(paths: readonly string[]): Promise<void> {
    for (const path of [...this.told.keys()]) if (isWithin(path, paths)) this.told.delete(path);
    if (!paths.every((path) => path.endsWith('.py') || isData(path))) this.surveying = undefined;
    return this.inTurn(() => this.reader.forget(paths));
  }

  /** What was told of a closed document may never have been saved: from now on its file counts. */
  private close(path: string): void {
    const wasTold = this.told.delete(path);
    this.reader.close(path).catch(ended);
    if (!this.isWatched(path)) {
      const paths = [path, ...this.unwatched];
      this.unwatched.clear();
      const forgotten = this.inTurn(() => this.reader.forget(paths));
      if (wasTold) this.follow(forgotten);
    } else if (wasTold) this.follow(this.tell([path]));
  }

  private follow(told: Promise<unknown>): void {
    void told.then(() => this.changed.fire(), ended);
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.turn.then(work);
    this.turn = result.catch(ended);
    return result;
  }
}

/** For a thread that has ended before it was told: the next one is told everything. */
const ended = (): void => undefined;
