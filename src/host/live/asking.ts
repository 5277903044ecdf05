import * as vscode from 'vscode';
import type { Part } from '../../live/expression';
import type { LiveTensor } from '../../live/reader';
import { parseWindow, type Window, windowText } from '../../live/window';
import { expressionAt } from './clicked';
import type { Variable } from './frameTensors';

/** A tensor at hand that can enter a layer. */
export interface Candidate extends Variable {
  readonly shape: readonly number[];
}

/** Lets the user write an expression; nothing when they break off. */
export async function askExpression(title: string, prompt: string): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  const text = await vscode.window.showInputBox({ title, prompt, value: editor && expressionAt(editor) });
  return text?.trim() || undefined;
}

/** Lets the user write which part of a tensor is shown, as Python slices it; nothing when they break off. */
export async function askWindow({ shape, window }: LiveTensor, name: string): Promise<Window | undefined> {
  const sizes = `(${shape.join(', ')})`;
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Which part of {0}, of shape {1}?', name, sizes),
    prompt: vscode.l10n.t('As in Python: an index, begin:end or begin:end:step for each axis.'),
    value: windowText(window, shape),
    validateInput: (value) =>
      parseWindow(value, shape) ? undefined : vscode.l10n.t('This is no part of a tensor of shape {0}.', sizes),
  });
  return text === undefined ? undefined : parseWindow(text, shape);
}

/** Lets the user say which real number stands for a complex one; nothing when they break off. */
export async function askPart(name: string): Promise<Part | undefined> {
  const items: (vscode.QuickPickItem & { readonly part: Part })[] = [
    { label: vscode.l10n.t('real part'), part: 'real' },
    { label: vscode.l10n.t('imaginary part'), part: 'imag' },
    { label: vscode.l10n.t('absolute value'), part: 'abs' },
    { label: vscode.l10n.t('angle'), part: 'angle' },
  ];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('What of {0} is shown?', name) }))?.part;
}

/**
 * Lets the user say what a layer is applied to: a tensor at hand, an expression, or random numbers (`null`). Nothing
 * when they break off.
 */
export async function askInput(layer: string, tensors: readonly Candidate[]): Promise<string | null | undefined> {
  type Item = vscode.QuickPickItem & { readonly input?: string; readonly other?: true };
  const items: Item[] = [
    ...tensors.map(({ name, type, shape, expression }) => ({
      label: name,
      description: `${type} (${shape.join(', ')})`,
      input: expression,
    })),
    { label: vscode.l10n.t('Another expression …'), other: true },
    { label: vscode.l10n.t('Random numbers') },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('What enters {0}?', layer) });
  if (!picked) return undefined;
  if (!picked.other) return picked.input ?? null;
  return askExpression(
    vscode.l10n.t('What enters {0}?', layer),
    vscode.l10n.t('A tensor, as the program would write it.'),
  );
}
