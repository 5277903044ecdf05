import * as vscode from 'vscode';
import { levelOf, type ShownProblem, shownProblems } from '../../language/problems';
import type { Level } from '../../python/problemCodes';
import type { Snapshot } from './analyses';
import { type Located, located } from './documents';

export const LEVELS: Readonly<Record<Level, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** A problem as the user wants it told, and where it stands. */
export interface Shown extends ShownProblem {
  readonly place: Located;
}

export const SEVERITY = 'diagnostics.severity';

/** What the settings that hold for a document say of a code. */
const saidOf = (code: string, document: vscode.TextDocument): unknown =>
  vscode.workspace.getConfiguration('transposedConv', document).get<Readonly<Record<string, unknown>>>(SEVERITY, {})[
    code
  ];

/** The problems that are told of a text, with their places. */
export function shown({ source, analysis }: Snapshot): readonly Shown[] {
  const told = shownProblems(analysis, (problem) => {
    const place = located(source, problem.span);
    return place && levelOf(problem, saidOf(problem.code, place.document));
  });
  return told.flatMap((each): Shown[] => {
    const place = located(source, each.told.problem.span);
    return place ? [{ ...each, place }] : [];
  });
}
