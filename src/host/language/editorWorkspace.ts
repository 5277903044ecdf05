import * as vscode from 'vscode';
import { Emitter } from '../../language/emitter';
import type { Workspace } from '../../language/workspace';

/** Folders that hold installed packages or what a tool has made. */
const ELSEWHERE = '**/{node_modules,site-packages,.venv,venv,env,.git,__pycache__,build,dist,.tox}/**';
/** Files of the workspace that are looked through, at most. */
const MOST = 2000;
/** Larger files are data or generated; bytes. */
const LONGEST = 1_000_000;
/** Errors of a file system for a folder that does not exist, or that is a file. */
const NO_FOLDER: readonly string[] = ['FileNotFound', 'FileNotADirectory'];

/** Files are read through `vscode.workspace.fs` alone, so that this works in every file system. */
async function read(path: string): Promise<string | undefined> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(path));
    return bytes.byteLength > LONGEST ? undefined : new TextDecoder().decode(bytes);
  } catch {
    // Most places where an import might stand hold no file: that is an answer, not a failure.
    return undefined;
  }
}

async function list(path: string): Promise<ReadonlySet<string> | 'none' | undefined> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(path));
    return new Set(entries.map(([name]) => name));
  } catch (error) {
    return error instanceof vscode.FileSystemError && NO_FOLDER.includes(error.code) ? 'none' : undefined;
  }
}

/** The editor's own workspace. */
export function editorWorkspace(): Workspace & vscode.Disposable {
  const { workspace } = vscode;
  const written = new Emitter<string>();
  const removed = new Emitter<string>();
  const folders = new Emitter<{ readonly removed: readonly string[] }>();
  const closed = new Emitter<string>();
  const typed = new Emitter<string>();
  const saved = new Emitter<string>();
  const watcher = workspace.createFileSystemWatcher('**/*.{py,json,yaml,yml}');
  const to =
    (emitter: Emitter<string>) =>
    (uri: vscode.Uri): void =>
      emitter.fire(uri.toString());
  const disposables: readonly vscode.Disposable[] = [
    ...[written, removed, folders, closed, typed, saved],
    watcher,
    watcher.onDidChange(to(written)),
    watcher.onDidCreate(to(written)),
    watcher.onDidDelete(to(removed)),
    // When a folder is deleted or renamed, the watcher does not tell of the files in it.
    workspace.onDidDeleteFiles(({ files }) => files.forEach(to(removed))),
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        removed.fire(oldUri.toString());
        // The thread may know that nothing stands at the new place, or below it: this is no longer so.
        (newUri.path.endsWith('.py') ? written : removed).fire(newUri.toString());
      }
    }),
    workspace.onDidChangeWorkspaceFolders((change) =>
      folders.fire({ removed: change.removed.map(({ uri }) => uri.toString()) }),
    ),
    workspace.onDidCloseTextDocument(({ uri }) => closed.fire(uri.toString())),
    workspace.onDidCloseNotebookDocument(({ uri }) => closed.fire(uri.toString())),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) typed.fire(document.uri.toString());
    }),
    workspace.onDidSaveTextDocument(({ uri }) => saved.fire(uri.toString())),
    workspace.onDidSaveNotebookDocument(({ uri }) => saved.fire(uri.toString())),
  ];
  return {
    openTexts: () =>
      workspace.textDocuments
        .filter(
          ({ languageId, uri, isClosed }) =>
            languageId === 'python' && uri.scheme !== 'vscode-notebook-cell' && !isClosed,
        )
        .map((document) => ({
          path: document.uri.toString(),
          version: document.version,
          text: () => document.getText(),
        })),
    folders: () => (workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()),
    read,
    list,
    find: async () => (await workspace.findFiles('**/*.py', ELSEWHERE, MOST)).map((uri) => uri.toString()),
    onDidWrite: written.event,
    onDidRemove: removed.event,
    onDidChangeFolders: folders.event,
    onDidClose: closed.event,
    onDidType: typed.event,
    onDidSave: saved.event,
    dispose: () => disposables.forEach((each) => void each.dispose()),
  };
}
