import * as vscode from 'vscode';

/** The tabs in which inspectors are, by the addresses of their documents. */
export function inspectorTabs(): ReadonlyMap<string, vscode.Tab> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return new Map(
    tabs.flatMap((tab) => (tab.input instanceof vscode.TabInputCustom ? [[tab.input.uri.toString(), tab]] : [])),
  );
}

/** Whether a document has changes that were not saved: VS Code alone knows, and its tab says it. */
export const isDirty = (uri: vscode.Uri): boolean => inspectorTabs().get(uri.toString())?.isDirty ?? false;
