import { HEAD } from './head';
import type { Scene } from './scene';
import { placed } from './viewport';

interface Colours {
  readonly line: string;
  readonly group: string;
}

/** Blocks narrower than this would be nothing but their lines. */
const LEAST_BLOCK = 5;

/** Lines between channels, and a frame around each group's block: all entries lie within these frames. */
export function paintBlocks(
  context: CanvasRenderingContext2D,
  { plan, viewport, extent }: Scene,
  { line, group }: Colours,
): void {
  const { column, row, columnScale, rowScale } = placed(viewport);
  const x = (at: number): number => Math.round(HEAD.left + (at - column) * columnScale) + 0.5;
  const y = (at: number): number => Math.round(HEAD.top + (at - row) * rowScale) + 0.5;
  const [right, bottom] = [x(extent.columns), y(extent.rows)];
  context.lineWidth = 1;
  context.strokeStyle = line;
  context.beginPath();
  for (const at of boundaries(column, extent.width, columnScale, plan.inputArea, plan.inputChannels)) {
    context.moveTo(x(at), y(0));
    context.lineTo(x(at), bottom);
  }
  for (const at of boundaries(row, extent.height, rowScale, plan.outputArea, plan.outputChannels)) {
    context.moveTo(x(0), y(at));
    context.lineTo(right, y(at));
  }
  context.stroke();
  context.strokeStyle = group;
  context.strokeRect(x(0), y(0), right - x(0), bottom - y(0));
  if (plan.groups === 1) return;
  const across = plan.inputPerGroup * plan.inputArea;
  const down = plan.outputPerGroup * plan.outputArea;
  if (across * columnScale < LEAST_BLOCK || down * rowScale < LEAST_BLOCK) return;
  const first = Math.max(0, Math.floor(row / down));
  const last = Math.min(plan.groups - 1, Math.floor((row + extent.height / rowScale) / down));
  context.lineWidth = 2;
  for (let at = first; at <= last; at++)
    context.strokeRect(
      x(at * across),
      y(at * down),
      x((at + 1) * across) - x(at * across),
      y((at + 1) * down) - y(at * down),
    );
}

/** Where channels begin, of those in view; none where they would run together. */
function* boundaries(origin: number, pixels: number, scale: number, area: number, channels: number): Generator<number> {
  if (area * scale < LEAST_BLOCK) return;
  const first = Math.max(1, Math.ceil(origin / area));
  const last = Math.min(channels - 1, Math.floor((origin + pixels / scale) / area));
  for (let channel = first; channel <= last; channel++) yield channel * area;
}
