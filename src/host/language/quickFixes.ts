import * as vscode from 'vscode';
import { equivalentOf } from '../../python/mend/equivalent';
import { mend } from '../../python/mend/mend';
import type { Fix } from '../../python/mend/setArguments';
import type { ReportProblem } from '../../python';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from './cancelled';
import { COMMANDS, callReference } from './commands';
import { DIAGNOSTIC_SOURCE, problemsOf } from './diagnostics';
import { inverseOf, solvable } from './findForCall';
import { located, rangeIn } from './documents';
import { translated } from '../translate';

/** A fix's edits in the documents where they stand; nothing when one of these has been closed. */
function editOf(fix: Fix, { source }: Snapshot): vscode.WorkspaceEdit | undefined {
  const edit = new vscode.WorkspaceEdit();
  for (const { span, text } of fix.edits) {
    const place = located(source, span);
    if (!place) return undefined;
    edit.replace(place.document.uri, place.range, text);
  }
  return edit;
}

function fixesOf(problem: ReportProblem, { analysis, source }: Snapshot): readonly Fix[] {
  return mend(
    source.text,
    analysis,
    problem,
    analysis.reports.find(({ problems }) => problems.includes(problem)),
  );
}

/** The changes to the code that mend what a diagnostic names, and the PyTorch twin of a Keras layer. */
export class LayerFixes implements vscode.CodeActionProvider {
  static readonly kinds: readonly vscode.CodeActionKind[] = [
    vscode.CodeActionKind.QuickFix,
    vscode.CodeActionKind.RefactorRewrite,
  ];

  constructor(private readonly analyses: Analyses) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    try {
      const snapshot = await this.analyses.of(document);
      const mended = problemsOf(snapshot.analysis).flatMap((problem) => {
        const place = rangeIn(snapshot.source, document, problem.span);
        if (!place?.intersection(range)) return [];
        const diagnostics = context.diagnostics.filter(
          (each) => each.source === DIAGNOSTIC_SOURCE && each.code === problem.code && each.range.isEqual(place),
        );
        return this.actions(problem, snapshot, diagnostics);
      });
      return [...mended, ...this.equivalents(document, range, snapshot), ...this.searches(document, range, snapshot)];
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    }
  }

  /** Searches with the solver, for the sizes of the call at the cursor. */
  private searches(
    document: vscode.TextDocument,
    range: vscode.Range,
    { analysis, source }: Snapshot,
  ): vscode.CodeAction[] {
    return analysis.reports.flatMap((report) => {
      const place = report.stale ? undefined : rangeIn(source, document, report.span);
      const known = place?.intersection(range) ? solvable(report) : undefined;
      if (!known || !place) return [];
      const action = (title: string, command: string): vscode.CodeAction => ({
        title,
        kind: vscode.CodeActionKind.RefactorRewrite,
        command: { title, command, arguments: [callReference(document, place.start, 0)] },
      });
      return [
        action(vscode.l10n.t('Find convolutions for these sizes…'), COMMANDS.findForCall),
        ...(inverseOf(known)
          ? [action(vscode.l10n.t('Find the transposed convolution that inverts this…'), COMMANDS.findInverse)]
          : []),
      ];
    });
  }

  private actions(problem: ReportProblem, snapshot: Snapshot, diagnostics: vscode.Diagnostic[]): vscode.CodeAction[] {
    return fixesOf(problem, snapshot).flatMap((fix) => {
      const edit = editOf(fix, snapshot);
      if (!edit) return [];
      const action = new vscode.CodeAction(translated(fix), vscode.CodeActionKind.QuickFix);
      action.edit = edit;
      action.diagnostics = diagnostics;
      action.isPreferred = fix.preferred;
      return [action];
    });
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
