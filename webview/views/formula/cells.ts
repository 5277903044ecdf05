import type { TermName } from '../../../src/core/derive/size';
import type { Ink, Rect, Shape } from '../../drawing/scene';
import type { Scale } from './scale';
import { type Sheet, textAt, widthOf } from './sheet';

/** Where a drawing may go: from `left` to `left + width`, with names before it where there is room. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** Beginning of the ledger; nothing where it goes underneath. */
  readonly ledger: number | undefined;
}

/** What a line of the drawing is, before it; where there is no room, nothing. */
export const nameOf = (key: string, text: string, y: number, left: number, ink: Ink, mono = false): readonly Shape[] =>
  left < 60 ? [] : [textAt(key, left - 12, y, text, { size: 12, mono, anchor: 'end', ink, bold: true })];

/** A line of cells, from one position to another. */
export interface CellLine {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly height: number;
  readonly term: TermName | undefined;
}

/** How a cell of a line looks: a dot where nothing is, or a label if it fits. */
export interface LineCell extends Pick<Rect, 'fill' | 'stroke' | 'hatched' | 'dashed' | 'weight'> {
  readonly label?: string;
  readonly dot?: boolean;
}

/** Draws the cells of a line one by one, and in the gap of the scale that there are more. */
export function drawCells(
  sheet: Sheet,
  scale: Scale,
  { key, from, to, y, height, term }: CellLine,
  look: (position: number) => LineCell,
): void {
  for (const at of scale.each(from, to)) {
    const { label, dot, ...rect } = look(at);
    const [x, width] = [scale.x(at), scale.unit];
    sheet.add(term, { kind: 'rect', key: `${key}${at}`, x, y, width, height, ...rect });
    if (dot)
      sheet.add(term, {
        kind: 'dot',
        key: `${key}${at}.`,
        x: x + width / 2,
        y: y + height / 2,
        radius: Math.min(3, width / 6),
        stroke: 'zero',
      });
    else if (label !== undefined && widthOf(label, 11) <= width - 2)
      sheet.add(
        term,
        textAt(`${key}${at}#`, x + width / 2, y + height / 2, label, {
          size: 11,
          anchor: 'middle',
          mono: true,
          ink: rect.stroke,
        }),
      );
  }
  const { gap } = scale;
  if (!gap || gap[1] <= from || gap[0] >= to) return;
  const middle = (scale.x(gap[0]) + scale.x(gap[1])) / 2;
  sheet.add(term, textAt(`${key}gap`, middle, y + height / 2, '⋯', { size: 12, anchor: 'middle', ink: 'faint' }));
}

/** Indices over all positions, and lines through them down to `bottom`. */
export function drawPositions(
  sheet: Sheet,
  scale: Scale,
  count: number,
  origin: number,
  y: number,
  bottom: number,
): void {
  const step = scale.unit >= 20 ? 1 : 2;
  for (const at of scale.each(0, count)) {
    const x = scale.x(at);
    if (at % step === 0)
      sheet.add(
        undefined,
        textAt(`i${at}`, x + scale.unit / 2, y, String(at + origin).replace('-', '−'), {
          size: 10,
          mono: true,
          anchor: 'middle',
          ink: 'faint',
        }),
      );
    sheet.add(undefined, {
      kind: 'line',
      key: `v${at}`,
      points: [
        [x, y + 9],
        [x, bottom],
      ],
      stroke: 'line',
      weight: 1,
    });
  }
}
