import * as vscode from 'vscode';
import { STRINGS, type Strings } from '../../protocol/strings';

/** The page's texts in the user's language. */
export const translateStrings = (): Strings =>
  Object.fromEntries(Object.entries(STRINGS).map(([name, text]) => [name, vscode.l10n.t(text)])) as Strings;
