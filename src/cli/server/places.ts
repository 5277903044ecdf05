import type { Position, Range } from 'vscode-languageserver';
import type { Part, Source } from '../../language/source';
import type { Span } from '../../python';
import type { ServedDocument } from './served';

type Read = Source<ServedDocument>;

export interface Located {
  readonly document: ServedDocument;
  readonly range: Range;
}

/** The offset of a document's place in the text in which it is read; nothing when it is none of that text any more. */
export function offsetIn(source: Read, document: ServedDocument, position: Position): number | undefined {
  const part = source.parts.find((each) => each.document === document);
  return part && part.start + document.offsetAt(position);
}

export function spanIn(source: Read, document: ServedDocument, { start, end }: Range): Span | undefined {
  const [from, to] = [start, end].map((each) => offsetIn(source, document, each));
  return from === undefined || to === undefined ? undefined : { start: from, end: to };
}

/** Where a span of a text stands: in a notebook, in which cell. */
export function located({ parts }: Read, span: Span): Located | undefined {
  const part = parts.find(({ start, length }) => span.start >= start && span.start <= start + length);
  return part && { document: part.document, range: rangeOf(part, span) };
}

/** The range of a span in this document, if it stands there. */
export function rangeIn(source: Read, document: ServedDocument, span: Span): Range | undefined {
  const place = located(source, span);
  return place?.document === document ? place.range : undefined;
}

const rangeOf = ({ document, start, length }: Part<ServedDocument>, span: Span): Range =>
  document.rangeOf({ start: span.start - start, end: Math.min(span.end - start, length) });
