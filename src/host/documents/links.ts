import * as vscode from 'vscode';
import { type Place, placeFrom } from '../../protocol/place';
import type { DocumentEditor } from './editor';

/** A link that is longer was not made here. */
const LONGEST = 2_000;

/**
 * A link to a place in a document: `vscode://…/open?document=decoder.tconv.json&at=…`. The document is named by its
 * path in the workspace, so that the link is good wherever the same folder is open. Undefined for a document that no
 * file of the workspace holds.
 */
export function linkTo(extensionId: string, uri: vscode.Uri, place: Place): string | undefined {
  if (uri.scheme === 'untitled' || !vscode.workspace.getWorkspaceFolder(uri)) return undefined;
  const query = new URLSearchParams({
    document: vscode.workspace.asRelativePath(uri, false),
    at: JSON.stringify(place),
  });
  return `${vscode.env.uriScheme}://${extensionId}/open?${query.toString()}`;
}

/** The file of the workspace that a link means. Nothing outside of the workspace's folders is looked at. */
async function fileOf(path: string): Promise<vscode.Uri | undefined> {
  const names = path.split('/');
  if (path === '' || names.some((name) => name === '' || name === '.' || name === '..')) return undefined;
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const file = vscode.Uri.joinPath(uri, ...names);
    const found = await vscode.workspace.fs.stat(file).then(
      ({ type }) => (type & vscode.FileType.File) !== 0,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

function placeOf(text: string | null): Place {
  try {
    return placeFrom(JSON.parse(text ?? '{}'));
  } catch {
    return placeFrom(undefined);
  }
}

/** Opens what a link means. VS Code has asked the user whether this extension may open it. */
export function linkHandler(editor: Pick<DocumentEditor, 'openAt'>): vscode.UriHandler {
  return {
    async handleUri({ path, query }) {
      if (path !== '/open' || query.length > LONGEST) return;
      const asked = new URLSearchParams(query);
      const name = asked.get('document') ?? '';
      const file = await fileOf(name);
      if (file) await editor.openAt(file, placeOf(asked.get('at')));
      else void vscode.window.showErrorMessage(vscode.l10n.t('There is no document {0} in this workspace.', name));
    },
  };
}
