import { roleColour } from '../theme';
import type { HeatFrame } from './heatmap';

/** Sides of a corner's triangle in CSS pixels, for cells of any size. */
const sideOf = (cell: number): number => Math.max(2, Math.min(10, cell * 0.36));

/**
 * A triangle in the upper right corner of each cell that has changed, in ink with an edge of the page's ground, so that
 * it is seen on every colour, and beside a ring.
 */
export function paintCorners(context: CanvasRenderingContext2D, frame: HeatFrame, ratio: number): void {
  const { changed, cell, scroll, box } = frame;
  if (changed.length === 0) return;
  const side = sideOf(Math.min(cell.width, cell.height));
  context.save();
  context.scale(ratio, ratio);
  for (const { row, column } of changed) {
    const right = (column + 1) * cell.width - scroll.left;
    const top = row * cell.height - scroll.top;
    if (right < 0 || top + cell.height < 0 || right - cell.width > box.width || top > box.height) continue;
    for (const [style, extra] of [
      [roleColour('ground'), 1.5],
      [roleColour('ink'), 0],
    ] as const) {
      context.fillStyle = style;
      context.beginPath();
      context.moveTo(right - side - extra, top);
      context.lineTo(right, top);
      context.lineTo(right, top + side + extra);
      context.fill();
    }
  }
  context.restore();
}
