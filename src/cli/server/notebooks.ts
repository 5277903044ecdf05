import {
  type Connection,
  type DidChangeNotebookDocumentParams,
  NotebookCellKind,
  type NotebookDocument,
  NotebookDocuments,
  type TextDocuments,
} from 'vscode-languageserver';
import { type Source, sourceOfCells, sourceOfText } from '../../language/source';
import { ownUri } from '../disk';
import type { ServedDocument } from './served';

/** What happens to a client's notebooks, beside what happens to the texts of their cells. */
export interface NotebookEvents {
  /** It has other cells, or the same ones in another order. */
  rearranged(cells: readonly ServedDocument[]): void;
  saved(uri: string): void;
  closed(uri: string): void;
}

/** The notebooks that a client has open: their Python cells, in their order, are one text. */
export class ServedNotebooks {
  private readonly known: NotebookDocuments<ServedDocument>;

  /** `documents` are all that the client has open, cells and others. */
  constructor(private readonly documents: TextDocuments<ServedDocument>) {
    this.known = new NotebookDocuments(documents);
  }

  /** Takes in what a client says of notebooks. */
  listen(connection: Connection, events: NotebookEvents): void {
    const { synchronization } = connection.notebooks;
    // The library tells of cells that come, go or change, and not of those that only change their places.
    const heard = {
      ...synchronization,
      onDidChangeNotebookDocument: (handler: (params: DidChangeNotebookDocumentParams) => unknown) =>
        synchronization.onDidChangeNotebookDocument(async (params) => {
          await handler(params);
          const notebook = this.known.getNotebookDocument(params.notebookDocument.uri);
          if (notebook && params.change.cells?.structure) events.rearranged(this.cellsOf(notebook));
        }),
    };
    this.known.listen(
      new Proxy(connection, {
        get: (own, key): unknown => (key === 'notebooks' ? { synchronization: heard } : Reflect.get(own, key)),
      }),
    );
    this.known.onDidSave(({ uri }) => events.saved(ownUri(uri)));
    this.known.onDidClose(({ uri }) => events.closed(ownUri(uri)));
  }

  isCell(document: ServedDocument): boolean {
    return this.known.findNotebookDocumentForCell(document.theirs) !== undefined;
  }

  /** The text in which a document is read. */
  sourceOf(document: ServedDocument): Source<ServedDocument> {
    const notebook = this.known.findNotebookDocumentForCell(document.theirs);
    return notebook ? sourceOfCells(ownUri(notebook.uri), this.cellsOf(notebook)) : sourceOfText(document);
  }

  private cellsOf({ cells }: NotebookDocument): readonly ServedDocument[] {
    return cells.flatMap(({ kind, document: uri }) => {
      const document = kind === NotebookCellKind.Code ? this.documents.get(uri) : undefined;
      return document?.languageId === 'python' ? [document] : [];
    });
  }
}
