import * as vscode from 'vscode';

/** Directories above a file, nearest first, up to the workspace folder that holds it (or up to the root without one). */
function ancestors(uri: vscode.Uri): vscode.Uri[] {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const found: vscode.Uri[] = [];
  let directory = vscode.Uri.joinPath(uri, '..');
  while (found.length < 24) {
    found.push(directory);
    if (directory.path === root?.path || directory.path === '/' || directory.path === '') break;
    directory = vscode.Uri.joinPath(directory, '..');
  }
  return found;
}

/**
 * Where the source of an imported module may stand, likeliest first: `from ..blocks import X` is `('blocks', 2)`. An
 * absolute import is sought in the directories above the importing file, in the workspace folders and their `src`.
 */
export function candidates(from: vscode.Uri, module: string, level: number): vscode.Uri[] {
  const above = ancestors(from);
  const folders = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) => [uri, vscode.Uri.joinPath(uri, 'src')]);
  const roots = level > 0 ? above.slice(level - 1, level) : [...above, ...folders];
  const parts = module.split('.').filter((part) => part !== '');
  const seen = new Set<string>();
  return roots.flatMap((root) => {
    const base = parts.length > 0 ? vscode.Uri.joinPath(root, ...parts) : root;
    const places = [vscode.Uri.joinPath(base, '__init__.py')];
    if (parts.length > 0) places.unshift(base.with({ path: `${base.path}.py` }));
    return places.filter((place) => !seen.has(place.toString()) && seen.add(place.toString()));
  });
}

/** The last part of the name under which a file is imported: its own, or its package's. */
export function moduleName(uri: vscode.Uri): string | undefined {
  const parts = uri.path.split('/');
  const file = parts.pop() ?? '';
  const name = file === '__init__.py' ? parts.pop() : file.replace(/\.pyi?$/, '');
  return name && /^\w+$/.test(name) ? name : undefined;
}

/** Every name that stands in an import statement of the text, parentheses included. */
export function importedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [statement] of text.matchAll(/^[ \t]*(?:from|import)\b(?:[^\n(]|\([^)]*\))*/gm)) {
    for (const [word] of statement.matchAll(/\w+/g)) names.add(word);
  }
  return names;
}
