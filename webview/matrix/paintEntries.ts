import { type ColourOf, cssColour } from './entryColours';
import { HEAD } from './head';
import type { Scene } from './scene';
import { placed } from './viewport';

/** Each entry in the colour of its value, where cells are large enough for one and too small for text. */
export function paintEntries(
  context: CanvasRenderingContext2D,
  { viewport, entries }: Scene,
  colourOf: ColourOf,
  unknown: string,
): void {
  const { column, row, columnScale, rowScale } = placed(viewport);
  const x = (at: number): number => Math.round(HEAD.left + (at - column) * columnScale);
  const y = (at: number): number => Math.round(HEAD.top + (at - row) * rowScale);
  for (const entry of entries) {
    const colour = colourOf(entry);
    context.fillStyle = colour ? cssColour(colour) : unknown;
    const [left, top] = [x(entry.column), y(entry.row)];
    context.fillRect(left, top, x(entry.column + 1) - left, y(entry.row + 1) - top);
  }
}
