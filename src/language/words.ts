/** How texts for people are put into the language of whoever reads them. */
export interface Words {
  /** A template filled, in the reader's language. */
  readonly say: (template: string, ...args: readonly (string | number)[]) => string;
  /** The tag of that language, by which numbers are written. */
  readonly language: string;
}
