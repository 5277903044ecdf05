/** Bytes, other files, or a script must be fetched before a reader can go on: it is run anew when they are there. */
export class WantingError extends Error {
  override readonly name = 'WantingError';
  constructor(readonly wants: readonly unknown[]) {
    super('Something must be fetched first.');
  }
}

/** So much is asked for in one go: all of a checkpoint would be in memory before a list says what of it is wanted. */
const MOST_AT_ONCE = 64;

/**
 * What `read` makes of each item. What any of them lacks is asked for together: else a checkpoint of a hundred folders
 * would be read a hundred times, each time as far as the next file that is not there yet.
 */
export function eachOf<Item, Result>(items: Iterable<Item>, read: (item: Item) => Result): Result[] {
  const results: Result[] = [];
  const wants = new Map<string, unknown>();
  for (const item of items) {
    try {
      results.push(read(item));
    } catch (error) {
      if (!(error instanceof WantingError)) throw error;
      for (const want of error.wants) wants.set(JSON.stringify(want), want);
      if (wants.size >= MOST_AT_ONCE) break;
    }
  }
  if (wants.size > 0) throw new WantingError([...wants.values()]);
  return results;
}
