import type { Chunk } from './chunk';
import { changedRegion, type Region } from './region';

/** A version of a file that parsed as a whole: its chunks, and where they stood in it. */
export interface GoodFile {
  readonly text: string;
  readonly chunks: readonly Chunk[];
  readonly bases: readonly number[];
}

/** Where its chunks stand now is no matter: the next version may have them elsewhere. */
export const goodFile = (file: {
  readonly text: string;
  readonly parts: readonly { readonly chunk: Chunk; readonly from: number }[];
}): GoodFile => ({
  text: file.text,
  chunks: file.parts.map(({ chunk }) => chunk),
  bases: file.parts.map(({ from }) => from),
});

/**
 * The chunks of a text that does not parse, those that do not replaced by the last good ones in their place. An opened
 * parenthesis swallows what follows it, so whole runs are replaced: between two statements that are the same in both
 * texts.
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
      const region = changedRegion(good.text.slice(oldFrom, oldTo), text.slice(from, to));
      const moved = mapping(region, oldFrom, from);
      old.forEach((chunk, index) => {
        const base = good.bases[before + 1 + index];
        const local = base - oldFrom;
        if (local >= region.toBefore) chunk.place(from + local + region.toAfter - region.toBefore, true);
        else if (local + chunk.text.length <= region.from) chunk.place(from + local, true);
        else chunk.place(base, true, moved);
      });
      result.push(...old);
    } else result.push(...run);
    at = end;
  }
  return result;
}

/** Offsets of the old text in the new one: unchanged before the edit, shifted after it, at its end inside. */
function mapping(region: Region, oldFrom: number, from: number): (offset: number) => number {
  return (offset) => {
    const local = offset - oldFrom;
    if (local <= region.from) return from + local;
    return from + (local >= region.toBefore ? local + region.toAfter - region.toBefore : region.toAfter);
  };
}
