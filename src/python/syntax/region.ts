/** The one changed region of an edit: from where to where, in the text before and in the text after. */
export interface Region {
  readonly from: number;
  readonly toBefore: number;
  readonly toAfter: number;
}

/** How far two texts agree from either end. */
export function changedRegion(before: string, after: string): Region {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let tail = 0;
  while (
    tail < shorter - from &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { from, toBefore: before.length - tail, toAfter: after.length - tail };
}
