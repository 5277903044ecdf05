import * as vscode from 'vscode';
import { type Problem, ProblemError, WORDS } from '../core/problem';
import type { Label } from '../core/state/edits';
import { logFailure } from './log';
import { STRINGS, type Strings } from '../protocol/strings';

/** Core speaks English in templates; here they become the user's language. */
export function translated({ template, args }: Label): string {
  return vscode.l10n.t(
    template,
    ...args.map((arg) => (WORDS.includes(String(arg)) ? vscode.l10n.t(String(arg)) : arg)),
  );
}

export const translateProblem = (problem: Problem): Problem => ({ ...problem, message: translated(problem) });

export const translateStrings = (): Strings =>
  Object.fromEntries(Object.entries(STRINGS).map(([name, text]) => [name, vscode.l10n.t(text)])) as Strings;

/** Any failure as one sentence for the user; what it was, without what it was about, goes into the log. */
export function describe(error: unknown): string {
  logFailure(error);
  if (error instanceof ProblemError) return error.problems.map((each) => translated(each)).join(' ');
  return error instanceof Error ? error.message : String(error);
}
