import * as vscode from 'vscode';

const SCHEME = 'transposed-conv-versions';

/** Shows two versions of a document as texts, in VS Code's diff editor. */
export class Comparison implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly disposables = [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
  ];

  dispose(): void {
    for (const each of this.disposables) each.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async show(name: string, onDisk: string, here: string): Promise<void> {
    await vscode.commands.executeCommand(
      'vscode.diff',
      this.versionOf(name, onDisk),
      this.versionOf(name, here),
      vscode.l10n.t('{0}: on the disk ↔ in the inspector', name),
      { preview: true },
    );
  }

  /** Its name must not end as a document's does, or VS Code would show it in the inspector. */
  private versionOf(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({
      scheme: SCHEME,
      path: `/${name.replace(/\.tconv\.json$/, '')}.json`,
      query: crypto.randomUUID(),
    });
    this.texts.set(uri.toString(), text);
    return uri;
  }
}
