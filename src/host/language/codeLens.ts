import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import { Cancelled } from './cancelled';
import { COMMANDS, callReference } from './commands';
import { canOpen } from './draft';
import type { LineWish } from './lineWish';
import { modelLenses } from './modelLens';
import { isOn, onDidSwitch } from './settings';
import { rangeIn } from './documents';
import { count } from './text';
import { shape } from '../../python/written';

/**
 * A line above each layer call with its sizes; a click on it opens the inspector. And one above each model with the
 * input that is assumed. Off unless the user turns it on.
 */
export class ShapeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly analyses: Analyses,
    private readonly wish: LineWish,
  ) {
    const fire = (): void => this.changed.fire();
    this.disposables = [
      this.changed,
      analyses.onDidOutdate(fire),
      onDidSwitch('codeLens', () => {
        // Whoever still wants them says so when the editor asks again.
        wish.set(this, false);
        fire();
      }),
    ];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!isOn('codeLens', document)) return [];
    this.wish.set(this, true);
    try {
      const snapshot = await this.analyses.of(document);
      const { source, analysis } = snapshot;
      const calls = analysis.reports.flatMap((report) => {
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
        return [
          new vscode.CodeLens(range, { title, command, arguments: [callReference(document, range.start, report, 0)] }),
        ];
      });
      return [...modelLenses(snapshot, document), ...calls];
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }
}
