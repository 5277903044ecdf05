import type { KernelCopy } from '../state/kernelCopies';
import { roleColour } from '../theme';

/** Where a plot draws. */
export interface CopiesFrame {
  readonly copies: readonly KernelCopy[];
  /** The column that is pointed at. */
  readonly pointed: number | undefined;
  readonly height: number;
  readonly x: (column: number) => number;
  readonly y: (value: number) => number;
}

const DASHES = [4, 3];
const DOT = 2.5;
const BADGE = 13;
/** From the end of a copy to its number, in CSS pixels. */
const AWAY = 12;

/**
 * Each copy of the kernel as a dashed line over the output, its number at the end that is farther from the pointed
 * cell, and the values that meet there in the kernel's colour.
 */
export function paintCopies(context: CanvasRenderingContext2D, frame: CopiesFrame): void {
  const { copies, pointed, height, x, y } = frame;
  if (copies.length === 0) return;
  context.save();
  if (pointed !== undefined) {
    context.strokeStyle = roleColour('faint');
    context.lineWidth = 1;
    context.setLineDash([1, 3]);
    context.beginPath();
    context.moveTo(x(pointed + 0.5), 0);
    context.lineTo(x(pointed + 0.5), height);
    context.stroke();
  }
  for (const { number, points } of copies) {
    context.strokeStyle = roleColour('input');
    context.lineWidth = 1.5;
    context.setLineDash(DASHES);
    context.beginPath();
    for (const { output, value } of points) context.lineTo(x(output + 0.5), y(value));
    context.stroke();
    context.setLineDash([]);
    for (const { output, value } of points) {
      const meets = output === pointed;
      context.fillStyle = roleColour(meets ? 'kernel' : 'input');
      context.beginPath();
      context.arc(x(output + 0.5), y(value), meets ? DOT + 1.5 : DOT, 0, 2 * Math.PI);
      context.fill();
    }
    const [first, last] = [points.at(0), points.at(-1)];
    if (number === undefined || pointed === undefined || !first || !last) continue;
    const atFirst = pointed - first.output > last.output - pointed;
    const end = atFirst ? first : last;
    badge(context, number, x(end.output + 0.5) + (atFirst ? -AWAY : AWAY), y(end.value));
  }
  context.restore();
}

function badge(context: CanvasRenderingContext2D, number: number, x: number, y: number): void {
  context.fillStyle = roleColour('input');
  context.fillRect(Math.round(x - BADGE / 2), Math.round(y - BADGE / 2), BADGE, BADGE);
  context.fillStyle = roleColour('ground');
  context.font = `bold 10px ${getComputedStyle(document.body).fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(String(number), x, y + 0.5);
}
