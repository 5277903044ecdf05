import * as vscode from 'vscode';
import type { Report } from '../../python';
import type { Analyses, Snapshot } from './analyses';
import type { CallReference } from './commands';
import { callBeginningAt, layerAt } from '../../language/layerAt';
import { offsetAt, rangeIn } from './documents';

/** A call that a link names, where it stands in its document now. */
export interface FoundCall {
  readonly document: vscode.TextDocument;
  readonly snapshot: Snapshot;
  readonly report: Report;
  readonly range: vscode.Range;
}

/** The call that begins where the link says; nothing when none begins there any more. */
export async function findCall(
  analyses: Analyses,
  { uri, line, character, callee }: CallReference,
): Promise<FoundCall | undefined> {
  const document =
    vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri) ??
    (await opened(vscode.Uri.parse(uri, true)));
  if (!document) return undefined;
  const snapshot = await analyses.settled(document);
  const offset = offsetAt(snapshot.source, document, new vscode.Position(line, character));
  return found(
    document,
    snapshot,
    offset === undefined ? undefined : callBeginningAt(snapshot.analysis.reports, offset, callee),
  );
}

/** Nothing for a file that is not there any more, or not here: a saved document may have come from elsewhere. */
const opened = (uri: vscode.Uri): Promise<vscode.TextDocument | undefined> =>
  Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);

/** The call that the cursor is in, or whose layer it is on. */
export async function callAtCursor(analyses: Analyses): Promise<FoundCall | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'python') return undefined;
  const snapshot = await analyses.settled(editor.document);
  const offset = offsetAt(snapshot.source, editor.document, editor.selection.active);
  return found(
    editor.document,
    snapshot,
    offset === undefined ? undefined : layerAt(snapshot.analysis, offset)?.report,
  );
}

function found(document: vscode.TextDocument, snapshot: Snapshot, report: Report | undefined): FoundCall | undefined {
  const range = report && rangeIn(snapshot.source, document, report.span);
  return report && range ? { document, snapshot, report, range } : undefined;
}

export function sayGone(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('The call is no longer where it was; hover it again.'));
}
