import * as vscode from 'vscode';
import { type Level, usualLevel } from '../../python/problemCodes';
import { type Told, heard } from '../../python/told';
import type { ReportProblem } from '../../python';
import type { Snapshot } from './analyses';
import { type Located, located } from './documents';
import { translated } from '../translate';

export const LEVELS: Readonly<Record<Level, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

const isLevel = (value: unknown): value is Level => typeof value === 'string' && Object.hasOwn(LEVELS, value);

/** A problem as the user wants it told, and where it stands. */
export interface Shown {
  readonly told: Told;
  readonly place: Located;
  readonly level: Level;
  /** Said of a comment that silences nothing. */
  readonly idle: boolean;
}

export const SEVERITY = 'diagnostics.severity';

/** What the settings say of a code; nothing where it is turned off. */
function levelOf({ code, severity }: ReportProblem, document: vscode.TextDocument): Level | undefined {
  const said = vscode.workspace
    .getConfiguration('transposedConv', document)
    .get<Readonly<Record<string, unknown>>>(SEVERITY, {})[code];
  if (said === 'off') return undefined;
  if (isLevel(said)) return said;
  return usualLevel(code, severity);
}

/** The problems that are told of a text: those that neither a comment of it nor the settings silence. */
export function shown({ source, analysis }: Snapshot): readonly Shown[] {
  const { told, idle } = heard(analysis);
  const all = [
    ...told.map((each) => ({ told: each, idle: false })),
    ...idle.map((each) => ({ told: each, idle: true })),
  ];
  return all.flatMap((each): Shown[] => {
    const place = located(source, each.told.problem.span);
    const level = place && levelOf(each.told.problem, place.document);
    return place && level ? [{ ...each, place, level }] : [];
  });
}

/** Our words, then the framework's own, so that they can be searched for. */
export function problemMessage(problem: ReportProblem): string {
  const own = translated(problem);
  return problem.framework && problem.framework !== own ? `${own}\n${problem.framework}` : own;
}
