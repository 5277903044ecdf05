import * as vscode from 'vscode';
import { DIAGNOSTIC_SOURCE } from '../../language/problems';
import { type RefusedSettings, TeamShapes, type TeamShapesNeeds } from '../../language/teamShapes';
import { translated } from '../translate';
import type { InputShapes } from './inputShapes';

/** The shapes of inputs that somebody has set: a team in `pyproject.toml`, or the user, who comes first. */
export interface SetShapes {
  of(uri: vscode.Uri): ReturnType<InputShapes['of']>;
  onDidChange(listener: () => void): vscode.Disposable;
}

/** Beside what the user set, what the team did; the file is watched, also while nobody edits it. */
export function setShapes(
  own: InputShapes,
  needs: Omit<TeamShapesNeeds, 'onDidChange'>,
): SetShapes & vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/pyproject.toml');
  const changed = new vscode.EventEmitter<void>();
  const refused = vscode.languages.createDiagnosticCollection(`${DIAGNOSTIC_SOURCE} settings`);
  const fire = (): void => {
    refused.clear();
    changed.fire();
  };
  const team = new TeamShapes({ ...needs, onDidChange: (listener) => changed.event(listener) });
  const disposables = vscode.Disposable.from(
    watcher,
    changed,
    refused,
    team,
    team.onDidRefuse((each) => refused.set(vscode.Uri.parse(each.file), [refusalOf(each)])),
    watcher.onDidCreate(fire),
    watcher.onDidChange(fire),
    watcher.onDidDelete(fire),
    vscode.workspace.onDidChangeWorkspaceFolders(fire),
  );
  return {
    of: (uri) => ({ ...team.of(uri.toString()), ...own.of(uri) }),
    onDidChange: (listener) => vscode.Disposable.from(own.onDidChange(listener), team.onDidChange(listener)),
    dispose: () => void disposables.dispose(),
  };
}

/** Said where the file is mended: until then nothing of it holds, here as in the command. */
function refusalOf({ line, ...why }: RefusedSettings): vscode.Diagnostic {
  const told = vscode.l10n.t('Nothing of these settings holds: {0}', translated(why));
  const found = new vscode.Diagnostic(
    new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER),
    told,
    vscode.DiagnosticSeverity.Warning,
  );
  found.source = DIAGNOSTIC_SOURCE;
  return found;
}
