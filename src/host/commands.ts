import * as vscode from 'vscode';
import type { TensorRole } from '../core/state/document';
import type { EngineClient } from '../engine/client';
import { EDITOR_TYPE, type DocumentEditor } from './documents/editor';
import { pickFile } from './files/loadTensor';
import { readUri } from './files/openFile';

interface Rooms {
  readonly engine: EngineClient;
  readonly editor: DocumentEditor;
}

async function openTensor({ editor }: Rooms, role: TensorRole, argument: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : await pickFile(vscode.l10n.t('Open a tensor'));
  if (!uri) return;
  const inspector = editor.current ?? (await editor.create());
  await inspector.openFile(role, () => readUri(uri));
}

async function openDocument(): Promise<void> {
  const picked = await vscode.window.showOpenDialog({ filters: { [vscode.l10n.t('Inspector document')]: ['json'] } });
  if (picked?.[0]) await vscode.commands.executeCommand('vscode.openWith', picked[0], EDITOR_TYPE);
}

export function registerCommands(rooms: Rooms): vscode.Disposable {
  const { editor, engine } = rooms;
  const commands: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    'transposedConv.open': () => editor.reveal(),
    'transposedConv.new': () => editor.create(),
    'transposedConv.openDocument': openDocument,
    'transposedConv.openAsInput': (argument) => openTensor(rooms, 'input', argument),
    'transposedConv.openAsKernel': (argument) => openTensor(rooms, 'weight', argument),
    'transposedConv.restartEngine': () => engine.kill(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
  );
}
