import type { MatrixCounts } from '../../src/core/matrix/density';
import { createDensities, type Darkest } from './densities';
import type { EntryColours } from './entryColours';
import { paintBlocks } from './paintBlocks';
import { paintEntries } from './paintEntries';
import { HEAD } from './head';
import { paintLens } from './lens';
import type { Margins } from './margins';
import { paintMargins } from './paintMargins';
import { roleColour } from '../theme';
import type { Scene } from './scene';
import { placed } from './viewport';

export interface Painter {
  readonly canvas: HTMLCanvasElement;
  /** CSS pixels, headers included. Answers what the darkest pixel of the picture stands for. */
  paint(
    scene: Scene,
    width: number,
    height: number,
    countsOfWeight: MatrixCounts | undefined,
    colours: EntryColours,
    margins: Margins,
  ): Darkest;
}

/** Under the entries: the columns of the inputs that take part in the row that is pointed at. */
function drawTints(context: CanvasRenderingContext2D, { lit, viewport, extent }: Scene, { columns }: Margins): void {
  if (lit?.row === undefined && lit?.column === undefined) return;
  const { column, row, columnScale, rowScale } = placed(viewport);
  context.save();
  context.globalAlpha = 0.14;
  context.fillStyle = roleColour('input');
  for (const at of columns)
    context.fillRect(
      HEAD.left + (at - column) * columnScale,
      HEAD.top,
      Math.max(1, columnScale),
      Math.min(extent.height, (extent.rows - row) * rowScale),
    );
  context.restore();
}

/** A picture of densities, and all that it follows from besides the matrix. */
/**
 * Draws the body and the bands of what is lit; text stands in elements over it. `changed` is called when there is a
 * finer picture than the one that was painted.
 */
export function createPainter(changed: () => void): Painter {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const context = canvas.getContext('2d');
  const densities = createDensities(changed);

  /** Stretches the picture of the densities over the body. */
  const drawDensity = (part: 'whole' | 'lit', scene: Scene, counts: MatrixCounts, colour: string): Darkest => {
    const { picture, block, darkest } = densities.of(part, scene, counts, colour, window.devicePixelRatio);
    if (!context || !picture) return darkest;
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, HEAD.left, HEAD.top, picture.width * block, picture.height * block);
    return darkest;
  };

  const drawBands = ({ lit, viewport, extent }: Scene, colour: string): void => {
    if (!context || !lit) return;
    const { column, row, columnScale, rowScale } = placed(viewport);
    context.fillStyle = colour;
    // A band is at least so thick that it can be seen.
    if (lit.row !== undefined)
      context.fillRect(
        HEAD.left,
        HEAD.top + (lit.row - row) * rowScale,
        Math.min(extent.width, extent.columns * columnScale),
        Math.max(2, rowScale),
      );
    if (lit.column !== undefined)
      context.fillRect(
        HEAD.left + (lit.column - column) * columnScale,
        HEAD.top,
        Math.max(2, columnScale),
        Math.min(extent.height, extent.rows * rowScale),
      );
  };

  return {
    canvas,
    paint(scene, width, height, countsOfWeight, colours, margins) {
      const ratio = window.devicePixelRatio;
      const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
      if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
      if (!context) return { entries: 0, cells: 1 };
      const style = getComputedStyle(canvas);
      const colour = (name: string): string => style.getPropertyValue(name);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      context.save();
      context.beginPath();
      context.rect(HEAD.left, HEAD.top, scene.extent.width, scene.extent.height);
      context.clip();
      drawTints(context, scene, margins);
      const single = { entries: 0, cells: 1 };
      if (scene.fine) paintEntries(context, scene, colours, colour('--matrix-entry'), style.fontFamily);
      const darkest = scene.fine
        ? single
        : drawDensity('whole', scene, scene.counts, colour(scene.near ? '--matrix-entry' : '--matrix-ink'));
      if (countsOfWeight) drawDensity('lit', scene, countsOfWeight, colour('--matrix-lit'));
      drawBands(scene, colour('--matrix-band'));
      paintBlocks(context, scene, { line: colour('--matrix-line'), group: colour('--matrix-group') });
      context.restore();
      const grid = { width, height, family: style.fontFamily };
      paintMargins(context, scene, margins, grid);
      paintLens(context, scene, margins, colours, grid);
      return darkest;
    },
  };
}
