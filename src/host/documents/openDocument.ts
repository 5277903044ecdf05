import * as vscode from 'vscode';
import type { InspectorDocument } from '../../core/state/document';
import { memoryLimit } from '../memory';
import { parseBackupId } from './backups';
import { DocumentFile } from './documentFile';
import type { UntitledDocuments } from './untitled';
import { placeOf } from './vscodeFolder';

export interface OpenedDocument {
  readonly document: InspectorDocument;
  /** The file that holds it, unless none does yet. */
  readonly file?: DocumentFile;
}

async function openBackup(uri: vscode.Uri, id: string): Promise<OpenedDocument> {
  const { address, seen } = parseBackupId(id);
  const { document, file } = await DocumentFile.read(placeOf(vscode.Uri.parse(address)), memoryLimit());
  return uri.scheme === 'untitled' ? { document } : { document, file: await file.backing(placeOf(uri), seen) };
}

/** The document that VS Code asks for by its address. */
export async function openDocument(
  uri: vscode.Uri,
  { backupId, untitledDocumentData }: Partial<vscode.CustomDocumentOpenContext>,
  untitled: UntitledDocuments,
): Promise<OpenedDocument> {
  if (backupId !== undefined) return openBackup(uri, backupId);
  if (uri.scheme !== 'untitled') return DocumentFile.read(placeOf(uri), memoryLimit());
  // An untitled text that is shown in the inspector with "Reopen Editor With…". There are no files beside it.
  if (untitledDocumentData) return { document: DocumentFile.parse(untitledDocumentData, memoryLimit()) };
  return { document: await untitled.read(uri) };
}
