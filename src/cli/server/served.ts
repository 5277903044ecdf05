import {
  TextDocument as Text,
  type Position,
  type Range,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-textdocument';
import { ownUri } from '../disk';
import type { Span } from '../../python';
import type { TextDocument } from '../../language/source';

/** A document that a client has open. */
export class ServedDocument implements TextDocument {
  isClosed = false;

  /** What it is known by among the files. */
  readonly uri: string;

  constructor(private text: Text) {
    this.uri = ownUri(text.uri);
  }

  /** What the client calls it. */
  get theirs(): string {
    return this.text.uri;
  }

  get languageId(): string {
    return this.text.languageId;
  }

  get version(): number {
    return this.text.version;
  }

  getText(): string {
    return this.text.getText();
  }

  offsetAt(position: Position): number {
    return this.text.offsetAt(position);
  }

  /** Where a span of its text stands, in UTF-16 code units, as clients count unless they say otherwise. */
  rangeOf({ start, end }: Span): Range {
    return { start: this.text.positionAt(start), end: this.text.positionAt(end) };
  }

  change(changes: TextDocumentContentChangeEvent[], version: number): void {
    this.text = Text.update(this.text, changes, version);
  }
}

/** How the library that keeps the open documents makes one and changes it. */
export const SERVED = {
  create: (uri: string, languageId: string, version: number, content: string): ServedDocument =>
    new ServedDocument(Text.create(uri, languageId, version, content)),
  update: (document: ServedDocument, changes: TextDocumentContentChangeEvent[], version: number): ServedDocument => {
    document.change(changes, version);
    return document;
  },
};
