import * as vscode from 'vscode';
import type { Span } from '../../python';
import { sourceOfCells, sourceOfText } from '../../language/source';
import type { Source } from './analyses';

export const PYTHON: vscode.DocumentSelector = { language: 'python' };

/** Schemes of old versions, such as the left side of a diff: read when something asks, but without squiggles. */
const PAST: readonly string[] = ['git', 'gitlens', 'review', 'output', 'pr'];

export function isPresent(document: vscode.TextDocument): boolean {
  return document.languageId === 'python' && !document.isClosed && !PAST.includes(document.uri.scheme);
}

export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return vscode.workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
}

export function sourceOf(document: vscode.TextDocument): Source {
  const notebook = notebookOf(document);
  if (!notebook) return sourceOfText(document);
  const cells = notebook
    .getCells()
    .filter((cell) => cell.kind === vscode.NotebookCellKind.Code && cell.document.languageId === 'python');
  return sourceOfCells(
    notebook.uri,
    cells.map((cell) => cell.document),
  );
}

/** The text of a source as the author wrote it, magics and all, each part where it is in what is read. */
export const writtenText = ({ parts }: Source): string =>
  parts.map(({ document }) => `${document.getText()}\n`).join('');

export interface Located {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** Where a span of the text stands; nothing when its document was closed meanwhile. */
export function located(source: Source, span: Span): Located | undefined {
  const part = source.parts.find(({ start, length }) => span.start >= start && span.start <= start + length);
  if (!part || part.document.isClosed) return undefined;
  const at = (offset: number): vscode.Position => part.document.positionAt(Math.min(offset - part.start, part.length));
  return { document: part.document, range: new vscode.Range(at(span.start), at(span.end)) };
}

/** The offset of a place in the whole text; nothing when its document is none of it. */
export function offsetAt(source: Source, document: vscode.TextDocument, position: vscode.Position): number | undefined {
  const part = source.parts.find((each) => each.document === document);
  return part && part.start + document.offsetAt(position);
}

/** The range of a span in this document, if it stands there. */
export function rangeIn(source: Source, document: vscode.TextDocument, span: Span): vscode.Range | undefined {
  const place = located(source, span);
  return place?.document === document ? place.range : undefined;
}
