import type { GridName } from '../gridName';
import { GRID_ROLES, roleColour } from '../theme';
import type { HeatFrame } from './heatmap';
import { placeKey } from './productNumbers';
import type { Place } from './selection';
import type { Region } from './viewport';

type Corner = readonly [x: number, y: number, width: number, height: number];

/** A cell that is smaller than this gets a ring that is larger than the cell. */
const SMALLEST = 5;

/** CSS pixels of a ring, and of the badge with the product's number, in a cell of this size. */
const ringOf = (cell: number): number => (cell >= 40 ? 3 : cell >= 24 ? 2.5 : cell >= 12 ? 2 : 1.25);
export const badgeOf = (cell: number): number => (cell >= 44 ? 15 : cell >= 34 ? 13 : cell >= 24 ? 11 : 0);

/**
 * A ring in the colour of the tensor's role round each lit cell, with a hairline of the page's ground on both sides, so
 * that it is seen on every colour; the number of its product in the corner. The cell that is pointed at has a heavier
 * one, without a number.
 */
export function paintRings(context: CanvasRenderingContext2D, frame: HeatFrame, name: GridName, ratio: number): void {
  if (frame.lit.length === 0 && !frame.around && !frame.source) return;
  const { scroll, cell, box } = frame;
  const colour = roleColour(GRID_ROLES[name]);
  const ground = roleColour('ground');
  const size = Math.min(cell.width, cell.height);
  const width = Math.max(cell.width, SMALLEST);
  const height = Math.max(cell.height, SMALLEST);
  context.save();
  context.scale(ratio, ratio);

  const cornerOf = ({ row, column, rows = 1, columns = 1 }: Place & Partial<Region>): Corner | undefined => {
    const [wide, high] = [Math.max(width, columns * cell.width), Math.max(height, rows * cell.height)];
    const x = (column + columns / 2) * cell.width - scroll.left - wide / 2;
    const y = (row + rows / 2) * cell.height - scroll.top - high / 2;
    return x + wide < 0 || y + high < 0 || x > box.width || y > box.height ? undefined : [x, y, wide, high];
  };
  const ring = (place: Place & Partial<Region>, thickness: number): void => {
    const corner = cornerOf(place);
    if (!corner) return;
    const [x, y, wide, high] = corner;
    const hair = size >= 12 ? 1 : 0.75;
    for (const [style, line] of [
      [ground, thickness + 2 * hair],
      [colour, thickness],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = line;
      const inset = thickness / 2 + hair;
      context.strokeRect(x + inset, y + inset, Math.max(1, wide - 2 * inset), Math.max(1, high - 2 * inset));
    }
  };
  for (const place of frame.lit) ring(place, ringOf(size));
  if (frame.around) ring(frame.around, ringOf(size));
  if (frame.source) ring(frame.source, ringOf(size) + (size >= 12 ? 0.5 : 1.75));

  const badge = badgeOf(size);
  if (badge > 0) {
    context.font = `bold ${badge - 4}px sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (const place of frame.lit) {
      const corner = cornerOf(place);
      const number = frame.numbers.get(placeKey(place));
      if (!corner || number === undefined) continue;
      const wide = number > 9 ? badge * 1.4 : badge;
      context.fillStyle = colour;
      context.fillRect(corner[0] + 1, corner[1] + 1, wide, badge);
      context.fillStyle = ground;
      context.fillText(String(number), corner[0] + 1 + wide / 2, corner[1] + 1.5 + badge / 2);
    }
  }
  context.restore();
}
