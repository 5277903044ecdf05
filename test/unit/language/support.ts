import type { TextDocument, Uri } from 'vscode';
import { Emitter } from '../../../src/language/emitter';
import type { Source } from '../../../src/language/source';
import type { OpenText, Workspace } from '../../../src/language/workspace';

export const ROOT = 'file:///w';

/** A document that can be typed in. */
export class FakeDocument {
  version = 1;
  isClosed = false;
  readonly uri: Uri;

  constructor(
    readonly path: string,
    private content: string,
  ) {
    this.uri = { toString: () => path } as unknown as Uri;
  }

  getText(): string {
    return this.content;
  }

  type(content: string): void {
    this.content = content;
    this.version++;
  }

  get asDocument(): TextDocument {
    return this as unknown as TextDocument;
  }
}

export const sourceOf = (document: TextDocument): Source => ({
  uri: document.uri,
  version: String(document.version),
  text: document.getText(),
  parts: [{ document, start: 0, length: document.getText().length }],
});

/** Files and open documents, and what was asked of the disk. */
export class FakeWorkspace implements Workspace {
  readonly files = new Map<string, string>();
  readonly documents = new Map<string, FakeDocument>();
  readonly read_: string[] = [];
  readonly listed: string[] = [];
  /** What `read` waits for, so that a test can do something meanwhile. */
  before: (path: string) => Promise<void> = async () => undefined;
  private readonly emitters = {
    write: new Emitter<string>(),
    remove: new Emitter<string>(),
    folders: new Emitter<{ readonly removed: readonly string[] }>(),
    close: new Emitter<string>(),
    type: new Emitter<string>(),
    save: new Emitter<string>(),
  };
  readonly onDidWrite = this.emitters.write.event;
  readonly onDidRemove = this.emitters.remove.event;
  readonly onDidChangeFolders = this.emitters.folders.event;
  readonly onDidClose = this.emitters.close.event;
  readonly onDidType = this.emitters.type.event;
  readonly onDidSave = this.emitters.save.event;

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) this.files.set(pathOf(name), text);
  }

  openTexts(): readonly OpenText[] {
    return [...this.documents.values()].map((document) => ({
      path: document.path,
      version: document.version,
      text: () => document.getText(),
    }));
  }

  folders(): readonly string[] {
    return [ROOT];
  }

  async read(path: string): Promise<string | undefined> {
    this.read_.push(path);
    await this.before(path);
    return this.files.get(path);
  }

  async list(path: string): Promise<ReadonlySet<string> | 'none' | undefined> {
    this.listed.push(path);
    const below = [...this.files.keys()].filter((file) => file.startsWith(`${path}/`));
    return below.length === 0 ? 'none' : new Set(below.map((file) => file.slice(path.length + 1).split('/')[0]));
  }

  async find(): Promise<readonly string[]> {
    return [...this.files.keys()].filter((path) => path.startsWith(`${ROOT}/`));
  }

  open(name: string, text = this.files.get(pathOf(name)) ?? ''): FakeDocument {
    const document = new FakeDocument(pathOf(name), text);
    this.documents.set(document.path, document);
    return document;
  }

  type(document: FakeDocument, text: string): void {
    document.type(text);
    this.emitters.type.fire(document.path);
  }

  save(document: FakeDocument): void {
    this.files.set(document.path, document.getText());
    this.emitters.save.fire(document.path);
    this.emitters.write.fire(document.path);
  }

  close(document: FakeDocument): void {
    document.isClosed = true;
    this.documents.delete(document.path);
    this.emitters.close.fire(document.path);
  }

  /** Another program writes a file. */
  write(name: string, text: string): void {
    this.files.set(pathOf(name), text);
    this.emitters.write.fire(pathOf(name));
  }

  remove(name: string): void {
    for (const path of [...this.files.keys()])
      if (path === pathOf(name) || path.startsWith(`${pathOf(name)}/`)) this.files.delete(path);
    this.emitters.remove.fire(pathOf(name));
  }
}

/** A name below the workspace's folder, or a path as it is. */
export const pathOf = (name: string): string => (name.includes(':') ? name : `${ROOT}/${name}`);

/** Lets everything happen that waits for nothing but promises. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
