import * as vscode from 'vscode';
import type { Opening } from '../../language/hints';
import type { Source } from './analyses';
import { type CallReference, callReference, COMMANDS } from './commands';
import { rangeIn } from './documents';

/** What opens the inspector on a use of a layer; nothing when its call stands in another document. */
export function openingCommand(
  { report, use }: Opening,
  source: Source,
  document: vscode.TextDocument,
): { readonly title: string; readonly command: string; readonly arguments: [CallReference] } | undefined {
  const range = rangeIn(source, document, report.span);
  return (
    range && {
      title: vscode.l10n.t('Open in Transposed Conv Inspector'),
      command: COMMANDS.openCall,
      arguments: [callReference(document, range.start, report, use)],
    }
  );
}
