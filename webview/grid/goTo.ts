/** Where a cell is, as typed: indices of the last axes, or why they name no cell. */
export type GoTo =
  | { readonly ok: true; readonly index: readonly number[] }
  | { readonly ok: false; readonly fault: 'text' | 'few' | 'many' }
  | { readonly ok: false; readonly fault: 'range'; readonly axis: number; readonly at: number };

/**
 * `3,5` is a row and a column of the plane on show; `2,3,5` says the channel too, and with as many numbers as the
 * tensor has axes every index is said. Negative ones count from the end, as Python's. `shown` is an index of the plane
 * on show.
 */
export function parseGoTo(text: string, shape: readonly number[], shown: readonly number[], rank: number): GoTo {
  const inner = /^\s*(?:[a-z]\w*\s*(?=[[(]))?[[(]?([-\d\s,;]+)[\])]?\s*$/i.exec(text)?.[1].trim();
  const words = inner?.split(/\s*[,;]\s*|\s+/) ?? [];
  if (words.length === 0 || words.some((word) => !/^-?\d+$/.test(word))) return { ok: false, fault: 'text' };
  if (words.length > shape.length) return { ok: false, fault: 'many' };
  if (words.length < Math.min(rank, 2)) return { ok: false, fault: 'few' };
  const first = shape.length - words.length;
  const index = shape.map((size, axis) => {
    if (axis < first) return shown[axis];
    const at = Number(words[axis - first]);
    return at < 0 ? at + size : at;
  });
  const axis = index.findIndex((at, each) => at < 0 || at >= shape[each]);
  return axis < 0 ? { ok: true, index } : { ok: false, fault: 'range', axis, at: Number(words[axis - first]) };
}
