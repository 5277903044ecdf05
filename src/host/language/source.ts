import type * as vscode from 'vscode';

/** A document within an analysed text, and the offset at which it begins there. */
interface Part {
  readonly document: vscode.TextDocument;
  readonly start: number;
  readonly length: number;
}

/**
 * A text to analyse: one Python document, or the Python cells of a notebook in their order, as one module.
 * Offsets are of the whole text; `located` and `offsetAt` go between them and places in documents.
 */
export interface Source {
  /** The document's or the notebook's; what the analysis is kept under. */
  readonly uri: vscode.Uri;
  /** Changes whenever the text does. */
  readonly version: string;
  readonly text: string;
  readonly parts: readonly Part[];
}

/**
 * Whether two sources are one text of one document: a new untitled document may have the name and version of a closed
 * one.
 */
export function isSame(a: Source, b: Source): boolean {
  return a.version === b.version && a.text === b.text && a.parts[0]?.document === b.parts[0]?.document;
}

export function offsetAt(source: Source, document: vscode.TextDocument, position: vscode.Position): number | undefined {
  const part = source.parts.find((each) => each.document === document);
  return part && part.start + document.offsetAt(position);
}
