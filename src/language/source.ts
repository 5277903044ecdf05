import { withoutMagics } from '../reader/magics';

/** What is used of a document that is open in an editor. `vscode.TextDocument` is one. */
export interface TextDocument {
  readonly uri: { toString(): string };
  readonly version: number;
  readonly isClosed: boolean;
  getText(): string;
}

/** A document within an analysed text, and the offset at which it begins there. */
export interface Part<Document extends TextDocument = TextDocument> {
  readonly document: Document;
  readonly start: number;
  readonly length: number;
}

/**
 * A text to analyse: one Python document, or the Python cells of a notebook in their order, as one module.
 * Offsets are of the whole text; whoever shows something goes between them and places in documents.
 */
export interface Source<Document extends TextDocument = TextDocument> {
  /** The document's or the notebook's; what the analysis is kept under. */
  readonly uri: Document['uri'];
  /** Changes whenever the text does. */
  readonly version: string;
  readonly text: string;
  readonly parts: readonly Part<Document>[];
}

/** A document that is read by itself. */
export function sourceOfText<Document extends TextDocument>(document: Document): Source<Document> {
  const text = document.getText();
  return {
    uri: document.uri,
    version: String(document.version),
    text,
    parts: [{ document, start: 0, length: text.length }],
  };
}

/** The Python cells of a notebook, in their order: what is magic in them is blank, and each ends its line. */
export function sourceOfCells<Document extends TextDocument>(
  uri: Document['uri'],
  cells: readonly Document[],
): Source<Document> {
  const parts: Part<Document>[] = [];
  let text = '';
  for (const document of cells) {
    const own = withoutMagics(document.getText());
    parts.push({ document, start: text.length, length: own.length });
    text += `${own}\n`;
  }
  // A notebook's own version does not count what is typed in a cell.
  const version = cells.map((cell) => `${cell.uri.toString()}:${cell.version}`).join(' ');
  return { uri, version, text, parts };
}

/**
 * Whether two sources are one text of one document: a new untitled document may have the name and version of a closed
 * one.
 */
export function isSame(a: Source, b: Source): boolean {
  return a.version === b.version && a.text === b.text && a.parts[0]?.document === b.parts[0]?.document;
}
