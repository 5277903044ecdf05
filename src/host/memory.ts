import * as vscode from 'vscode';

/** The limit for what one request may allocate, in bytes; the setting is in MiB. */
export function memoryLimit(): number {
  const mebibytes = vscode.workspace.getConfiguration('transposedConv').get<number>('memoryLimit', 1024);
  return Math.max(1, mebibytes) * 1024 * 1024;
}
