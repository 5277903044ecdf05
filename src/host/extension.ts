import * as vscode from 'vscode';
import { EngineClient } from '../engine/client';
import { ReaderClient } from '../reader/client';
import { createApi, type TransposedConvApi } from './api';
import { registerCommands } from './commands';
import { DocumentEditor, EDITOR_TYPE, saveDocumentAs } from './documents/editor';
import { registerLanguage } from './language/register';
import { logDeath, registerLog } from './log';
import { documentOf } from './panel/draftDocument';
import { PANEL_TYPE, Panels } from './panel/panels';
import { threadsOf } from './threads';

let flush: (() => Promise<void>) | undefined;

/** The parts list: what exists, who owns it, and that all of it ends with the extension. */
export function activate(context: vscode.ExtensionContext): TransposedConvApi {
  const { extensionUri } = context;
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
      panels.create(documentOf(draft, weights));
    },
  });
  const services = { extensionUri, engine, language };
  const editor = new DocumentEditor(services);
  const storage = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'panels');
  const panels = new Panels(storage, services, saveDocumentAs);
  flush = () => panels.flush();

  context.subscriptions.push(
    registerLog(context),
    { dispose: () => void engine.dispose() },
    { dispose: () => void reader.dispose() },
    panels,
    registerCommands({ engine, panels, editor }),
    vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, panels),
    // One editor a document: its session has one watch, and two pages would show each other's windows.
    vscode.window.registerCustomEditorProvider(EDITOR_TYPE, editor, {
      webviewOptions: { retainContextWhenHidden: true },
    }),
  );
  return createApi(engine, panels, language);
}

export async function deactivate(): Promise<void> {
  await flush?.();
}
