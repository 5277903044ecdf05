import * as vscode from 'vscode';
import { DIAGNOSTIC_SOURCE, problemMessage } from '../../language/problems';
import { ProblemWatch, REST } from '../../language/problemWatch';
import type { Analyses, Snapshot } from './analyses';
import { isPresent } from './documents';
import { isOn, onDidSwitch } from './settings';
import { LEVELS, shown } from './shown';
import { EDITOR_WORDS } from './words';

/**
 * Shows the problems of every open Python text in the Problems view. It is on by default, so it shows only what is
 * certain.
 */
export class LayerDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('transposedConv');
  private readonly disposables: vscode.Disposable[];

  constructor(analyses: Analyses) {
    const watch = new ProblemWatch<vscode.TextDocument>({
      analyses,
      documents: () => vscode.workspace.textDocuments,
      isPresent,
      show: (snapshot) => this.show(snapshot),
    });
    this.disposables = [
      this.collection,
      watch,
      onDidSwitch('diagnostics', () => watch.all()),
      vscode.workspace.onDidOpenTextDocument((document) => watch.later(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) watch.later(document, REST);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.collection.delete(uri)),
    ];
    watch.all();
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  /** Puts what one analysis found into the Problems view, in the place of what the last one did. */
  show(snapshot: Snapshot): void {
    const found = new Map<vscode.TextDocument, vscode.Diagnostic[]>(
      snapshot.source.parts.map(({ document }) => [document, []]),
    );
    for (const { told, place, level, idle } of shown(snapshot)) {
      const diagnostic = new vscode.Diagnostic(place.range, problemMessage(told.problem, EDITOR_WORDS), LEVELS[level]);
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
