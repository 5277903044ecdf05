import { make, setHidden } from '../dom';
import type { GridName } from '../gridName';
import { GRID_ROLES, roleColour } from '../theme';
import type { KernelCopy } from '../state/kernelCopies';
import { setLength } from './gridLayout';
import { briefNumber, fittedNumber } from './numberText';
import { paintCopies } from './paintCopies';
import type { Place } from './selection';
import type { Box, CellSize } from './viewport';

export interface PlotFrame {
  /** Height in CSS pixels; 0 where there is no plot. */
  readonly height: number;
  readonly box: Box;
  readonly cell: CellSize;
  readonly scroll: { readonly left: number };
  /** The range of the tensor's values. */
  readonly range: { readonly min: number; readonly max: number };
  /** What is in view: each value, or the mean of several cells, and the cells that it stands for. */
  readonly points: readonly { readonly column: number; readonly columns: number; readonly value: number }[];
  readonly colourOf: (value: number) => string;
  readonly lit: readonly Place[];
  /** Copies of the kernel that lie over it, and the column that is pointed at. */
  readonly copies: readonly KernelCopy[];
  readonly pointed: number | undefined;
}

/** CSS pixels above and below the outermost values, and beside the cells for the numbers on the axis. */
const MARGIN = 8;
const AXIS = 34;
const AXIS_CHARACTERS = 4;
/** Stems closer together than this are drawn as one line instead. */
const LEAST_STEM = 4;

/** A 1-D tensor as a signal over its cells, with the same x axis. */
export interface StemPlot {
  readonly element: HTMLCanvasElement;
  paint(frame: PlotFrame): void;
}

export function createStemPlot(name: GridName): StemPlot {
  const element = make('canvas', { class: 'stem-plot', 'aria-hidden': 'true' });
  return {
    element,
    paint(frame) {
      const { height, box, cell, scroll, range, points, lit } = frame;
      setHidden(element, height === 0);
      element.parentElement?.style.setProperty('--plot', `${height}px`);
      if (height === 0) return;
      const ratio = window.devicePixelRatio;
      element.width = Math.round((box.width + AXIS) * ratio);
      element.height = Math.round(height * ratio);
      setLength(element, 'width', box.width + AXIS);
      setLength(element, 'height', height);
      const context = element.getContext('2d');
      if (!context) return;
      context.scale(ratio, ratio);
      const low = Math.min(0, range.min);
      const high = Math.max(0, range.max);
      const span = high - low || 1;
      const y = (value: number): number =>
        MARGIN + (1 - (Math.min(high, Math.max(low, value)) - low) / span) * (height - 2 * MARGIN);
      const x = (column: number): number => AXIS + column * cell.width - scroll.left;
      paintAxis(context, { low, high, y, width: box.width, family: getComputedStyle(element).fontFamily });
      context.save();
      context.beginPath();
      context.rect(AXIS - 1, 0, box.width + 2, height);
      context.clip();
      const bold = new Set(lit.map(({ column }) => column));
      if (cell.width < LEAST_STEM) paintLine(context, frame, x, y);
      else
        for (const { column, value } of points) {
          if (!Number.isFinite(value)) continue;
          const middle = x(column + 0.5);
          const isLit = bold.has(column);
          const ink = isLit ? roleColour(GRID_ROLES[name]) : roleColour('faint');
          context.strokeStyle = ink;
          context.lineWidth = isLit ? 2.5 : 1;
          context.beginPath();
          context.moveTo(middle, y(0));
          context.lineTo(middle, y(value));
          context.stroke();
          context.fillStyle = frame.colourOf(value);
          context.beginPath();
          context.arc(middle, y(value), Math.min(5, cell.width / 3) + (isLit ? 1 : 0), 0, 2 * Math.PI);
          context.fill();
          context.lineWidth = isLit ? 2.5 : 1;
          context.stroke();
        }
      paintCopies(context, { copies: frame.copies, pointed: frame.pointed, height, x, y });
      context.restore();
    },
  };
}

function paintLine(
  context: CanvasRenderingContext2D,
  { points, lit, height }: PlotFrame,
  x: (column: number) => number,
  y: (value: number) => number,
): void {
  context.strokeStyle = roleColour('faint');
  context.lineWidth = 1.25;
  context.beginPath();
  let drawn = false;
  for (const { column, columns, value } of points) {
    if (!Number.isFinite(value)) {
      drawn = false;
      continue;
    }
    const at = x(column + columns / 2);
    if (drawn) context.lineTo(at, y(value));
    else context.moveTo(at, y(value));
    drawn = true;
  }
  context.stroke();
  context.strokeStyle = roleColour('ink');
  for (const { column } of lit.slice(0, 16)) {
    context.beginPath();
    context.moveTo(x(column + 0.5), 0);
    context.lineTo(x(column + 0.5), height);
    context.stroke();
  }
}

interface Axis {
  readonly low: number;
  readonly high: number;
  readonly y: (value: number) => number;
  readonly width: number;
  readonly family: string;
}

function paintAxis(context: CanvasRenderingContext2D, { low, high, y, width, family }: Axis): void {
  context.font = `11px ${family}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of new Set([high, 0, low])) {
    context.fillStyle = roleColour('faint');
    // An axis without its numbers says nothing: what is too long begins further left.
    context.fillText(fittedNumber(value, AXIS_CHARACTERS) || briefNumber(value, 1), AXIS - 6, y(value));
    context.strokeStyle = roleColour('faint');
    context.globalAlpha = value === 0 ? 0.8 : 0.25;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(AXIS, Math.round(y(value)) + 0.5);
    context.lineTo(AXIS + width, Math.round(y(value)) + 0.5);
    context.stroke();
    context.globalAlpha = 1;
  }
}
