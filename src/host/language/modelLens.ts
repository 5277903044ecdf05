import * as vscode from 'vscode';
import type { Network } from '../../python';
import { shape } from '../../python/written';
import type { Snapshot } from './analyses';
import { COMMANDS } from './commands';
import { rangeIn } from './documents';

/** A line above each model: the input that is assumed, what it becomes, and how that is known; a click sets it. */
export function modelLenses({ analysis, source }: Snapshot, document: vscode.TextDocument): vscode.CodeLens[] {
  return (analysis.networks ?? []).flatMap((network) => {
    const range = rangeIn(source, document, network.span);
    const [input] = network.inputs;
    if (!range || !input?.shape) return [];
    const given = network.inputs.map((each) => `${each.name} ${each.shape ? shape(each.shape) : '?'}`).join(', ');
    const title = `${given} → ${network.output ? shape(network.output) : '…'} · ${sourceOf(network)}`;
    const key = `${network.name}.${network.entry}:${input.name}`;
    const argument: ShapeOfKey = { uri: source.uri.toString(), key, shape: input.shape };
    return [new vscode.CodeLens(range, { title, command: COMMANDS.setShapeOf, arguments: [argument] })];
  });
}

function sourceOf({ source }: Network): string {
  switch (source) {
    case 'user':
      return vscode.l10n.t('set by you');
    case 'comment':
      return vscode.l10n.t('from a comment');
    case 'annotation':
      return vscode.l10n.t('from an annotation');
    case 'declared':
      return vscode.l10n.t('as declared');
    case 'example':
      return vscode.l10n.t('from an example call');
    case 'symbolic':
      return vscode.l10n.t('assumed');
    default:
      return source satisfies never;
  }
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
