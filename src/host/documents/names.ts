import { DOCUMENT_EXTENSION } from '../../core/state/serialize';

/** Longest name that is made of someone else's words. */
const MOST = 80;

/** The last part of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What a document is called: its file's name without the extension. */
export function stemOf(path: string): string {
  const name = nameOf(path);
  return name.endsWith(DOCUMENT_EXTENSION) ? name.slice(0, -DOCUMENT_EXTENSION.length) : name;
}

/** Words as a name that every file system takes; nothing when none of them can stand in one. */
export const asStem = (words: string): string | undefined =>
  words
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, MOST) || undefined;

/** The names that documents of this stem have, in the order in which they are tried; `undefined` is for no stem. */
export function* namesFor(stem: string | undefined): Generator<string> {
  for (let number = 1; ; number++) {
    const name = stem === undefined ? `Untitled-${number}` : number === 1 ? stem : `${stem}-${number}`;
    yield `${name}${DOCUMENT_EXTENSION}`;
  }
}
