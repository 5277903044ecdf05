import * as vscode from 'vscode';
import type { InspectorDocument } from '../../core/state/document';
import { ProblemError } from '../../core/problem';
import type { Place } from '../../protocol/place';
import { Inspector } from '../panel/inspector';
import type { InspectorServices } from '../panel/services';
import { EDITOR_TYPE } from '../editorType';
import { openSession } from '../openSession';
import { describe, translated } from '../translate';
import { backupId } from './backups';
import type { Comparison } from './comparison';
import { DocumentModel } from './model';
import { stemOf } from './names';
import { type OpenedDocument, openDocument } from './openDocument';
import { RefusedDocument } from './refused';
import type { UntitledDocuments } from './untitled';
import { removeFiles } from './vscodeFolder';

async function inWords<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof ProblemError ? new Error(describe(error), { cause: error }) : error;
  }
}

/** What VS Code keeps for a document that it was asked to open. */
type Opened = DocumentModel | RefusedDocument;

interface Shown {
  readonly panel: vscode.WebviewPanel;
  readonly inspector: Inspector;
}

/**
 * The inspector as the editor of its documents: the only place where one is shown. VS Code itself keeps track of
 * unsaved changes, and offers save, revert, hot exit and undo, for files and for documents that no file holds yet
 * alike.
 */
export class DocumentEditor implements vscode.CustomEditorProvider<Opened> {
  private readonly changed = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<Opened>>();
  readonly onDidChangeCustomDocument = this.changed.event;
  /** By the documents' addresses, in the order in which they were opened. */
  private readonly shown = new Map<string, Shown>();
  /** Who waits for a document that is opened; nothing comes of one that is refused, of which its editor says why. */
  private readonly awaited = new Map<string, (inspector: Inspector | undefined) => void>();

  constructor(
    private readonly services: InspectorServices,
    private readonly untitled: UntitledDocuments,
    private readonly comparison: Comparison,
  ) {}

  /** The inspector that the user looks at, or looked at last. */
  get current(): Inspector | undefined {
    const all = [...this.shown.values()];
    return (all.find(({ panel }) => panel.active) ?? all.find(({ panel }) => panel.visible) ?? all.at(-1))?.inspector;
  }

  /** Opens a new document, which no file holds yet. */
  async create(document?: InspectorDocument): Promise<Inspector> {
    const uri = await this.untitled.begin(document);
    await this.services.references.forget(uri);
    const inspector = await this.open(uri);
    // Only what stands in a file can be one that is refused.
    if (!inspector) throw new Error('A new document was refused.');
    return inspector;
  }

  /** Opens a file at a place in it, or goes there where it is open; one that is refused has no places. */
  async openAt(uri: vscode.Uri, place: Place): Promise<void> {
    const shown = this.shown.get(uri.toString());
    shown?.panel.reveal();
    const inspector = shown?.inspector ?? (await this.open(uri));
    await inspector?.go(place);
  }

  private async open(uri: vscode.Uri): Promise<Inspector | undefined> {
    const inspector = new Promise<Inspector | undefined>((resolve) => this.awaited.set(uri.toString(), resolve));
    // Not as a preview, in whose place the next file that is looked at would be shown.
    await vscode.commands.executeCommand('vscode.openWith', uri, EDITOR_TYPE, { preview: false });
    return inspector;
  }

  /** Brings the last inspector to the front; opens a new document where there is none. */
  async reveal(): Promise<void> {
    const last = [...this.shown.values()].at(-1);
    if (last) last.panel.reveal();
    else await this.create();
  }

  async openCustomDocument(uri: vscode.Uri, context: vscode.CustomDocumentOpenContext): Promise<Opened> {
    try {
      return this.modelOf(uri, await openDocument(uri, context, this.untitled));
    } catch (error) {
      if (error instanceof ProblemError) return new RefusedDocument(uri, describe(error));
      throw error;
    }
  }

  private modelOf(uri: vscode.Uri, { document, file }: OpenedDocument): DocumentModel {
    const session = openSession(document, this.services.engine, stemOf(uri.path));
    const model = new DocumentModel(uri, session, file, {
      comparison: this.comparison,
      read: () => openDocument(uri, {}, this.untitled),
      closed: () => {
        if (uri.scheme === 'untitled') void this.untitled.forget(uri);
      },
    });
    // The output is there when the page is.
    session.begin();
    session.onDidEdit(({ outcome, how }) => {
      // VS Code is not told of an undo or redo, which it has asked for itself, nor of further steps of one drag, nor of
      // a document that follows its file: that is what was saved.
      if (how !== 'edit' || outcome.merged) return;
      this.changed.fire({
        document: model,
        label: translated(outcome.label),
        undo: () => {
          session.undo(outcome.step);
        },
        redo: () => {
          session.redo(outcome.step);
        },
      });
    });
    return model;
  }

  resolveCustomEditor(model: Opened, panel: vscode.WebviewPanel): void {
    if (model instanceof RefusedDocument) {
      model.show(panel, this.services.extensionUri);
      this.arrived(model.uri, undefined);
      return;
    }
    const inspector = new Inspector(panel, model, this.services);
    const key = model.uri.toString();
    this.shown.set(key, { panel, inspector });
    panel.onDidDispose(() => {
      this.shown.delete(key);
      inspector.dispose();
    });
    model.reveal = () => {
      panel.reveal();
    };
    // What is opened from a backup may be of a file that has changed since.
    void model.look();
    this.arrived(model.uri, inspector);
  }

  private arrived(uri: vscode.Uri, inspector: Inspector | undefined): void {
    const key = uri.toString();
    this.awaited.get(key)?.(inspector);
    this.awaited.delete(key);
  }

  async saveCustomDocument(model: Opened): Promise<void> {
    if (model instanceof DocumentModel) await model.save();
  }

  async saveCustomDocumentAs(model: Opened, destination: vscode.Uri): Promise<void> {
    await model.copy(destination);
    if (model instanceof RefusedDocument) return;
    await this.services.references.carry(model.uri, destination);
    model.session.seal();
  }

  async revertCustomDocument(model: Opened): Promise<void> {
    if (model instanceof DocumentModel) await inWords(model.revert());
  }

  async backupCustomDocument(
    model: Opened,
    { destination }: vscode.CustomDocumentBackupContext,
  ): Promise<vscode.CustomDocumentBackup> {
    // VS Code names only a file, whose folder may not exist yet. The files of the tensors are put beside it.
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(destination, '..'));
    // Only what has been edited is backed up.
    if (model instanceof RefusedDocument) throw new vscode.CancellationError();
    const written = await model.copy(destination);
    return {
      id: backupId({ address: destination.toString(), seen: model.seen }),
      delete: () => void removeFiles(written),
    };
  }
}
