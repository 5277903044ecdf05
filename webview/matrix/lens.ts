import { entriesIn } from '../../src/core/matrix/entries';
import { shownIndex } from '../../src/core/explain/readout';
import { outputOfRow } from '../../src/core/matrix/layout';
import { cssColour, wantsDarkText } from '../legend/contrast';
import { roleColour } from '../theme';
import type { EntryColours } from './entryColours';
import { HEAD, outputStrip, STRIP } from './head';
import type { Margins } from './margins';
import type { Scene } from './scene';
import { placed } from './viewport';
import { short } from './wording';

/** Height of the lens, in CSS pixels. */
const HEIGHT = 25;
/** Rows as high as this are read without one; columns narrower than that have no room for a number. */
const READABLE = 20;
const LEAST_COLUMN = 18;

/** Lower than this, a lens would cover most of what it is laid over. */
const LEAST_PICTURE = 4 * HEIGHT;

/** Whether there is a row that is pointed at and too low to be read, with room for its numbers. */
export const wantsLens = ({ lit, viewport, near, extent }: Scene): boolean =>
  !near &&
  extent.height >= LEAST_PICTURE &&
  lit?.row !== undefined &&
  placed(viewport).rowScale < READABLE &&
  placed(viewport).columnScale >= LEAST_COLUMN;

/** Whether the name of a row would stand in the lens, or be cut by it. */
export const isUnderLens = (scene: Scene, row: number): boolean =>
  wantsLens(scene) &&
  scene.lit?.row !== undefined &&
  Math.abs(row + 0.5 - scene.lit.row) * placed(scene.viewport).rowScale < HEIGHT;

/** The row that is pointed at, laid over its neighbours at a size that can be read: each entry, and the output. */
export function paintLens(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { output }: Margins,
  colours: EntryColours,
  grid: { readonly width: number; readonly height: number; readonly family: string },
): void {
  const { plan, batch, viewport, window, extent, lit } = scene;
  if (lit?.row === undefined || !wantsLens(scene)) return;
  const { column, row, columnScale, rowScale } = placed(viewport);
  const middle = HEAD.top + (lit.row + 0.5 - row) * rowScale;
  if (middle < HEAD.top || middle > HEAD.top + extent.height) return;
  const top = Math.round(Math.max(HEAD.top - HEIGHT / 2, Math.min(middle - HEIGHT / 2, grid.height - HEIGHT - 1)));
  const right = HEAD.left + Math.min(extent.width, (extent.columns - column) * columnScale) + STRIP.gap;
  const tail = Math.max(outputStrip(grid.width), STRIP.thin);
  const centre = top + HEIGHT / 2 + 0.5;
  context.save();
  context.beginPath();
  context.roundRect(1, top, right + tail + 1, HEIGHT, 4);
  context.fillStyle = roleColour('ground');
  context.fill();
  context.strokeStyle = roleColour('ink');
  context.lineWidth = 1.5;
  context.stroke();
  context.font = `bold 11px ${grid.family}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.fillStyle = roleColour('ink');
  const place = shownIndex(plan.outputShape, outputOfRow(plan, lit.row, batch), plan.rank).join(',');
  context.fillText(place, HEAD.left - 8, centre, HEAD.left - 12);
  context.textAlign = 'center';
  const entries = entriesIn(plan, { ...window, top: lit.row, bottom: lit.row + 1 });
  const found = new Map(entries.map((each) => [each.column, each]));
  context.beginPath();
  context.rect(HEAD.left, top, extent.width, HEIGHT);
  context.save();
  context.clip();
  for (let at = window.left; at < window.right; at++) {
    const left = HEAD.left + Math.round((at - column) * columnScale);
    const width = HEAD.left + Math.round((at + 1 - column) * columnScale) - left;
    const entry = found.get(at);
    const value = entry && colours.valueOf(entry);
    const colour = entry && colours.colourOf(entry);
    if (value === undefined || !colour) {
      context.fillStyle = roleColour('faint');
      context.fillText(entry ? '…' : '·', left + width / 2, centre);
      continue;
    }
    context.fillStyle = cssColour(colour);
    context.fillRect(left + 1, top + 3, width - 2, HEIGHT - 6);
    context.strokeStyle = roleColour('kernel');
    context.lineWidth = 2;
    if (lit.column === undefined || lit.column === at) context.strokeRect(left + 2, top + 4, width - 4, HEIGHT - 8);
    context.fillStyle = wantsDarkText(colour) ? '#000' : '#fff';
    context.fillText(short(value), left + width / 2, centre, width - 6);
  }
  context.restore();
  const result = output.valueAt(lit.row);
  if (result !== undefined) {
    const colour = output.colourOf(result);
    context.fillStyle = cssColour(colour);
    context.fillRect(right, top + 2, tail - 1, HEIGHT - 4);
    context.fillStyle = wantsDarkText(colour) ? '#000' : '#fff';
    if (tail > STRIP.thin) context.fillText(short(result), right + tail / 2, centre, tail - 4);
  }
  context.restore();
}
