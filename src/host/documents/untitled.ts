import * as vscode from 'vscode';
import type { InspectorDocument } from '../../core/state/document';
import { DOCUMENT_EXTENSION } from '../../core/state/serialize';
import { startDocument } from '../panel/startDocument';
import { memoryLimit } from '../memory';
import { DocumentFile } from './documentFile';
import { asStem, namesFor } from './names';
import { inspectorTabs } from './tabs';
import { placeOf, removeFiles } from './vscodeFolder';

const { fs } = vscode.workspace;

async function isFile(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(fs.stat(uri)).then(
    () => true,
    () => false,
  );
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Documents that no file holds yet. What is typed into one is kept by VS Code, which backs up what is not saved; but
 * one that nobody has edited is not backed up, and after a reload of the window VS Code gives nothing but its address.
 * So what such a document began with is kept in the extension's own storage, as long as it is open.
 */
export class UntitledDocuments {
  /** Addresses that were given to documents whose tabs are not there yet, and those of open ones. */
  private readonly taken = new Set<string>();

  constructor(private readonly storage: vscode.Uri) {}

  /** An address for a new document, under a name that neither an open document nor a file has. */
  async begin(document?: InspectorDocument): Promise<vscode.Uri> {
    const uri = await this.address(document?.title);
    const kept = await this.fileOf(uri);
    if (document) await DocumentFile.write(placeOf(kept), document);
    // An address may have been used before, by a document that was open when VS Code ended.
    else await this.forget(uri);
    this.taken.add(uri.toString());
    return uri;
  }

  /** What a document began with. */
  async read(uri: vscode.Uri): Promise<InspectorDocument> {
    const kept = await this.fileOf(uri);
    return (await isFile(kept)) ? (await DocumentFile.read(placeOf(kept), memoryLimit())).document : startDocument();
  }

  async forget(uri: vscode.Uri): Promise<void> {
    this.taken.delete(uri.toString());
    const kept = await this.fileOf(uri);
    const folder = vscode.Uri.joinPath(kept, '..');
    const stem = kept.path.slice(folder.path.length + 1, -DOCUMENT_EXTENSION.length);
    const names = await Promise.resolve(fs.readDirectory(folder)).catch(() => []);
    await removeFiles(
      names.flatMap(([name]) => (name.startsWith(`${stem}.`) ? [vscode.Uri.joinPath(folder, name)] : [])),
    );
  }

  private async address(title: string | undefined): Promise<vscode.Uri> {
    // VS Code offers to save under the path of the address, so it is a path in the workspace.
    const root = vscode.workspace.workspaceFolders?.[0]?.uri;
    for (const name of namesFor(title === undefined ? undefined : asStem(title))) {
      const target = root && vscode.Uri.joinPath(root, name);
      const uri = vscode.Uri.from({ scheme: 'untitled', path: target?.path ?? name });
      const key = uri.toString();
      if (this.taken.has(key) || inspectorTabs().has(key)) continue;
      this.taken.add(key);
      if (!target || !(await isFile(target))) return uri;
      this.taken.delete(key);
    }
    throw new TypeError('There is always another number.');
  }

  private async fileOf(uri: vscode.Uri): Promise<vscode.Uri> {
    return vscode.Uri.joinPath(this.storage, `${await digest(uri.toString())}${DOCUMENT_EXTENSION}`);
  }
}
