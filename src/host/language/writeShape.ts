import * as vscode from 'vscode';
import { readBareNote } from '../../python/syntax/notes';
import type { LineShape } from '../../python';
import { shape } from '../../python/written';
import type { Analyses, Snapshot } from './analyses';
import { Cancelled } from '../../language/cancelled';
import { rangeIn } from './documents';
import type { LineWish } from '../../language/lineWish';

/** Writes down the shape that a line leaves, so that whoever reads it sees it and the next reading holds it to it. */
export class ShapeWriting implements vscode.CodeActionProvider {
  static readonly kinds: readonly vscode.CodeActionKind[] = [vscode.CodeActionKind.RefactorRewrite];

  constructor(
    private readonly analyses: Analyses,
    private readonly wish: LineWish,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { triggerKind }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    // What lines leave is told only while somebody wants to know; the light bulb alone is no reason to read again.
    const isAsked = triggerKind === vscode.CodeActionTriggerKind.Invoke;
    if (!isAsked && !this.wish.wanted) return [];
    try {
      if (isAsked) this.wish.set(this, true);
      const snapshot = await this.analyses.of(document);
      return (snapshot.analysis.lines ?? []).flatMap((line) => actionsOf(snapshot, document, line, range));
    } catch (error) {
      if (error instanceof Cancelled) return [];
      throw error;
    } finally {
      if (isAsked) this.wish.set(this, false);
    }
  }
}

function actionsOf(
  { source }: Snapshot,
  document: vscode.TextDocument,
  { name, shapes, span, behind }: LineShape,
  wanted: vscode.Range,
): vscode.CodeAction[] {
  const range = rangeIn(source, document, { start: span.start, end: behind });
  // Of a line that leaves several shapes none is the one to write.
  if (!range || shapes.length !== 1 || !/^[A-Za-z_]\w*$/.test(name) || name === 'return') return [];
  if (range.start.line > wanted.end.line || range.end.line < wanted.start.line) return [];
  const { text } = document.lineAt(range.end.line);
  const rest = text.slice(range.end.character);
  // Another statement or comment behind it has the room.
  if (rest.trim() !== '' && !readBareNote(rest.trim())) return [];
  const [only] = shapes;
  const end = new vscode.Range(range.end, document.lineAt(range.end.line).range.end);
  const comment = action(vscode.l10n.t('Write the shape behind this line'), (edit) =>
    edit.replace(document.uri, end, `  # ${shape(only)}`),
  );
  if (!only.every((size) => typeof size === 'number')) return [comment];
  const { text: first } = document.lineAt(range.start.line);
  const indent = first.slice(0, first.length - first.trimStart().length);
  // What stands before it on the line is another statement, below which an assertion would not belong.
  if (first.slice(0, range.start.character).trim() !== '') return [comment];
  // Paddle's shape is a list, which equals no tuple.
  const its = /\bpaddle\b/.test(source.text) ? `tuple(${name}.shape)` : `${name}.shape`;
  const assertion = `${indent}assert ${its} == ${shape(only)}`;
  const below = action(vscode.l10n.t('Assert the shape below this line'), (edit) =>
    edit.insert(document.uri, end.end, `\n${assertion}`),
  );
  return [comment, below];
}

function action(title: string, change: (edit: vscode.WorkspaceEdit) => void): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.RefactorRewrite);
  made.edit = new vscode.WorkspaceEdit();
  change(made.edit);
  return made;
}
