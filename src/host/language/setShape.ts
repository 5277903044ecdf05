import * as vscode from 'vscode';
import type { FoundCall } from './calls';
import { useOf } from '../../language/refusedUse';
import type { Dim } from '../../python';
import { parseShape, shape } from '../../python/written';
import type { InputShapes } from './inputShapes';

/**
 * Asks for the shape of the input from which a use derives, and remembers it in the workspace; empty text forgets it.
 */
export async function setInputShape(shapes: InputShapes, { snapshot, report }: FoundCall, use: number): Promise<void> {
  const { inputs } = snapshot.analysis;
  const key = useOf(report, use)?.inputKey;
  const point = inputs.find((each) => each.key === key);
  if (!key) {
    // Another input would be asked about in vain: this layer's sizes do not come from it.
    void vscode.window.showInformationMessage(
      useOf(report, use)
        ? vscode.l10n.t('The input of this call comes from the code itself, which says its shape; none can be set.')
        : vscode.l10n.t('Nothing calls this layer, so that it has no input whose shape could be set.'),
    );
    return;
  }
  await askShape(shapes, snapshot.source.uri, key, point?.shape);
}

/** Asks for the shape of an input by its key. */
export async function askShape(
  shapes: InputShapes,
  uri: vscode.Uri,
  key: string,
  known: readonly Dim[] | undefined,
): Promise<void> {
  const set = shapes.of(uri)[key];
  const before = set ?? known;
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Input Shape of {0}', key),
    value: before ? shape(before) : '',
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
  await shapes.set(uri, key, typed.trim() === '' ? undefined : parseShape(typed));
}

/** An input whose shape is to be set, as a lens names it. */
export interface ShapeOfKey {
  readonly uri: string;
  readonly key: string;
  readonly shape: readonly (number | string)[];
}

/** Checks what came with a command, from whomever. */
export function asShapeOfKey(value: unknown): ShapeOfKey | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, key, shape: dims } = value as Partial<Record<keyof ShapeOfKey, unknown>>;
  const isDim = (each: unknown): each is number | string => typeof each === 'number' || typeof each === 'string';
  return typeof uri === 'string' && typeof key === 'string' && Array.isArray(dims) && dims.every(isDim)
    ? { uri, key, shape: dims }
    : undefined;
}
