/** The question is no longer asked: the text has changed, or the editor has moved on. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
