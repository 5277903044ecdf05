/** How far two texts agree from either end: the one changed region of an edit. */
export function changedRegion(before: string, after: string): { readonly from: number; readonly toBefore: number; readonly toAfter: number } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let tail = 0;
  while (tail < shorter - from && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  return { from, toBefore: before.length - tail, toAfter: after.length - tail };
}
