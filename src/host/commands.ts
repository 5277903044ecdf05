import * as vscode from 'vscode';
import { findLesson } from '../core/learn/lessons';
import type { TensorRole } from '../core/state/document';
import type { EngineClient } from '../engine/client';
import type { DocumentEditor } from './documents/editor';
import { EDITOR_TYPE } from './editorType';
import { pickFile } from './files/loadTensor';
import { openExample } from './learn/example';
import { chooseLesson } from './learn/lessonPages';
import type { Progress } from './learn/progress';
import type { Inspector } from './panel/inspector';

interface Rooms {
  readonly engine: EngineClient;
  readonly editor: DocumentEditor;
  readonly progress: Progress;
}

async function openTensor({ editor }: Rooms, role: TensorRole, argument: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : await pickFile(vscode.l10n.t('Open a tensor'));
  if (!uri) return;
  const inspector = editor.current ?? (await editor.create());
  await inspector.files.openUri(role, uri);
}

async function openDocument(): Promise<void> {
  const picked = await vscode.window.showOpenDialog({ filters: { [vscode.l10n.t('Inspector document')]: ['json'] } });
  if (picked?.[0]) await vscode.commands.executeCommand('vscode.openWith', picked[0], EDITOR_TYPE);
}

/** Opens a lesson in a tab of its own: the one of this id, or one that the user chooses. */
async function learn({ editor, progress }: Rooms, id: unknown): Promise<void> {
  const lesson = typeof id === 'string' ? findLesson(id) : await chooseLesson(progress);
  if (lesson) await editor.create(lesson.build());
}

export function registerCommands(rooms: Rooms): vscode.Disposable {
  const { editor, engine } = rooms;
  const inFront = async (): Promise<Inspector> => editor.current ?? (await editor.create());
  const commands: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    'transposedConv.open': () => editor.reveal(),
    'transposedConv.new': () => editor.create(),
    'transposedConv.openDocument': openDocument,
    'transposedConv.choosePreset': async () => (await inFront()).choosePreset(),
    'transposedConv.copyAs': async () => (await inFront()).chooseCopy(),
    'transposedConv.chooseLook': async () => (await inFront()).chooseLook(),
    'transposedConv.present': async () => (await inFront()).present(),
    'transposedConv.learn': (id) => learn(rooms, id),
    'transposedConv.openExample': openExample,
    'transposedConv.applyToCode': () => editor.current?.applyToCode(),
    'transposedConv.saveDocument': () => vscode.commands.executeCommand('workbench.action.files.save'),
    'transposedConv.openAsInput': (argument) => openTensor(rooms, 'input', argument),
    'transposedConv.openAsKernel': (argument) => openTensor(rooms, 'weight', argument),
    'transposedConv.restartEngine': () => engine.kill(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
  );
}
