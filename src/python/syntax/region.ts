/** The one changed region of an edit: from where to where, in the text before and in the text after. */
export interface Region {
  readonly from: number;
  readonly toBefore: number;
  readonly toAfter: number;
}

/** So much is compared at once, by V8's own comparison of texts: letter by letter took a tenth of a key press. */
const STRIDE = 1024;

/** How far two texts agree from either end. */
export function changedRegion(before: string, after: string): Region {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from + STRIDE <= shorter && before.slice(from, from + STRIDE) === after.slice(from, from + STRIDE))
    from += STRIDE;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  const [endBefore, endAfter] = [before.length, after.length];
  const most = shorter - from;
  let tail = 0;
  while (
    tail + STRIDE <= most &&
    before.slice(endBefore - tail - STRIDE, endBefore - tail) === after.slice(endAfter - tail - STRIDE, endAfter - tail)
  )
    tail += STRIDE;
  while (tail < most && before.charCodeAt(endBefore - 1 - tail) === after.charCodeAt(endAfter - 1 - tail)) tail++;
  return { from, toBefore: endBefore - tail, toAfter: endAfter - tail };
}
