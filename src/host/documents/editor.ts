import * as vscode from 'vscode';
import type { InspectorDocument } from '../../core/state/document';
import { ProblemError } from '../../core/problem';
import { Inspector } from '../panel/inspector';
import type { InspectorServices } from '../panel/services';
import { startDocument } from '../panel/startDocument';
import { openSession } from '../openSession';
import type { Session } from '../session/session';
import { describe, translated } from '../translate';
import { readDocument, removeFiles, writeDocument } from './documentFiles';

export const EDITOR_TYPE = 'transposedConv.document';

/** An open `.tconv.json` file. Several editors of it share the one session. */
class DocumentModel implements vscode.CustomDocument {
  constructor(
    readonly uri: vscode.Uri,
    readonly session: Session,
  ) {}

  dispose(): void {
    this.session.dispose();
  }
}

async function read(uri: vscode.Uri): Promise<InspectorDocument> {
  try {
    return await readDocument(uri);
  } catch (error) {
    // VS Code shows the message in the editor's place, with a way to open the file as text.
    throw error instanceof ProblemError ? new Error(describe(error), { cause: error }) : error;
  }
}

/**
 * The inspector as the editor of its documents. VS Code itself keeps track of unsaved changes, and offers save, revert,
 * hot exit and undo.
 */
export class DocumentEditor implements vscode.CustomEditorProvider<DocumentModel> {
  private readonly changed = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<DocumentModel>>();
  readonly onDidChangeCustomDocument = this.changed.event;
  private readonly inspectors = new Map<vscode.WebviewPanel, Inspector>();

  constructor(private readonly services: InspectorServices) {}

  /** The inspector that the user looks at, if it is one of these. */
  get current(): Inspector | undefined {
    for (const [panel, inspector] of this.inspectors) if (panel.active) return inspector;
    return undefined;
  }

  async openCustomDocument(uri: vscode.Uri, { backupId }: vscode.CustomDocumentOpenContext): Promise<DocumentModel> {
    const source = backupId === undefined ? uri : vscode.Uri.parse(backupId);
    const document = uri.scheme === 'untitled' && backupId === undefined ? startDocument() : await read(source);
    const model = new DocumentModel(uri, openSession(document, this.services.engine));
    model.session.onDidEdit(({ outcome, how }) => {
      // VS Code is not told of an undo or redo, which it has asked for itself, nor of further steps of one drag.
      if (how !== 'edit' || outcome.merged) return;
      this.changed.fire({
        document: model,
        label: translated(outcome.label),
        undo: () => {
          model.session.undo();
        },
        redo: () => {
          model.session.redo();
        },
      });
    });
    return model;
  }

  resolveCustomEditor(model: DocumentModel, panel: vscode.WebviewPanel): void {
    const inspector = new Inspector(
      panel.webview,
      {
        session: model.session,
        undo: () => void vscode.commands.executeCommand('undo'),
        redo: () => void vscode.commands.executeCommand('redo'),
        saveDocument: () => void vscode.commands.executeCommand('workbench.action.files.save'),
        keysByEditor: true,
        state: undefined,
      },
      this.services,
    );
    this.inspectors.set(panel, inspector);
    panel.onDidDispose(() => {
      this.inspectors.delete(panel);
      inspector.dispose();
    });
  }

  async saveCustomDocument(model: DocumentModel): Promise<void> {
    await writeDocument(model.uri, model.session.document);
    model.session.seal();
  }

  async saveCustomDocumentAs(model: DocumentModel, destination: vscode.Uri): Promise<void> {
    await writeDocument(destination, model.session.document);
    model.session.seal();
  }

  async revertCustomDocument(model: DocumentModel): Promise<void> {
    model.session.reset(await read(model.uri));
  }

  async backupCustomDocument(
    model: DocumentModel,
    { destination }: vscode.CustomDocumentBackupContext,
  ): Promise<vscode.CustomDocumentBackup> {
    // VS Code names only a file, whose folder may not exist yet. The files of the tensors are put beside it.
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(destination, '..'));
    const written = await writeDocument(destination, model.session.document);
    return { id: destination.toString(), delete: () => void removeFiles(written) };
  }
}

/** Saves a document under a name that the user gives, and opens it in its editor. */
export async function saveDocumentAs(document: InspectorDocument): Promise<void> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save document'),
    defaultUri: root && vscode.Uri.joinPath(root, 'document.tconv.json'),
    filters: { [vscode.l10n.t('Inspector document')]: ['tconv.json'] },
  });
  if (!target) return;
  try {
    await writeDocument(target, document);
    await vscode.commands.executeCommand('vscode.openWith', target, EDITOR_TYPE);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The document could not be saved: {0}', describe(error)));
  }
}
