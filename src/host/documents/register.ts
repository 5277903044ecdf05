import * as vscode from 'vscode';
import { check, Door } from '../../core/door';
import { ProblemError } from '../../core/problem';
import type { InspectorDocument } from '../../core/state/document';
import { parseDocument } from '../../core/state/parseDocument';
import type { EngineClient } from '../../engine/client';
import type { CodeDraft } from '../../language/draft';
import { registerCommands } from '../commands';
import { setReaders } from '../files/readers';
import type { LayerWeights } from '../language/weightFile';
import { Progress } from '../learn/progress';
import { documentOf } from '../panel/draftDocument';
import { References } from '../panel/references';
import type { InspectorServices } from '../panel/services';
import { Comparison } from './comparison';
import { DocumentEditor } from './editor';
import { linkHandler } from './links';
import { UntitledDocuments } from './untitled';

/** What the rest of the extension gets of the inspectors. */
export interface DocumentFeatures {
  readonly editor: DocumentEditor;
  /** Opens what a link means. */
  readonly links: vscode.UriHandler;
  /** Opens the inspector on an operation of code. */
  openDraft(draft: CodeDraft, weights?: LayerWeights): Promise<void>;
  /** Opens what another extension says is a document. Rejects with a `ProblemError` where it is malformed. */
  openGiven(document: unknown): Promise<void>;
}

export function registerDocuments(
  context: vscode.ExtensionContext,
  { engine, link }: { readonly engine: EngineClient; readonly link: InspectorServices['link'] },
): DocumentFeatures {
  const { extensionUri, extension } = context;
  setReaders(extensionUri);
  const progress = new Progress(context.globalState);
  const storage = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'untitled');
  const comparison = new Comparison();
  const services = {
    extensionUri,
    extensionId: extension.id,
    engine,
    link,
    progress,
    references: new References(context.workspaceState),
    open: (document: InspectorDocument): Promise<unknown> => editor.create(document),
  };
  const editor = new DocumentEditor(services, new UntitledDocuments(storage), comparison);
  context.subscriptions.push(comparison, registerCommands({ engine, editor, progress }));
  return {
    editor,
    links: linkHandler(editor),
    openDraft: async (draft, weights) => {
      await editor.create(documentOf(draft, weights));
    },
    openGiven: async (document) => {
      const checked = check(() => parseDocument(new Door(document, 'document')));
      if (!checked.ok) throw new ProblemError(checked.problems);
      await editor.create(checked.value);
    },
  };
}
