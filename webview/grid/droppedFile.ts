/** Larger files are left where they are: the host asks for the parts that are wanted. */
const MOST_SENT = 32 * 2 ** 20;

/** The last file that was dropped and is not sent as a whole. */
let kept: File | undefined;

/** What is told of a dropped file: all of it, or of a large one its size. */
export async function contentOf(file: File): Promise<Uint8Array | number> {
  kept = file.size > MOST_SENT ? file : undefined;
  return kept ? file.size : new Uint8Array(await file.arrayBuffer());
}

/** A part of the file that was kept; nothing where there is none. */
export async function partOfDropped(offset: number, length: number): Promise<Uint8Array | undefined> {
  return kept && new Uint8Array(await kept.slice(offset, offset + length).arrayBuffer());
}
