import { rename } from 'node:fs/promises';
import type * as vscode from 'vscode';

/** Puts one file into another's place in one step. */
export type MoveFile = (from: vscode.Uri, to: vscode.Uri) => Promise<void>;

/**
 * How files of this scheme are moved in one step; nothing where there is no such step. `workspace.fs.rename` is none:
 * over a file that is there it first deletes that, and with it the open document whose file it is.
 */
export const moveFileOf = (scheme: string): MoveFile | undefined =>
  scheme === 'file' ? (from, to) => rename(from.fsPath, to.fsPath) : undefined;
