import * as vscode from 'vscode';

/** Stands in the editor for a document that cannot be opened: VS Code would only speak of an unexpected error. */
export class RefusedDocument implements vscode.CustomDocument {
  constructor(
    readonly uri: vscode.Uri,
    /** Why, in a sentence. */
    private readonly reason: string,
  ) {}

  dispose(): void {
    // It holds nothing.
  }

  /** Shows the reason, and the way to the text of the file. */
  show({ webview }: vscode.WebviewPanel, extensionUri: vscode.Uri): void {
    const folder = vscode.Uri.joinPath(extensionUri, 'dist');
    webview.options = { enableCommandUris: [AS_TEXT], localResourceRoots: [folder] };
    webview.html = `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}">
  <link rel="stylesheet" href="${webview.asWebviewUri(vscode.Uri.joinPath(folder, 'webview.css')).toString()}">
</head>
<body>
  <main class="refused">
    <p role="alert">${escaped(this.reason)}</p>
    <p><a href="command:${AS_TEXT}">${escaped(vscode.l10n.t('Open as Text'))}</a></p>
  </main>
</body>
</html>`;
  }

  /** It is no other than its file. */
  async copy(destination: vscode.Uri): Promise<void> {
    await vscode.workspace.fs.copy(this.uri, destination, { overwrite: true });
  }
}

/** VS Code's own command, of the editor in front. */
const AS_TEXT = 'workbench.action.reopenTextEditor';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
