import * as vscode from 'vscode';
import type { Quantity } from '../../python/rewrite/argumentNames';

/** A quantity by the name that a reader knows. */
function named(quantity: Quantity): string {
  switch (quantity) {
    case 'kernel':
      return vscode.l10n.t('kernel size');
    case 'stride':
      return vscode.l10n.t('stride');
    case 'padding':
      return vscode.l10n.t('padding');
    case 'dilation':
      return vscode.l10n.t('dilation');
    case 'outputPadding':
      return vscode.l10n.t('output padding');
    case 'groups':
      return vscode.l10n.t('groups');
    case 'paddingMode':
      return vscode.l10n.t('padding mode');
    case 'inputChannels':
      return vscode.l10n.t('input channels');
    case 'outputChannels':
      return vscode.l10n.t('output channels');
    default: {
      const never: never = quantity;
      return never;
    }
  }
}

/** Why not everything could be written into a call. */
export function refusalText(refused: readonly Quantity[]): string {
  return vscode.l10n.t('This call cannot state: {0}. Change it where the code sets it.', refused.map(named).join(', '));
}
