import * as vscode from 'vscode';

/** The script that reads rare kinds of files, for a compute thread without files of its own: `activate` says where. */
let script: vscode.Uri | undefined;

export function setReaders(extensionUri: vscode.Uri): void {
  script = vscode.Uri.joinPath(extensionUri, 'dist', 'rare.js');
}

export async function readReaders(): Promise<string> {
  if (!script) throw new Error('It was not said where the readers are.');
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(script));
}
