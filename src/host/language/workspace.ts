import * as vscode from 'vscode';
import type { ReaderClient } from '../../reader/client';
import type { KnownFile } from '../../reader/api';

/**
 * Directories that hold no code of the project's own, and the most files that are looked through for who imports whom.
 */
const ELSEWHERE = '**/{node_modules,site-packages,.venv,venv,env,.git,__pycache__,build,dist,.tox}/**';
const MOST = 2000;
/** Larger files are data or generated; bytes. */
const LONGEST = 1_000_000;
/** Files read together while looking through the workspace. */
const AT_ONCE = 16;

/**
 * Tells the reading thread of the workspace's Python files: those that an import asks for, those that are open and
 * changed, and, once something is worth it, all, since an example call may stand anywhere. Reads through
 * `vscode.workspace.fs` alone, so that it works in every file system.
 */
export class WorkspaceFiles implements vscode.Disposable {
  private surveying: Promise<void> | undefined;
  private generation = 0;
  /** Versions of open documents as they were last told. */
  private readonly told = new Map<string, number>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** A file on disk has changed, appeared or gone. */
  readonly onDidChange = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly reader: ReaderClient) {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.py');
    const again = async (uri: vscode.Uri): Promise<void> => {
      await this.reader.know([await this.read(uri)]);
      this.changed.fire(uri);
    };
    const change = (uri: vscode.Uri): void => {
      // Before anything has been read there is nobody to tell.
      if (this.generation > 0) void again(uri);
    };
    this.disposables = [
      watcher,
      this.changed,
      watcher.onDidChange(change),
      watcher.onDidCreate(change),
      watcher.onDidDelete(change),
      vscode.workspace.onDidChangeWorkspaceFolders(() => (this.surveying = undefined)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // Its text may have held changes that nobody saved.
        if (this.told.delete(uri.toString())) change(uri);
      }),
    ];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  /** Tells of the open documents whose text has changed, but for the one that is about to be read. */
  async tellOpen(but: vscode.Uri): Promise<void> {
    const generation = this.reader.ready();
    if (this.generation !== generation) {
      this.generation = generation;
      this.told.clear();
      this.surveying = undefined;
    }
    const files: KnownFile[] = [];
    for (const document of vscode.workspace.textDocuments) {
      const { languageId, uri, version } = document;
      const path = uri.toString();
      if (
        languageId !== 'python' ||
        path === but.toString() ||
        uri.scheme === 'vscode-notebook-cell' ||
        this.told.get(path) === version
      )
        continue;
      this.told.set(path, version);
      files.push({ path, text: document.getText() });
    }
    await this.reader.know(files);
  }

  /** Reads what an import asked for; true when one of the places holds a file. */
  async fetch(paths: readonly string[]): Promise<boolean> {
    const files = await Promise.all(paths.map((path) => this.read(vscode.Uri.parse(path))));
    await this.reader.know(files);
    return files.some(({ text }) => text !== undefined);
  }

  /** Reads the whole workspace, once. */
  survey(): Promise<void> {
    return (this.surveying ??= this.readAll());
  }

  private async readAll(): Promise<void> {
    const uris = await vscode.workspace.findFiles('**/*.py', ELSEWHERE, MOST);
    const closed = uris.filter((uri) => !this.told.has(uri.toString()));
    for (let start = 0; start < closed.length; start += AT_ONCE) {
      await this.fetch(closed.slice(start, start + AT_ONCE).map((uri) => uri.toString()));
    }
  }

  private async read(uri: vscode.Uri): Promise<KnownFile> {
    const path = uri.toString();
    const open = vscode.workspace.textDocuments.find(
      (document) => !document.isClosed && document.uri.toString() === path,
    );
    if (open) return { path, text: open.getText() };
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      return { path, text: bytes.byteLength > LONGEST ? undefined : new TextDecoder().decode(bytes) };
    } catch {
      // Most places where an import might stand hold no file: that is an answer, not a failure.
      return { path, text: undefined };
    }
  }
}
