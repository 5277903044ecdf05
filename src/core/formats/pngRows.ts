import { damaged } from './format';

/** The Paeth predictor (W3C PNG, 9.4): left, above or above left, whichever is nearest to left + above − above left. */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [
    Math.abs(above - corner),
    Math.abs(left - corner),
    Math.abs(left + above - 2 * corner),
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/**
 * Takes the filters back in place (W3C PNG, 9.2). Each row is a byte that names its filter and `length` bytes; `step`
 * bytes lie between a sample and the one before it. Throws a ProblemError for a filter that is none.
 */
export function unfilter(rows: Uint8Array, length: number, step: number): void {
  for (let row = 0; row < rows.length; row += 1 + length) {
    const filter = rows[row];
    const begin = row + 1;
    const above = row === 0 ? -1 : begin - 1 - length;
    if (filter > 4) throw damaged('png-filter', 'The picture is damaged: a row has the unknown filter {0}.', filter);
    if (filter === 0) continue;
    for (let at = 0; at < length; at++) {
      const left = at >= step ? rows[begin + at - step] : 0;
      const up = above >= 0 ? rows[above + at] : 0;
      let predicted = left;
      if (filter === 2) predicted = up;
      else if (filter === 3) predicted = (left + up) >> 1;
      else if (filter === 4) predicted = paeth(left, up, above >= 0 && at >= step ? rows[above + at - step] : 0);
      // A Uint8Array keeps the low byte, as the filters are defined.
      rows[begin + at] += predicted;
    }
  }
}
