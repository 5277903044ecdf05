import * as vscode from 'vscode';
import type { InspectorDocument } from '../core/state/document';
import { EngineClient } from '../engine/client';
import { ReaderClient } from '../reader/client';
import { registerAgentTools } from './agents/register';
import { createApi, type TransposedConvApi } from './api';
import { registerCommands } from './commands';
import { Comparison } from './documents/comparison';
import { DocumentEditor, EDITOR_TYPE } from './documents/editor';
import { registerLinks } from './documents/links';
import { UntitledDocuments } from './documents/untitled';
import { registerLanguage } from './language/register';
import { Progress } from './learn/progress';
import { registerLive } from './live/register';
import { logDeath, registerLog } from './log';
import { documentOf } from './panel/draftDocument';
import { References } from './panel/references';
import { setReaders } from './files/readers';
import { threadsOf } from './threads';

/** The parts list: what exists, who owns it, and that all of it ends with the extension. */
export function activate(context: vscode.ExtensionContext): TransposedConvApi {
  const { extensionUri, extension } = context;
  setReaders(extensionUri);
  const threads = threadsOf(extensionUri);
  const engine = new EngineClient({
    ...threads.engine,
    onDeath: (error) => {
      logDeath('compute', error);
    },
  });
  const reader = new ReaderClient(threads.reader);
  const language = registerLanguage(context, {
    engine,
    reader,
    open: async (draft, weights) => {
      await editor.create(documentOf(draft, weights));
    },
  });
  const progress = new Progress(context.globalState);
  const references = new References(context.workspaceState);
  const services = {
    extensionUri,
    extensionId: extension.id,
    engine,
    language,
    progress,
    references,
    open: (document: InspectorDocument): Promise<unknown> => editor.create(document),
  };
  const storage = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'untitled');
  const comparison = new Comparison();
  const editor = new DocumentEditor(services, new UntitledDocuments(storage), comparison);

  context.subscriptions.push(
    registerLog(context),
    { dispose: () => void engine.dispose() },
    { dispose: () => void reader.dispose() },
    comparison,
    registerCommands({ engine, editor, progress }),
    registerLinks(editor),
    vscode.workspace.onDidRenameFiles(({ files }) => void references.follow(files)),
    // One editor a document: its session has one watch, and two pages would show each other's windows.
    vscode.window.registerCustomEditorProvider(EDITOR_TYPE, editor, {
      webviewOptions: { retainContextWhenHidden: true },
    }),
  );
  const live = registerLive(context, { engine, editor });
  context.subscriptions.push(registerAgentTools(language, live));
  return createApi(engine, editor, language, live);
}
