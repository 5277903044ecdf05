import * as vscode from 'vscode';
import type { InputPoint } from '../../python';
import type { FoundCall } from './calls';
import { type InputShapes, parseShape, shapeText } from './inputShapes';

/**
 * Asks for the shape of the input from which a use derives, and remembers it in the workspace; empty text forgets it.
 */
export async function setInputShape(shapes: InputShapes, { snapshot, report }: FoundCall, use: number): Promise<void> {
  const { inputs } = snapshot.analysis;
  const key = report.uses[use]?.inputKey ?? (await pickInput(inputs));
  const point = inputs.find((each) => each.key === key);
  if (!key) return;
  const set = shapes.of(snapshot.source.uri)[key];
  const before = set ?? point?.shape;
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Input Shape of {0}', key),
    value: before ? shapeText(before) : '',
    placeHolder: '(N, 3, 64, 64)',
    prompt: set
      ? vscode.l10n.t('Numbers or names; leave empty to forget the shape that you set.')
      : vscode.l10n.t('Numbers or names, one per axis.'),
    validateInput: (text) =>
      text.trim() === '' || parseShape(text)
        ? undefined
        : vscode.l10n.t('Write one whole number or name per axis, separated by commas: (N, 3, 64, 64).'),
  });
  if (typed === undefined) return;
  await shapes.set(snapshot.source.uri, key, typed.trim() === '' ? undefined : parseShape(typed));
}

async function pickInput(inputs: readonly InputPoint[]): Promise<string | undefined> {
  if (inputs.length < 2) return inputs[0]?.key;
  const items = inputs.map(({ key, shape }) => ({ label: key, description: shape ? shapeText(shape) : undefined }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which input?') }))?.label;
}
