import * as vscode from 'vscode';

export type Feature = 'hover' | 'inlayHints' | 'codeLens' | 'diagnostics';

export function isOn(feature: Feature, scope?: vscode.ConfigurationScope): boolean {
  return vscode.workspace
    .getConfiguration('transposedConv', scope)
    .get<boolean>(`${feature}.enabled`, feature === 'hover' || feature === 'diagnostics');
}

/** Tells when the user has turned this feature on or off. */
export function onDidSwitch(feature: Feature, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`transposedConv.${feature}`)) listener();
  });
}
