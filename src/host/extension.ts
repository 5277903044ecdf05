import * as vscode from 'vscode';
import { EngineClient } from '../engine/client';
import { createApi, type TransposedConvApi } from './api';
import { openPanel } from './panel/panel';

/** The parts list: what exists, who owns it, and that all of it ends with the extension. */
export function activate(context: vscode.ExtensionContext): TransposedConvApi {
  const engine = new EngineClient({ script: vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker.js').fsPath });
  const open = async (): Promise<void> => {
    openPanel(context.extensionUri, engine);
  };
  context.subscriptions.push(
    { dispose: () => void engine.dispose() },
    vscode.commands.registerCommand('transposedConv.open', open),
  );
  return createApi(engine, open);
}
