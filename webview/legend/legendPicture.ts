import type { Statistics } from '../../src/core/tensor/statistics';
import type { Limits } from '../view';
import { barHeights, shareOf, valueAt } from './legendAxis';
import { stepOf } from '../../src/core/tensor/colourSteps';
import type { ColourScale } from './scale';

/** CSS pixels, across the axis: how values are distributed, the colours, and where the lit values lie. */
export const HISTOGRAM = 14;
export const BAR = 8;
export const MARKS_ROOM = 8;

export interface LegendFrame {
  /** Length of the axis in CSS pixels. */
  readonly length: number;
  readonly upright: boolean;
  readonly axis: Limits;
  readonly scale: ColourScale;
  readonly statistics: Statistics | undefined;
  /** Values that are lit in the grid. */
  readonly lit: readonly number[];
  /** CSS colours of the bars and of the marks. */
  readonly ink: string;
  readonly mark: string;
}

/**
 * Histogram, colours and marks along one axis, from left to right, or upright from below to above; upright there is no
 * room for the histogram.
 */
export function paintLegend(canvas: HTMLCanvasElement, frame: LegendFrame): void {
  const { length, upright, axis, scale, statistics, lit } = frame;
  const ratio = window.devicePixelRatio;
  const across = (upright ? 0 : HISTOGRAM) + BAR + MARKS_ROOM;
  const along = Math.round(length * ratio);
  const [width, height] = upright ? [Math.round(across * ratio), along] : [along, Math.round(across * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  if (!context || along === 0) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  // Drawn lying down in either case: x along the axis, y away from the histogram.
  if (upright) context.setTransform(0, -1, 1, 0, 0, along);
  const bar = (upright ? 0 : HISTOGRAM) * ratio;
  const stepAt = (x: number): number => stepOf(scale, valueAt(axis, (x + 0.5) / along));
  // Neighbours of one colour are painted together: to read a colour's text takes longer than to fill with it.
  for (let x = 0, end = 0; x < along; x = end) {
    const step = stepAt(x);
    while (end < along && stepAt(end) === step) end++;
    const { red, green, blue } = scale.table.colours[step];
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(x, bar, end - x, BAR * ratio);
  }
  if (!upright && statistics && statistics.finite > 0) paintHistogram(context, frame, statistics, along, ratio);
  context.fillStyle = frame.mark;
  const size = 4 * ratio;
  for (const value of lit) {
    if (!Number.isFinite(value)) continue;
    const x = shareOf(axis, value) * along;
    const y = bar + (BAR + 1) * ratio;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x - size, y + size * 1.5);
    context.lineTo(x + size, y + size * 1.5);
    context.fill();
  }
}

function paintHistogram(
  context: CanvasRenderingContext2D,
  { axis, ink }: LegendFrame,
  { min, max, histogram }: Statistics,
  along: number,
  ratio: number,
): void {
  context.fillStyle = ink;
  const bottom = HISTOGRAM * ratio;
  const left = shareOf(axis, min) * along;
  // Bins that are narrower than a pixel would vanish.
  const bin = Math.max(1, ((shareOf(axis, max) - shareOf(axis, min)) * along) / histogram.length);
  barHeights(histogram).forEach((share, index) => {
    const tall = Math.ceil(share * (bottom - ratio));
    if (tall > 0)
      context.fillRect(Math.min(along - bin, left + index * bin), bottom - tall, Math.max(1, bin - ratio * 0.5), tall);
  });
}
