import type { Chunk } from './chunk';
import { changedRegion } from './region';

/** A version of a file that parsed as a whole: its chunks, and where they stood in it. */
export interface GoodFile {
  readonly text: string;
  readonly chunks: readonly Chunk[];
  readonly bases: readonly number[];
}

export const goodFile = (file: { readonly text: string; readonly chunks: readonly Chunk[] }): GoodFile => ({ text: file.text, chunks: file.chunks, bases: file.chunks.map((chunk) => chunk.base) });

/**
 * The chunks of a text that does not parse, those that do not replaced by the last good ones in their place. An opened
 * parenthesis swallows what follows it, so whole runs are replaced: between two statements that are the same in both texts.
 */
export function withLastGood(text: string, chunks: readonly Chunk[], good: GoodFile): readonly Chunk[] {
  const place = new Map(good.chunks.map((chunk, index) => [chunk, index]));
  const result: Chunk[] = [];
  let at = 0;
  let before = -1;
  while (at < chunks.length) {
    const known = place.get(chunks[at]);
    if (known !== undefined && known > before) {
      result.push(chunks[at++]);
      before = known;
      continue;
    }
    let end = at;
    while (end < chunks.length && !((place.get(chunks[end]) ?? -1) > before)) end++;
    const after = end < chunks.length ? place.get(chunks[end])! : good.chunks.length;
    const run = chunks.slice(at, end);
    const old = good.chunks.slice(before + 1, after);
    if (run.some((chunk) => chunk.hasError) && old.length > 0) {
      const last = result.at(-1);
      const from = last ? last.base + last.text.length : 0;
      const to = end < chunks.length ? chunks[end].base : text.length;
      const oldFrom = before >= 0 ? good.bases[before] + good.chunks[before].text.length : 0;
      const oldTo = after < good.chunks.length ? good.bases[after] : good.text.length;
      const moved = mapping(good.text.slice(oldFrom, oldTo), text.slice(from, to), oldFrom, from);
      old.forEach((chunk, index) => chunk.place(good.bases[before + 1 + index], moved));
      result.push(...old);
    } else result.push(...run);
    at = end;
  }
  return result;
}

/** Offsets of the old text in the new one: unchanged before the edit, shifted after it, at its end inside. */
function mapping(before: string, after: string, oldFrom: number, from: number): (offset: number) => number {
  const region = changedRegion(before, after);
  return (offset) => {
    const local = offset - oldFrom;
    if (local <= region.from) return from + local;
    return from + (local >= region.toBefore ? local + region.toAfter - region.toBefore : region.toAfter);
  };
}
