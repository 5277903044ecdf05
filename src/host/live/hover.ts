import * as vscode from 'vscode';
import { commandLink } from '../language/commands';
import { DOTTED } from './clicked';

/**
 * A link below what is hovered, as long as a program stands in a debugger. Nothing is evaluated for it: only who
 * follows it asks the program.
 */
export class LiveHover implements vscode.HoverProvider {
  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const item = vscode.debug.activeStackItem;
    if (!item || !('frameId' in item)) return undefined;
    const range = document.getWordRangeAtPosition(position, DOTTED);
    if (!range) return undefined;
    const name = document.getText(range);
    const title = vscode.l10n.t('Inspect {0} in the stopped program', name.replaceAll(/[[\]\\]/g, '\\$&'));
    const text = new vscode.MarkdownString(commandLink(title, 'transposedConv.live.inspect', { name }));
    text.isTrusted = { enabledCommands: ['transposedConv.live.inspect'] };
    return new vscode.Hover(text, range);
  }
}
