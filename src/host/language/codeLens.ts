import * as vscode from 'vscode';
import { callLenses, type Lens, modelLenses } from '../../language/lenses';
import type { LineWish } from '../../language/lineWish';
import { Cancelled } from '../../language/cancelled';
import type { Analyses, Snapshot } from './analyses';
import { COMMANDS } from './commands';
import { openingCommand } from './openingCommand';
import { rangeIn } from './documents';
import type { ShapeOfKey } from './setShape';
import { isOn, onDidSwitch } from './settings';
import { EDITOR_WORDS } from './words';

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
      const { analysis, source } = snapshot;
      return [...modelLenses(analysis, EDITOR_WORDS), ...callLenses(analysis, EDITOR_WORDS)].flatMap((lens) => {
        const range = rangeIn(source, document, lens.span);
        return range ? [new vscode.CodeLens(range, commandOf(lens, snapshot, document))] : [];
      });
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }
}

/** A lens whose command is empty is plain text. */
function commandOf({ title, opens, sets }: Lens, { source }: Snapshot, document: vscode.TextDocument): vscode.Command {
  if (sets) {
    const argument: ShapeOfKey = { uri: source.uri.toString(), ...sets };
    return { title, command: COMMANDS.setShapeOf, arguments: [argument] };
  }
  return { ...((opens && openingCommand(opens, source, document)) ?? { command: '' }), title };
}
