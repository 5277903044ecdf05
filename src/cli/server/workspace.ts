import { readdir, readFile, stat } from 'node:fs/promises';
import { Emitter } from '../../language/emitter';
import type { OpenText, Workspace } from '../../language/workspace';
import { LONGEST, ownUri, pathOfUri, uriOfPath } from '../disk';
import { filesBelow, isPython } from '../find';
import type { ServedDocument } from './served';

/** Files of a workspace that are looked through, at most; the extension's number. */
const MOST = 2000;

/** Something other than a file, `untitled:` perhaps, is nowhere on disk. */
export const fileOf = (uri: string): string | undefined => (uri.startsWith('file:') ? pathOfUri(uri) : undefined);

/** The workspace of a client: what it has open, and what stands on disk. */
export class ServedWorkspace implements Workspace {
  private readonly events = {
    write: new Emitter<string>(),
    remove: new Emitter<string>(),
    folders: new Emitter<{ readonly removed: readonly string[] }>(),
    close: new Emitter<string>(),
    type: new Emitter<string>(),
    save: new Emitter<string>(),
  };
  readonly onDidWrite = this.events.write.event;
  readonly onDidRemove = this.events.remove.event;
  readonly onDidChangeFolders = this.events.folders.event;
  readonly onDidClose = this.events.close.event;
  readonly onDidType = this.events.type.event;
  readonly onDidSave = this.events.save.event;
  private roots: readonly string[] = [];

  /** `wants`: whether a team leaves a path in. */
  constructor(
    private readonly documents: () => readonly ServedDocument[],
    private readonly wants: (path: string) => boolean,
  ) {}

  openTexts(): readonly OpenText[] {
    return this.documents().map((document) => ({
      path: document.uri,
      version: document.version,
      text: () => document.getText(),
    }));
  }

  folders(): readonly string[] {
    return this.roots;
  }

  /** Says which folders the client has open now. */
  setFolders(uris: readonly string[]): void {
    const roots = uris.map(ownUri);
    const removed = this.roots.filter((each) => !roots.includes(each));
    this.roots = roots;
    this.events.folders.fire({ removed });
  }

  tell(what: 'write' | 'remove' | 'close' | 'type' | 'save', uri: string): void {
    this.events[what].fire(uri);
  }

  async find(): Promise<readonly string[]> {
    const found = this.roots.flatMap((root) => {
      const folder = fileOf(`${root}/`);
      return folder === undefined ? [] : filesBelow(folder, this.wants).filter(isPython);
    });
    return found.slice(0, MOST).map(uriOfPath);
  }

  async read(uri: string): Promise<string | undefined> {
    const path = fileOf(uri);
    if (path === undefined) return undefined;
    try {
      return (await stat(path)).size > LONGEST ? undefined : (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
    } catch {
      // Most places where an import might stand hold no file: that is an answer, not a failure.
      return undefined;
    }
  }

  async list(uri: string): Promise<ReadonlySet<string> | 'none'> {
    const folder = fileOf(`${uri}/`);
    if (folder === undefined) return 'none';
    try {
      return new Set(await readdir(folder));
    } catch {
      return 'none';
    }
  }
}
