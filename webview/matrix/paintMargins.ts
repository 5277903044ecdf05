import { wantsDarkText } from '../legend/contrast';
import { roleColour } from '../theme';
import { HEAD, outputStrip, STRIP } from './head';
import type { Margin, Margins } from './margins';
import { marginColour } from './margins';
import type { Scene } from './scene';
import { placed } from './viewport';
import { short } from './wording';

/** CSS pixels of a cell from which on a strip carries its number. */
const NUMBERED = { across: 24, down: 9 } as const;
const FONT = 11;

/** One strip: along x above the matrix, along y beside it. */
interface Strip {
  readonly margin: Margin;
  readonly lit: readonly number[];
  readonly ring: string;
  /** The first cell of it, cells in all, and pixels for each. */
  readonly from: number;
  readonly count: number;
  readonly scale: number;
  readonly room: number;
  readonly numbered: boolean;
  readonly family: string;
  /** The rectangle of a stretch of it, in CSS pixels. */
  readonly box: (start: number, length: number) => readonly [number, number, number, number];
}

/**
 * What the matrix is multiplied by, and what comes of it, in the colours of their grids: `x` above, `y` beside. Where a
 * pixel stands for several elements, the largest of them is seen. What takes part in what is pointed at has a ring.
 */
export function paintMargins(
  context: CanvasRenderingContext2D,
  { viewport, extent }: Scene,
  { input, output, columns, rows }: Margins,
  grid: { readonly width: number; readonly family: string },
): void {
  const { column, row, columnScale, rowScale } = placed(viewport);
  const wide = outputStrip(grid.width);
  const high = columnScale >= NUMBERED.across ? STRIP.thick : STRIP.thin;
  const right = HEAD.left + Math.min(extent.width, (extent.columns - column) * columnScale) + STRIP.gap;
  const numberedDown = wide > STRIP.thin && rowScale >= NUMBERED.down;
  const size = numberedDown ? wide : STRIP.thin;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  paintStrip(context, {
    margin: input,
    lit: columns,
    ring: roleColour('input'),
    from: column,
    count: extent.columns,
    scale: columnScale,
    room: extent.width,
    numbered: columnScale >= NUMBERED.across,
    family: grid.family,
    box: (start, length) => [HEAD.left + start, HEAD.top - STRIP.gap - high, length, high],
  });
  paintStrip(context, {
    margin: output,
    lit: rows,
    ring: roleColour('ink'),
    from: row,
    count: extent.rows,
    scale: rowScale,
    room: extent.height,
    numbered: numberedDown,
    family: grid.family,
    box: (start, length) => [right, HEAD.top + start, size, length],
  });
  context.font = `italic bold ${FONT}px ${grid.family}`;
  context.fillStyle = roleColour('input');
  context.textAlign = 'right';
  context.fillText('x', HEAD.left - 5, HEAD.top - STRIP.gap - high / 2);
  context.fillStyle = roleColour('ink');
  context.textAlign = 'center';
  context.fillText('y', right + size / 2, HEAD.top - STRIP.gap - STRIP.thin / 2);
}

function paintStrip(context: CanvasRenderingContext2D, strip: Strip): void {
  const { margin, from, count, scale, room, box } = strip;
  const last = Math.min(count, Math.ceil(from + room / scale));
  const end = Math.min(room, (count - from) * scale);
  context.save();
  context.beginPath();
  context.rect(...box(0, end));
  context.clip();
  if (scale < 1) {
    for (let pixel = 0; pixel < end; pixel++) {
      const first = Math.floor(from + pixel / scale);
      const to = Math.min(count, Math.max(first + 1, Math.floor(from + (pixel + 1) / scale)));
      const colour = marginColour(margin, margin.pooled(first, to));
      if (colour === undefined) continue;
      context.fillStyle = colour;
      context.fillRect(...box(pixel, 1));
    }
  } else {
    for (let index = Math.floor(from); index < last; index++) {
      const value = margin.valueAt(index);
      const colour = marginColour(margin, value);
      if (value === undefined || colour === undefined) continue;
      const start = Math.round((index - from) * scale);
      const length = Math.max(1, Math.round((index + 1 - from) * scale) - start - (scale >= 4 ? 1 : 0));
      const rectangle = box(start, length);
      context.fillStyle = colour;
      context.fillRect(...rectangle);
      if (!strip.numbered) continue;
      const [left, top, width, height] = rectangle;
      context.fillStyle = wantsDarkText(margin.colourOf(value)) ? '#000' : '#fff';
      context.font = `${Math.min(FONT, height)}px ${strip.family}`;
      context.fillText(short(value), left + width / 2, top + height / 2 + 0.5, width - 2);
    }
  }
  context.restore();
  paintRings(context, strip, end);
}

function paintRings(context: CanvasRenderingContext2D, strip: Strip, end: number): void {
  const { lit, ring, from, scale, box } = strip;
  context.strokeStyle = ring;
  context.lineWidth = 2;
  for (const index of lit) {
    const start = Math.round((index - from) * scale);
    const length = Math.max(3, Math.round(scale));
    if (start + length <= 0 || start >= end) continue;
    const [left, top, width, height] = box(start, length);
    context.strokeRect(left, top, width - 1, height - 1);
  }
}
