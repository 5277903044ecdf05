import * as vscode from 'vscode';
import type { LineShape } from '../../python';
import { shapesOf } from '../../python/whyText';
import { translated } from '../translate';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from '../../language/cancelled';
import { COMMANDS } from './commands';
import { openingCommand } from './openingCommand';
import { isPresent, located, offsetAt } from './documents';
import { openingOf } from '../../language/hints';
import type { LineWish } from '../../language/lineWish';

export const SHAPES_VIEW = 'transposedConv.shapes';

/** Two clicks on one line within so many ms are one double click, which a tree does not tell. */
const DOUBLE = 500;

/** A function of the file, or a line of one. */
export type Stage =
  | { readonly kind: 'function'; readonly name: string; readonly lines: readonly Stage[] }
  | { readonly kind: 'line'; readonly line: LineShape; readonly snapshot: Snapshot };

/** The tensors of the Python file in the active editor, function by function; it follows the cursor. */
export class ShapesView implements vscode.TreeDataProvider<Stage>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Stage>;
  private readonly disposables: vscode.Disposable[];
  private roots: readonly Stage[] = [];
  private last: { readonly line: LineShape; readonly at: number } | undefined;

  constructor(
    private readonly analyses: Analyses,
    wish: LineWish,
  ) {
    this.view = vscode.window.createTreeView(SHAPES_VIEW, { treeDataProvider: this });
    const renew = (): void => {
      if (this.view.visible) this.changed.fire();
    };
    this.disposables = [
      this.changed,
      this.view,
      this.view.onDidChangeVisibility(({ visible }) => {
        wish.set(this, visible);
        renew();
      }),
      analyses.onDidAnalyse(({ source }) => {
        if (source.parts.some(({ document }) => document === vscode.window.activeTextEditor?.document)) renew();
      }),
      analyses.onDidOutdate(renew),
      vscode.window.onDidChangeActiveTextEditor(() => {
        tellContext();
        renew();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => void this.follow(textEditor)),
      vscode.commands.registerCommand(COMMANDS.revealStage, (stage: unknown) => this.clicked(stage)),
    ];
    wish.set(this, this.view.visible);
    tellContext();
  }

  dispose(): void {
    this.disposables.forEach((each) => void each.dispose());
  }

  async getChildren(stage?: Stage): Promise<Stage[]> {
    if (stage) return stage.kind === 'function' ? [...stage.lines] : [];
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isPresent(document)) return [...(this.roots = [])];
    try {
      this.roots = stagesOf(await this.analyses.of(document));
    } catch (error) {
      // What is shown stays until the newer text has been read.
      if (!(error instanceof Cancelled)) throw error;
    }
    return [...this.roots];
  }

  getParent(stage: Stage): Stage | undefined {
    return this.roots.find((each) => each.kind === 'function' && each.lines.includes(stage));
  }

  getTreeItem(stage: Stage): vscode.TreeItem {
    if (stage.kind === 'function') return new vscode.TreeItem(stage.name, vscode.TreeItemCollapsibleState.Expanded);
    const { name, why } = stage.line;
    const item = new vscode.TreeItem(name);
    item.description = shapesOf(stage.line);
    item.tooltip = [shapesOf(stage.line), ...why.map(translated)].join('\n');
    item.iconPath = new vscode.ThemeIcon(stage.line.shapes.length > 0 ? 'symbol-array' : 'question');
    item.command = { title: '', command: COMMANDS.revealStage, arguments: [stage] };
    return item;
  }

  /** The line that the cursor is on, or the last one above it. */
  private async follow({ document, selections: [{ active }] }: vscode.TextEditor): Promise<void> {
    if (!this.view.visible) return;
    const lines = this.roots.flatMap((each) => (each.kind === 'function' ? each.lines : [each]));
    const at = lines.findLast((each) => {
      const offset = each.kind === 'line' ? offsetAt(each.snapshot.source, document, active) : undefined;
      return each.kind === 'line' && offset !== undefined && each.line.span.start <= offset;
    });
    if (at) await this.view.reveal(at, { select: true, focus: false });
  }

  /** A click shows the line, a second one opens the inspector on the layer that it applies. */
  private async clicked(stage: unknown): Promise<void> {
    const found = this.roots
      .flatMap((each) => (each.kind === 'function' ? each.lines : [each]))
      .find((each) => each === stage);
    if (found?.kind !== 'line') return;
    const place = located(found.snapshot.source, found.line.span);
    if (!place) return;
    const double = this.last?.line === found.line && Date.now() - this.last.at < DOUBLE;
    this.last = double ? undefined : { line: found.line, at: Date.now() };
    const opens = double ? openingOf(found.snapshot.analysis, found.line) : undefined;
    const opening = opens && openingCommand(opens, found.snapshot.source, place.document);
    if (opening) await vscode.commands.executeCommand(opening.command, ...opening.arguments);
    else await vscode.window.showTextDocument(place.document, { selection: place.range, preserveFocus: true });
  }
}

/** The view is there while Python is in the active editor, whose own language key views do not see. */
function tellContext(): void {
  const document = vscode.window.activeTextEditor?.document;
  // Without an editor in front the focus is elsewhere, in this view perhaps.
  if (document) void vscode.commands.executeCommand('setContext', 'transposedConv.python', isPresent(document));
}

/** The functions of a file in their order, with their lines; what stands at its top comes first. */
export function stagesOf(snapshot: Snapshot): readonly Stage[] {
  const { lines = [] } = snapshot.analysis;
  const groups = new Map<string, Stage[]>();
  for (const line of lines) {
    const own = groups.get(line.within) ?? [];
    own.push({ kind: 'line', line, snapshot });
    groups.set(line.within, own);
  }
  return [...groups].flatMap(([name, own]): readonly Stage[] =>
    name === '' ? own : [{ kind: 'function', name, lines: own }],
  );
}
