import * as vscode from 'vscode';

/**
 * The page of a panel. Only our own script runs (by its nonce, which what it imports has too), and only our own styles
 * and images are fetched. The half of the script that `webview.js` shares with what it imports later is named here, so
 * that both are fetched at once.
 * `style-src` needs no `unsafe-inline`, because it does not apply to styles that are set through the DOM's own API.
 */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = crypto.randomUUID();
  const asset = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} blob: data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Transposed Conv Inspector</title>
  <link rel="stylesheet" href="${asset('webview.css')}">
  <link rel="modulepreload" nonce="${nonce}" href="${asset('webview.chunk.js')}">
</head>
<body>
  <div id="app"></div>
  <script type="module" nonce="${nonce}" src="${asset('webview.js')}"></script>
</body>
</html>`;
}
