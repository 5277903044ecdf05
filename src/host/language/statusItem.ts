import * as vscode from 'vscode';
import type { Failure } from '../../language/analyses';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from '../../language/cancelled';
import { COMMANDS } from './commands';
import { PYTHON, isPresent, sourceOf } from './documents';
import { shown } from './shown';

/**
 * Sums up the active file in the editor's language status: how many layers are told, what is wrong with them, and
 * whether the file could be read at all.
 */
export class LayerStatus implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('transposedConv.layers', PYTHON);
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly analyses: Analyses) {
    this.item.name = vscode.l10n.t('Convolution Shapes');
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
    this.item.command = { title: vscode.l10n.t('Find Convolution for Sizes'), command: COMMANDS.find };
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

  private show(snapshot: Snapshot): void {
    const { source, analysis, failure, environment } = snapshot;
    if (failure) {
      this.showFailure(source.uri, failure);
      return;
    }
    this.clear();
    const { reports, incomplete, broken } = analysis;
    const known = reports.filter(({ uses }) =>
      uses.some((use) => use.outputShape.every((dim) => typeof dim === 'number')),
    ).length;
    const problems = shown(snapshot);
    const errors = problems.filter(({ level }) => level === 'error').length;
    const warnings = problems.filter(({ level }) => level === 'warning').length;
    if (reports.length > 0)
      this.item.text = vscode.l10n.t('Convolutions: {0}, with known shapes: {1}', reports.length, known);
    this.item.detail = [
      ...(errors > 0 ? [vscode.l10n.t('errors: {0}', errors)] : []),
      ...(warnings > 0 ? [vscode.l10n.t('warnings: {0}', warnings)] : []),
      ...(broken ? [vscode.l10n.t('the text does not parse now')] : []),
      ...(incomplete
        ? [vscode.l10n.t('the file takes more steps to follow than one reading may take, so there may be more')]
        : []),
      ...(environment ? [vscode.l10n.t('installed packages of {0}', environment.name)] : []),
    ].join(', ');
    this.item.severity =
      errors > 0
        ? vscode.LanguageStatusSeverity.Error
        : warnings > 0 || incomplete
          ? vscode.LanguageStatusSeverity.Warning
          : vscode.LanguageStatusSeverity.Information;
  }

  /** That a file could not be read is said here and nowhere else: a message with every key press would be worse. */
  private showFailure(uri: vscode.Uri, { why }: Failure): void {
    this.clear();
    this.item.text = vscode.l10n.t('Convolutions: this file was not read');
    this.item.severity = vscode.LanguageStatusSeverity.Warning;
    const again = { title: vscode.l10n.t('Try again'), command: COMMANDS.readAgain, arguments: [uri.toString()] };
    switch (why) {
      case 'slow':
        this.item.detail = vscode.l10n.t('reading it took too long and was stopped');
        this.item.command = again;
        return;
      case 'ended':
        this.item.detail = vscode.l10n.t('reading it took more memory than there is, or ended otherwise');
        this.item.command = again;
        return;
      case 'fault':
        this.item.detail = vscode.l10n.t('the extension has a fault, which its log describes');
        this.item.command = { title: vscode.l10n.t('Show Log'), command: COMMANDS.showLog };
        return;
      default:
        why satisfies never;
    }
  }
}
