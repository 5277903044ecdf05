import * as vscode from 'vscode';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from './cancelled';
import { COMMANDS } from './commands';
import { problemsOf } from './diagnostics';
import { PYTHON, isPresent, sourceOf } from './source';

/** Sums up the active file in the editor's language status: how many layers are told, and what is wrong with them. */
export class LayerStatus implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('transposedConv.layers', PYTHON);
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly analyses: Analyses) {
    this.item.name = vscode.l10n.t('Convolution Shapes');
    this.item.command = { title: vscode.l10n.t('Find Convolution for Sizes'), command: COMMANDS.find };
    this.clear();
    this.disposables = [
      this.item,
      analyses.onDidAnalyse((snapshot) => {
        const active = vscode.window.activeTextEditor?.document;
        if (active && sourceOf(active).uri.toString() === snapshot.source.uri.toString()) this.show(snapshot);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => void this.follow(editor)),
    ];
    void this.follow(vscode.window.activeTextEditor);
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  private clear(): void {
    this.item.text = vscode.l10n.t('No convolutions');
    this.item.detail = undefined;
    this.item.severity = vscode.LanguageStatusSeverity.Information;
    this.item.busy = false;
  }

  private async follow(editor: vscode.TextEditor | undefined): Promise<void> {
    this.clear();
    if (!editor || !isPresent(editor.document)) return;
    this.item.busy = true;
    try {
      this.show(await this.analyses.of(editor.document));
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
    } finally {
      this.item.busy = false;
    }
  }

  private show({ analysis }: Snapshot): void {
    const { reports, incomplete, broken } = analysis;
    if (reports.length === 0) {
      this.clear();
      return;
    }
    const told = reports.filter(({ uses }) =>
      uses.some((use) => use.outputShape.every((dim) => typeof dim === 'number')),
    ).length;
    const problems = problemsOf(analysis);
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const warnings = problems.filter(({ severity }) => severity === 'warning').length;
    this.item.text = vscode.l10n.t('Convolutions: {0}, with known shapes: {1}', reports.length, told);
    this.item.detail = [
      ...(errors > 0 ? [vscode.l10n.t('errors: {0}', errors)] : []),
      ...(warnings > 0 ? [vscode.l10n.t('warnings: {0}', warnings)] : []),
      ...(broken ? [vscode.l10n.t('the text does not parse now')] : []),
      ...(incomplete ? [vscode.l10n.t('not everything could be followed')] : []),
    ].join(', ');
    this.item.severity =
      errors > 0
        ? vscode.LanguageStatusSeverity.Error
        : warnings > 0
          ? vscode.LanguageStatusSeverity.Warning
          : vscode.LanguageStatusSeverity.Information;
    this.item.busy = false;
  }
}
