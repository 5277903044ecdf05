import type { Entry } from '../../src/core/matrix/entries';
import { roleColour } from '../theme';
import { cssColour, wantsDarkText } from '../legend/contrast';
import type { EntryColours } from './entryColours';
import { HEAD } from './head';
import type { Scene } from './scene';
import { placed } from './viewport';
import { short } from './wording';

/** Entries smaller than this, each way, get no ring. */
const LEAST_RING = 4;
/** Entries from this size on carry their number, though they are too small for text that can be selected. */
const NUMBERED = { across: 22, down: 9 } as const;

/**
 * Each entry in the colour of its value, where cells are too small for text. Where a cell is less than a pixel, of the
 * entries that share one the largest is seen. The entries of what is pointed at have a ring in the kernel's colour.
 */
export function paintEntries(
  context: CanvasRenderingContext2D,
  { viewport, entries, lit }: Scene,
  colours: EntryColours,
  unknown: string,
  family: string,
): void {
  const { column, row, columnScale, rowScale } = placed(viewport);
  const x = (at: number): number => Math.round(HEAD.left + (at - column) * columnScale);
  const y = (at: number): number => Math.round(HEAD.top + (at - row) * rowScale);
  const rectangle = (entry: Entry): readonly [number, number, number, number] => {
    const [left, top] = [x(entry.column), y(entry.row)];
    return [left, top, Math.max(1, x(entry.column + 1) - left), Math.max(1, y(entry.row + 1) - top)];
  };
  const crowded = columnScale < 1 || rowScale < 1;
  const size = (entry: Entry): number => Math.abs(colours.valueOf(entry) ?? 0);
  const painted = crowded ? [...entries].sort((one, other) => size(one) - size(other)) : entries;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const entry of painted) {
    const colour = colours.colourOf(entry);
    context.fillStyle = colour ? cssColour(colour) : unknown;
    const [left, top, width, height] = rectangle(entry);
    context.fillRect(left, top, width, height);
    const value = colours.valueOf(entry);
    if (!colour || value === undefined || width < NUMBERED.across || height < NUMBERED.down) continue;
    context.font = `${Math.min(11, height - 1)}px ${family}`;
    context.fillStyle = wantsDarkText(colour) ? '#000' : '#fff';
    context.fillText(short(value), left + width / 2, top + height / 2 + 0.5, width - 2);
  }
  if (!lit) return;
  context.fillStyle = roleColour('kernel');
  context.strokeStyle = roleColour('kernel');
  context.lineWidth = 1.5;
  for (const entry of entries) {
    const isLit =
      (lit.row === undefined || lit.row === entry.row) &&
      (lit.column === undefined || lit.column === entry.column) &&
      (lit.weight === undefined || entry.weights.includes(lit.weight));
    if (!isLit) continue;
    const [left, top, width, height] = rectangle(entry);
    if (Math.min(width, height) >= LEAST_RING) context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    else context.fillRect(left - 1, top - 1, Math.max(3, width + 2), Math.max(3, height + 2));
  }
}
