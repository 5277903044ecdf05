import type { Statistics } from '../../src/core/tensor/statistics';
import type { Limits } from '../view';
import { barHeights, shareOf, valueAt } from './legendAxis';
import { type ColourScale, stepOf } from './scale';

export const BAR_HEIGHT = 12;
export const HISTOGRAM_HEIGHT = 22;

/** Histogram above, colours below, along one axis; `width` in CSS pixels, `ink` a CSS colour for the bars. */
export function paintLegend(
  canvas: HTMLCanvasElement,
  width: number,
  axis: Limits,
  scale: ColourScale,
  statistics: Statistics | undefined,
  ink: string,
): void {
  const ratio = window.devicePixelRatio;
  const height = BAR_HEIGHT + HISTOGRAM_HEIGHT;
  const across = Math.round(width * ratio);
  if (canvas.width !== across || canvas.height !== Math.round(height * ratio)) {
    canvas.width = across;
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext('2d');
  if (!context || across === 0) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  const bar = HISTOGRAM_HEIGHT * ratio;
  for (let x = 0; x < across; x++) {
    const { red, green, blue } = scale.table.colours[stepOf(scale, valueAt(axis, (x + 0.5) / across))];
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(x, bar, 1, BAR_HEIGHT * ratio);
  }
  if (!statistics || statistics.finite === 0) return;
  context.fillStyle = ink;
  const { min, max } = statistics;
  const left = shareOf(axis, min) * across;
  // Bins that are narrower than a pixel would vanish.
  const bin = Math.max(1, ((shareOf(axis, max) - shareOf(axis, min)) * across) / statistics.histogram.length);
  barHeights(statistics.histogram).forEach((share, index) => {
    const tall = Math.ceil(share * (bar - ratio));
    if (tall > 0)
      context.fillRect(Math.min(across - bin, left + index * bin), bar - tall, Math.max(1, bin - ratio * 0.5), tall);
  });
}
