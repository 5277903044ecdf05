import * as vscode from 'vscode';
import { equivalentOf } from '../../python/mend/equivalent';
import { mend } from '../../python/mend/mend';
import type { Fix } from '../../python/mend/setArguments';
import type { Told } from '../../python/told';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from './cancelled';
import { COMMANDS, callReference } from './commands';
import { DIAGNOSTIC_SOURCE } from './diagnostics';
import { canOpen } from './draft';
import { inverseOf, solvable } from './findForCall';
import { useOf } from './refusedUse';
import { rangeIn } from './documents';
import { type Shown, shown } from './shown';
import { translated } from '../translate';
import { waysOut, workspaceEdit } from './wayOut';

function fixesOf({ problem, report }: Told, { analysis, source }: Snapshot): readonly Fix[] {
  return mend(source.text, analysis, problem, report);
}

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
    private readonly product: string,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    try {
      const snapshot = await this.analyses.of(document);
      const here = shown(snapshot).filter(
        ({ place }) => place.document === document && place.range.intersection(range) !== undefined,
      );
      const mended = here.flatMap((each) => this.actions(each, snapshot));
      const actions = [...mended, ...this.ways(here, snapshot)];
      for (const { action, shown: each } of actions) {
        action.diagnostics = context.diagnostics.filter(
          ({ source, code, range: at }) =>
            source === DIAGNOSTIC_SOURCE && code === each.told.problem.code && at.isEqual(each.place.range),
        );
      }
      return [
        ...actions.map(({ action }) => action),
        ...this.equivalents(document, range, snapshot),
        ...this.searches(document, range, snapshot),
      ];
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }

  /** The inspector for the call at the cursor, and searches with the solver for its sizes. */
  private searches(
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

  private actions(each: Shown, snapshot: Snapshot): Action[] {
    return fixesOf(each.told, snapshot).flatMap((fix) => {
      const edit = workspaceEdit(fix.edits, snapshot);
      if (!edit) return [];
      const action = new vscode.CodeAction(translated(fix), vscode.CodeActionKind.QuickFix);
      action.edit = edit;
      action.isPreferred = fix.preferred;
      return [{ action, shown: each }];
    });
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

  /**
   * Writes a Keras layer as the PyTorch layer that gives the same values. Where there is none: as the nearest one, with
   * the slice of its output that makes them the same.
   */
  private equivalents(
    document: vscode.TextDocument,
    range: vscode.Range,
    { analysis, source }: Snapshot,
  ): vscode.CodeAction[] {
    return analysis.reports.flatMap((report) => {
      const place = report.stale ? undefined : rangeIn(source, document, report.span);
      const equivalent = place?.intersection(range) ? equivalentOf(report, report.uses[0]) : undefined;
      if (!equivalent || !place) return [];
      const title = equivalent.slice
        ? vscode.l10n.t('Replace by PyTorch’s {0}, its output y sliced as {1}', equivalent.code, equivalent.slice)
        : vscode.l10n.t('Replace by PyTorch’s {0}', equivalent.code);
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.RefactorRewrite);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.replace(document.uri, place, equivalent.code);
      // The slice belongs where the layer is applied, which is elsewhere: here it is put into a comment.
      const line = document.lineAt(place.end.line);
      if (equivalent.slice) action.edit.insert(document.uri, line.range.end, `  # ${equivalent.slice}`);
      return [action];
    });
  }
}
