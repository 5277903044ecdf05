import * as vscode from 'vscode';
import { COMMANDS } from './commands';

const SCHEME = 'transposed-conv-proposal';

type Decision = 'apply' | 'discard';

interface Pending {
  readonly uri: vscode.Uri;
  readonly decide: (decision: Decision) => void;
}

/** A change of one document, and the text that it would have then. */
export interface Proposal {
  readonly document: vscode.TextDocument;
  readonly edit: vscode.WorkspaceEdit;
  readonly text: string;
  /** Where the change begins. */
  readonly at: vscode.Position;
}

/**
 * Shows a change of the code in VS Code's diff editor before it is made: Apply and Discard stand in the editor's title
 * and in a notification. VS Code's refactor preview was tried: from an extension it opens with every change unticked,
 * so that its Apply does nothing.
 */
export class Proposals implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private pending: Pending | undefined;
  private readonly disposables: vscode.Disposable[];

  constructor() {
    const onTitle = (command: string, decision: Decision): vscode.Disposable =>
      vscode.commands.registerCommand(command, () => this.pending?.decide(decision));
    this.disposables = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      onTitle(COMMANDS.acceptProposal, 'apply'),
      onTitle(COMMANDS.discardProposal, 'discard'),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (this.pending && closed.some((tab) => isProposal(tab, this.pending?.uri))) this.pending.decide('discard');
      }),
    ];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** Makes the change if the user wants it, as one step of undo. Answers whether it was made. */
  async offer({ document, edit, text, at }: Proposal): Promise<boolean> {
    this.pending?.decide('discard');
    const { version } = document;
    // The path ends as the document's does: by that VS Code knows the language, and colours both sides alike.
    const uri = vscode.Uri.from({ scheme: SCHEME, path: document.uri.path, query: crypto.randomUUID() });
    this.texts.set(uri.toString(), text);
    const name = vscode.workspace.asRelativePath(document.uri);
    const decided = new Promise<Decision>((decide) => (this.pending = { uri, decide }));
    await vscode.commands.executeCommand(
      'vscode.diff',
      document.uri,
      uri,
      vscode.l10n.t('{0}: parameters of the inspector', name),
      // Without a place the editor opens at the top of the text, wherever the change is.
      { preview: true, selection: new vscode.Range(at, at) },
    );
    const [yes, no] = [vscode.l10n.t('Apply'), vscode.l10n.t('Discard')];
    const asked = vscode.window.showInformationMessage(
      vscode.l10n.t('Write these parameters into {0}?', name),
      yes,
      no,
    );
    // Closing the notification decides nothing: the buttons of the editor are still there.
    const answered = new Promise<Decision>(
      (resolve) => void asked.then((answer) => answer && resolve(answer === yes ? 'apply' : 'discard')),
    );
    const decision = await Promise.race([decided, answered]);
    if (this.pending?.uri === uri) this.pending = undefined;
    this.texts.delete(uri.toString());
    await vscode.window.tabGroups.close(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter((tab) => isProposal(tab, uri))),
    );
    if (decision === 'discard') return false;
    if (document.version !== version) {
      void vscode.window.showWarningMessage(vscode.l10n.t('The code has changed since; nothing was written.'));
      return false;
    }
    return vscode.workspace.applyEdit(edit, { isRefactoring: true });
  }
}

function isProposal({ input }: vscode.Tab, uri: vscode.Uri | undefined): boolean {
  return input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri?.toString();
}
