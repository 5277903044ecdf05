import * as vscode from 'vscode';
import type { Place } from './documentFile';
import type { Folder } from './folder';
import { moveFileOf } from './moveFile';
import { nameOf } from './names';

const { fs } = vscode.workspace;

class VsCodeFolder implements Folder {
  readonly move: Folder['move'];

  constructor(private readonly uri: vscode.Uri) {
    const move = moveFileOf(uri.scheme);
    this.move = move && ((from, to) => move(this.at(from), this.at(to)));
  }

  async read(name: string): Promise<Uint8Array> {
    return fs.readFile(this.at(name));
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    await fs.writeFile(this.at(name), bytes);
  }

  async remove(name: string): Promise<void> {
    await fs.delete(this.at(name));
  }

  async state(name: string): ReturnType<Folder['state']> {
    try {
      const { mtime, size, type } = await fs.stat(this.at(name));
      return { modified: mtime, size, link: (type & vscode.FileType.SymbolicLink) !== 0 };
    } catch {
      return null;
    }
  }

  private at(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.uri, name);
  }
}

/** Where a document with this address stands. */
export const placeOf = (uri: vscode.Uri): Place => ({
  folder: new VsCodeFolder(vscode.Uri.joinPath(uri, '..')),
  name: nameOf(uri.path),
});

/** Deletes files that may be gone already. */
export async function removeFiles(uris: readonly vscode.Uri[]): Promise<void> {
  await Promise.allSettled(uris.map((uri) => fs.delete(uri)));
}
