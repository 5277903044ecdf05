import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import { Cancelled } from './cancelled';
import { lineHints, lineHintsIn } from './lineHints';
import type { LineWish } from './lineWish';
import { isOn, onDidSwitch } from './settings';
import { rangeIn } from './documents';
import { shape } from '../../python/written';

/** The output shape behind each layer call, and the shape that each line leaves; drawn only when the user asks. */
export class ShapeHints implements vscode.InlayHintsProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly analyses: Analyses,
    private readonly wish: LineWish,
  ) {
    const fire = (): void => this.changed.fire();
    this.disposables = [
      this.changed,
      analyses.onDidOutdate(fire),
      onDidSwitch('inlayHints', () => {
        // Whoever still wants them says so when the editor asks again.
        wish.set(this, false);
        fire();
      }),
    ];
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  async provideInlayHints(document: vscode.TextDocument, visible: vscode.Range): Promise<vscode.InlayHint[]> {
    const which = lineHintsIn(document);
    if (which !== 'off') this.wish.set(this, true);
    else if (!isOn('inlayHints', document)) return [];
    try {
      const snapshot = await this.analyses.of(document);
      const { source, analysis } = snapshot;
      const tensors = lineHints(snapshot, document, which).filter(({ position }) => visible.contains(position));
      if (!isOn('inlayHints', document)) return tensors;
      const calls = analysis.reports.flatMap((report) => {
        const range = rangeIn(source, document, report.span);
        const [use] = report.uses;
        if (!range || !use || !visible.contains(range.end)) return [];
        const more = report.uses.length > 1 ? ` · ${vscode.l10n.t('{0} uses', report.uses.length)}` : '';
        const hint = new vscode.InlayHint(range.end, `→ ${shape(use.outputShape)}${more}`);
        hint.paddingLeft = true;
        hint.tooltip = report.uses.map((each) => `${shape(each.inputShape)} → ${shape(each.outputShape)}`).join('\n');
        return [hint];
      });
      return [...tensors, ...calls];
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }
}
