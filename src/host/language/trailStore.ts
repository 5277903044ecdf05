import * as vscode from 'vscode';
import type { TrailStore } from '../../language/trails';

/** A file in the extension's own storage. */
export function trailStore(folder: vscode.Uri): TrailStore {
  const file = vscode.Uri.joinPath(folder, 'installed.json');
  return {
    read: async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(file)),
    write: async (text) => {
      await vscode.workspace.fs.createDirectory(folder);
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    },
  };
}
