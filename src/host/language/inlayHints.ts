import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import { Cancelled } from './cancelled';
import { isOn, onDidSwitch } from './settings';
import { rangeIn } from './documents';
import { shape } from './written';

/** The output shape behind each layer call; drawn only when the user asks for it. */
export class ShapeHints implements vscode.InlayHintsProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly analyses: Analyses) {
    const fire = (): void => this.changed.fire();
    this.disposables = [this.changed, analyses.onDidOutdate(fire), onDidSwitch('inlayHints', fire)];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  async provideInlayHints(document: vscode.TextDocument, visible: vscode.Range): Promise<vscode.InlayHint[]> {
    if (!isOn('inlayHints', document)) return [];
    try {
      const { source, analysis } = await this.analyses.of(document);
      return analysis.reports.flatMap((report) => {
        const range = rangeIn(source, document, report.span);
        const [use] = report.uses;
        if (!range || !use || !visible.contains(range.end)) return [];
        const more = report.uses.length > 1 ? ` · ${vscode.l10n.t('{0} uses', report.uses.length)}` : '';
        const hint = new vscode.InlayHint(range.end, `→ ${shape(use.outputShape)}${more}`);
        hint.paddingLeft = true;
        hint.tooltip = report.uses.map((each) => `${shape(each.inputShape)} → ${shape(each.outputShape)}`).join('\n');
        return [hint];
      });
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }
}
