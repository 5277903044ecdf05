import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import { Cancelled } from './cancelled';
import { COMMANDS, callReference } from './commands';
import { canOpen } from './draft';
import { isOn, onDidSwitch } from './settings';
import { rangeIn } from './documents';
import { count } from './text';
import { shape } from './written';

/** A line above each layer call with its sizes; a click on it opens the inspector. Off unless the user turns it on. */
export class ShapeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly analyses: Analyses) {
    const fire = (): void => this.changed.fire();
    this.disposables = [this.changed, analyses.onDidOutdate(fire), onDidSwitch('codeLens', fire)];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!isOn('codeLens', document)) return [];
    try {
      const { source, analysis } = await this.analyses.of(document);
      return analysis.reports.flatMap((report) => {
        const range = rangeIn(source, document, report.span);
        const [use] = report.uses;
        if (!range || !use) return [];
        const parameters = use.parameterCount ?? report.parameterCount;
        const title = [
          `${shape(use.inputShape)} → ${shape(use.outputShape)}`,
          ...(parameters === undefined ? [] : [vscode.l10n.t('{0} parameters', count(parameters))]),
          ...(report.uses.length > 1 ? [vscode.l10n.t('{0} uses', report.uses.length)] : []),
        ].join(' · ');
        // A lens without a command is plain text: the inspector opens only what is known in numbers.
        const command = canOpen(report, use) ? COMMANDS.openCall : '';
        return [new vscode.CodeLens(range, { title, command, arguments: [callReference(document, range.start, 0)] })];
      });
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }
}
