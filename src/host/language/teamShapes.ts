import * as vscode from 'vscode';
import { TeamShapes, type TeamShapesNeeds } from '../../language/teamShapes';
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
  const fire = (): void => changed.fire();
  const team = new TeamShapes({ ...needs, onDidChange: (listener) => changed.event(listener) });
  const disposables = vscode.Disposable.from(
    watcher,
    changed,
    team,
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
