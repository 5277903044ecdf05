import * as vscode from 'vscode';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from './cancelled';
import { isOn, onDidSwitch } from './settings';
import { isPresent } from './documents';
import { LEVELS, problemMessage, shown } from './shown';

/** The squiggles are renewed so many ms after the last key press. */
const REST = 200;
export const DIAGNOSTIC_SOURCE = 'Transposed Conv';

/**
 * Shows the problems of every open Python text in the Problems view. It is on by default, so it shows only what is
 * certain.
 */
export class LayerDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('transposedConv');
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  /**
   * When many documents are due at once, each waits for the one before it and for a turn of the event loop: all of them
   * in one turn would hold up everything else in the extension host.
   */
  private turn: Promise<void> = Promise.resolve();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly analyses: Analyses) {
    const all = (): void => vscode.workspace.textDocuments.forEach((document) => this.later(document, 0));
    this.disposables = [
      this.collection,
      analyses.onDidAnalyse((snapshot) => this.show(snapshot)),
      analyses.onDidOutdate(all),
      onDidSwitch('diagnostics', all),
      vscode.workspace.onDidOpenTextDocument((document) => this.later(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.later(document, REST);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
    ];
    all();
  }

  dispose(): void {
    this.waiting.forEach((timer) => clearTimeout(timer));
    this.disposables.forEach((each) => void each.dispose());
  }

  private later(document: vscode.TextDocument, rest: number): void {
    if (!isPresent(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        void this.refresh(document);
      }, rest),
    );
  }

  private async refresh(document: vscode.TextDocument): Promise<void> {
    this.turn = this.turn.then(() => new Promise((resolve) => setTimeout(resolve, 0)));
    await this.turn;
    try {
      if (isPresent(document)) this.show(await this.analyses.of(document));
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    }
  }

  /** Puts what one analysis found into the Problems view, in the place of what the last one did. */
  show(snapshot: Snapshot): void {
    const found = new Map<vscode.TextDocument, vscode.Diagnostic[]>(
      snapshot.source.parts.map(({ document }) => [document, []]),
    );
    for (const { told, place, level, idle } of shown(snapshot)) {
      const diagnostic = new vscode.Diagnostic(place.range, problemMessage(told.problem), LEVELS[level]);
      diagnostic.source = DIAGNOSTIC_SOURCE;
      diagnostic.code = told.problem.code;
      // The editor draws it faint, as it does whatever has no effect.
      if (idle && level === 'hint') diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
      found.get(place.document)?.push(diagnostic);
    }
    for (const [document, diagnostics] of found) {
      this.collection.set(document.uri, isPresent(document) && isOn('diagnostics', document) ? diagnostics : []);
    }
  }
}
