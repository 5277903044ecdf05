import * as vscode from 'vscode';
import { asLineHints, callHints, type Hint, type LineHints, lineHints } from '../../language/hints';
import type { LineWish } from '../../language/lineWish';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from '../../language/cancelled';
import { openingCommand } from './openingCommand';
import { rangeIn } from './documents';
import { isOn, onDidSwitch } from './settings';
import { EDITOR_WORDS } from './words';

function lineHintsIn(scope: vscode.ConfigurationScope): LineHints {
  return asLineHints(vscode.workspace.getConfiguration('transposedConv', scope).get<unknown>('inlayHints.tensors'));
}

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
      const { analysis } = snapshot;
      const calls = isOn('inlayHints', document) ? callHints(analysis, EDITOR_WORDS) : [];
      return [...lineHints(analysis, which, EDITOR_WORDS), ...calls].flatMap((hint) => {
        const range = rangeIn(snapshot.source, document, hint.span);
        return range && visible.contains(range.end) ? [shownHint(hint, snapshot, document, range.end)] : [];
      });
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }
}

function shownHint(
  { label, tooltip, type, apart, opens }: Hint,
  { source }: Snapshot,
  document: vscode.TextDocument,
  at: vscode.Position,
): vscode.InlayHint {
  const hint = type
    ? new vscode.InlayHint(at, [new vscode.InlayHintLabelPart(label)], vscode.InlayHintKind.Type)
    : new vscode.InlayHint(at, label);
  hint.paddingLeft = apart;
  if (typeof hint.label === 'string') hint.tooltip = tooltip;
  else {
    hint.label[0].tooltip = tooltip;
    hint.label[0].command = opens && openingCommand(opens, source, document);
  }
  return hint;
}
