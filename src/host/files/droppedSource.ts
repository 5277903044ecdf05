import { damaged } from '../../core/formats/format';
import type { Source } from './openFile';

/**
 * A file that was dropped on a page: all of its bytes, or of a large one how many there are, of which the page gives
 * those that are wanted. Everything comes from outside, and may be anything.
 */
export function droppedSource(
  name: unknown,
  content: unknown,
  part: (offset: number, length: number) => Promise<unknown>,
): Source {
  if (content instanceof Uint8Array) return { name: String(name), bytes: content };
  if (!Number.isSafeInteger(content) || Number(content) < 0) throw new TypeError('A dropped file must be bytes.');
  return {
    name: String(name),
    size: Number(content),
    async part(offset, length) {
      const bytes = await part(offset, length);
      if (bytes instanceof Uint8Array && bytes.length === length) return bytes;
      throw damaged('shorter', 'The file has become shorter while it was read.');
    },
  };
}
