/** Thrown when an answer is no longer wanted: the text has changed, or its document has been closed. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
