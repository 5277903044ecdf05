import * as vscode from 'vscode';
import { WORDS } from '../core/problem';
import type { Label } from '../core/state/edits';
import { logFailure } from './log';
import { describeError } from './session/surroundings';

/** Core speaks English in templates; here they become the user's language. */
export function translated({ template, args }: Label): string {
  return vscode.l10n.t(
    template,
    ...args.map((arg) => (WORDS.includes(String(arg)) ? vscode.l10n.t(String(arg)) : arg)),
  );
}

/** Any failure as one sentence for the user; what it was, without what it was about, goes into the log. */
export function describe(error: unknown): string {
  logFailure(error);
  return describeError(error, translated);
}
