import * as vscode from 'vscode';
import type { CallStep, Dim, LineShape } from '../../python';
import { shapesOf } from '../../python/whyText';
import { shape } from '../../python/written';
import { translated } from '../translate';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from '../../language/cancelled';
import { COMMANDS } from './commands';
import { openingCommand } from './openingCommand';
import { isPresent, located, notebookOf, offsetAt } from './documents';
import { openingOf } from '../../language/hints';
import type { LineWish } from '../../language/lineWish';
import { ShapeChanges } from '../../language/shapeChanges';

export const SHAPES_VIEW = 'transposedConv.shapes';

/** Two clicks on one line within so many ms are one double click, which a tree does not tell. */
const DOUBLE = 500;

/** A function of the file, a line of one, or one of the ways in which a line is reached with several shapes. */
export type Stage =
  { readonly kind: 'function'; readonly name: string; readonly lines: readonly LineStage[] } | LineStage | PathStage;

interface LineStage {
  readonly kind: 'line';
  readonly line: LineShape;
  readonly snapshot: Snapshot;
  readonly paths: readonly PathStage[];
}

interface PathStage {
  readonly kind: 'path';
  readonly steps: readonly CallStep[];
  readonly dims: readonly Dim[];
  readonly snapshot: Snapshot;
}

/** The tensors of the Python file in the active editor, function by function; it follows the cursor. */
export class ShapesView implements vscode.TreeDataProvider<Stage>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Stage>;
  private readonly disposables: vscode.Disposable[];
  private roots: readonly Stage[] = [];
  private readonly changes = new ShapeChanges();
  /** What the lines that are shown were when their file was saved, where that was something else. */
  private before: ReadonlyMap<LineShape, string> = new Map();
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
      // What is shown is now what counts as before.
      vscode.workspace.onDidSaveTextDocument(renew),
      vscode.workspace.onDidSaveNotebookDocument(renew),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.changes.forget(uri.toString())),
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
    if (stage?.kind === 'function') return [...stage.lines];
    if (stage) return stage.kind === 'line' ? [...stage.paths] : [];
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isPresent(document)) return [...(this.roots = [])];
    try {
      this.show(await this.analyses.of(document), (notebookOf(document) ?? document).isDirty);
    } catch (error) {
      // What is shown stays until the newer text has been read.
      if (!(error instanceof Cancelled)) throw error;
    }
    return [...this.roots];
  }

  private show(snapshot: Snapshot, edited: boolean): void {
    const { lines = [] } = snapshot.analysis;
    this.before = this.changes.of(snapshot.source.uri.toString(), lines, edited);
    this.roots = stagesOf(snapshot);
    const { size } = this.before;
    this.view.message =
      size > 0 ? vscode.l10n.t('Other than when it was saved: {0} of {1} tensors.', size, lines.length) : undefined;
  }

  private get lines(): readonly LineStage[] {
    return this.roots.flatMap((each) => (each.kind === 'function' ? each.lines : each.kind === 'line' ? [each] : []));
  }

  getParent(stage: Stage): Stage | undefined {
    if (stage.kind === 'path') return this.lines.find(({ paths }) => paths.includes(stage));
    return this.roots.find((each) => each.kind === 'function' && each.lines.some((line) => line === stage));
  }

  getTreeItem(stage: Stage): vscode.TreeItem {
    if (stage.kind === 'function') return new vscode.TreeItem(stage.name, vscode.TreeItemCollapsibleState.Expanded);
    const item = stage.kind === 'line' ? this.lineItem(stage) : pathItem(stage);
    item.command = { title: '', command: COMMANDS.revealStage, arguments: [stage] };
    return item;
  }

  private lineItem({ line, paths }: LineStage): vscode.TreeItem {
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(line.name, paths.length > 0 ? Collapsed : None);
    const was = this.before.get(line);
    const told = shapesOf(line);
    item.description = was === undefined ? told : vscode.l10n.t('{0}, was {1}', told, was);
    item.tooltip = [item.description, ...line.why.map(translated)].join('\n');
    item.iconPath = new vscode.ThemeIcon(
      was !== undefined ? 'diff-modified' : line.shapes.length > 0 ? 'symbol-array' : 'question',
    );
    return item;
  }

  /** The line that the cursor is on, or the last one above it. */
  private async follow({ document, selections: [{ active }] }: vscode.TextEditor): Promise<void> {
    if (!this.view.visible) return;
    const at = this.lines.findLast(({ snapshot, line }) => {
      const offset = offsetAt(snapshot.source, document, active);
      return offset !== undefined && line.span.start <= offset;
    });
    if (at) await this.view.reveal(at, { select: true, focus: false });
  }

  /** A click shows the line, or the call; a second one opens the inspector on the layer that the line applies. */
  private async clicked(stage: unknown): Promise<void> {
    const path = this.lines.flatMap(({ paths }) => paths).find((each) => each === stage);
    const step = path?.steps.at(-1);
    const call = path && step && located(path.snapshot.source, step.span);
    if (call) await vscode.window.showTextDocument(call.document, { selection: call.range, preserveFocus: true });
    const found = this.lines.find((each) => each === stage);
    if (!found) return;
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

/** The calls that lead to a line, the last one with its own line, and the shape that it has by that way. */
function pathItem({ steps, dims, snapshot }: PathStage): vscode.TreeItem {
  const last = steps.at(-1);
  const place = last && located(snapshot.source, last.span);
  const names = steps.map(({ name }) => name).join(' › ');
  const item = new vscode.TreeItem(place ? `${names}:${place.range.start.line + 1}` : vscode.l10n.t('by itself'));
  item.description = shape(dims);
  item.tooltip = item.description;
  item.iconPath = new vscode.ThemeIcon('arrow-right');
  return item;
}

/** The functions of a file in their order, with their lines; what stands at its top comes first. */
export function stagesOf(snapshot: Snapshot): readonly Stage[] {
  const { lines = [] } = snapshot.analysis;
  const groups = new Map<string, LineStage[]>();
  for (const line of lines) {
    const own = groups.get(line.within) ?? [];
    const paths = (line.paths ?? []).map((steps, index) => {
      return { kind: 'path', steps, dims: line.shapes[index], snapshot } as const;
    });
    own.push({ kind: 'line', line, snapshot, paths });
    groups.set(line.within, own);
  }
  return [...groups].flatMap(([name, own]): readonly Stage[] =>
    name === '' ? own : [{ kind: 'function', name, lines: own }],
  );
}
