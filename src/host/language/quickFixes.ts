import * as vscode from 'vscode';
import { type Change, equivalents, mendings, recordings } from '../../language/fixes';
import { canOpen } from '../../language/draft';
import { DIAGNOSTIC_SOURCE } from '../../language/problems';
import { useOf } from '../../language/refusedUse';
import { Cancelled } from '../../language/cancelled';
import type { LineWish } from '../../language/lineWish';
import type { Analyses, Snapshot } from './analyses';
import { COMMANDS, callReference } from './commands';
import { inverseOf, solvable } from './findForCall';
import { offsetAt, rangeIn } from './documents';
import { type Shown, shown } from './shown';
import { waysOut, workspaceEdit } from './wayOut';
import { EDITOR_WORDS } from './words';

interface Action {
  readonly action: vscode.CodeAction;
  /** The problem that it is for. */
  readonly shown: Shown;
}

/**
 * The changes to the code that mend what a diagnostic names, the ways out where it is wrong, and the PyTorch twin of a
 * Keras layer.
 */
export class LayerFixes implements vscode.CodeActionProvider {
  static readonly kinds: readonly vscode.CodeActionKind[] = [
    vscode.CodeActionKind.QuickFix,
    vscode.CodeActionKind.RefactorRewrite,
  ];

  /** `product` is what a report says of who tells the problem. */
  constructor(
    private readonly analyses: Analyses,
    private readonly lines: LineWish,
    private readonly product: string,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    // What lines leave can be written down; a light bulb that appears by itself is no reason to read again for it.
    const isAsked = context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
    if (isAsked) this.lines.set(this, true);
    try {
      const snapshot = await this.analyses.of(document);
      const here = shown(snapshot).filter(
        ({ place }) => place.document === document && place.range.intersection(range) !== undefined,
      );
      const mended = here.flatMap((each) => actions(each, snapshot));
      const found = [...mended, ...this.ways(here, snapshot)];
      for (const { action, shown: each } of found) {
        action.diagnostics = context.diagnostics.filter(
          ({ source, code, range: at }) =>
            source === DIAGNOSTIC_SOURCE && code === each.told.problem.code && at.isEqual(each.place.range),
        );
      }
      return [
        ...found.map(({ action }) => action),
        ...rewrites(document, range, snapshot),
        ...searches(document, range, snapshot),
      ];
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    } finally {
      if (isAsked) this.lines.set(this, false);
    }
  }

  /** The ways out of each problem, those of the same code once where they are the same. */
  private ways(here: readonly Shown[], snapshot: Snapshot): Action[] {
    const seen = new Set<string>();
    return here.flatMap((each) =>
      waysOut(each, snapshot, this.product)
        .filter(({ title }) => !seen.has(title) && seen.add(title))
        .map((action) => ({ action, shown: each })),
    );
  }
}

/** A change as an action of VS Code's; nothing when a document in which it is has been closed. */
function actionOf(
  { title, edits, preferred }: Change,
  kind: vscode.CodeActionKind,
  snapshot: Snapshot,
): vscode.CodeAction | undefined {
  const action = new vscode.CodeAction(title, kind);
  action.edit = workspaceEdit(edits, snapshot);
  action.isPreferred = preferred;
  return action.edit && action;
}

function actions(each: Shown, snapshot: Snapshot): Action[] {
  return mendings(each, snapshot, EDITOR_WORDS).flatMap((change) => {
    const action = actionOf(change, vscode.CodeActionKind.QuickFix, snapshot);
    return action ? [{ action, shown: each }] : [];
  });
}

function rewrites(document: vscode.TextDocument, range: vscode.Range, snapshot: Snapshot): vscode.CodeAction[] {
  const [start, end] = [range.start, range.end].map((each) => offsetAt(snapshot.source, document, each));
  if (start === undefined || end === undefined) return [];
  const at = { start, end };
  return [...equivalents(at, snapshot, EDITOR_WORDS), ...recordings(at, snapshot, EDITOR_WORDS)].flatMap(
    (change) => actionOf(change, vscode.CodeActionKind.RefactorRewrite, snapshot) ?? [],
  );
}

/** The inspector for the call at the cursor, and searches with the solver for its sizes. */
function searches(
  document: vscode.TextDocument,
  range: vscode.Range,
  { analysis, source }: Snapshot,
): vscode.CodeAction[] {
  return analysis.reports.flatMap((report) => {
    const place = report.stale ? undefined : rangeIn(source, document, report.span);
    if (!place?.intersection(range)) return [];
    const known = solvable(report);
    const use = useOf(report, 0);
    const action = (title: string, command: string): vscode.CodeAction => ({
      title,
      kind: vscode.CodeActionKind.RefactorRewrite,
      command: { title, command, arguments: [callReference(document, place.start, report, 0)] },
    });
    return [
      ...(use && canOpen(report, use)
        ? [action(vscode.l10n.t('Open in Transposed Conv Inspector'), COMMANDS.openCall)]
        : []),
      ...(known ? [action(vscode.l10n.t('Find convolutions for these sizes…'), COMMANDS.findForCall)] : []),
      ...(known && inverseOf(known)
        ? [action(vscode.l10n.t('Find the transposed convolution that inverts this…'), COMMANDS.findInverse)]
        : []),
    ];
  });
}
