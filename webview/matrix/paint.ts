import { type MatrixCounts, pixelsOf } from '../../src/core/matrix/density';
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

/**
 * Most points at which entries are counted for one picture. Where a picture has more pixels, each of its points covers
 * several of them, so that it is painted within a frame.
 */
const MOST_CORNERS = 200_000;

/**
 * Opacity of the faintest pixel that has an entry, so that a single entry among millions of cells can still be seen.
 */
const FAINTEST = 0.25;

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

export interface Darkest {
  readonly entries: number;
  readonly cells: number;
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
interface Kept {
  readonly reads: readonly unknown[];
  readonly picture: HTMLCanvasElement | undefined;
  readonly block: number;
  readonly darkest: Darkest;
}

/** Draws the body and the bands of what is lit; text stands in elements over it. */
export function createPainter(): Painter {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const context = canvas.getContext('2d');
  const known = new WeakMap<MatrixCounts, Kept>();

  /** Stretches the picture of the densities over the body. */
  const drawDensity = (scene: Scene, counts: MatrixCounts, colour: string, pixelRatio: number): Darkest => {
    const { extent, viewport } = scene;
    // It follows from the plan and the view alone: an edit of values leaves it as it is.
    const { rows, columns, width, height } = extent;
    const { row, column, rowScale, columnScale } = viewport;
    const reads = [rows, columns, width, height, row, column, rowScale, columnScale, colour, pixelRatio];
    const before = known.get(counts);
    const kept =
      before && reads.every((each, at) => each === before.reads[at])
        ? before
        : { reads, ...densityPicture(scene, counts, colour, pixelRatio) };
    known.set(counts, kept);
    if (!context || !kept.picture) return kept.darkest;
    const { picture, block } = kept;
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, HEAD.left, HEAD.top, picture.width * block, picture.height * block);
    return kept.darkest;
  };

  /** The densities as opacities of one colour; `block` is the side in CSS pixels of what each of its points covers. */
  const densityPicture = (
    scene: Scene,
    counts: MatrixCounts,
    colour: string,
    pixelRatio: number,
  ): { readonly picture: HTMLCanvasElement | undefined; readonly block: number; readonly darkest: Darkest } => {
    const { extent, viewport, window } = scene;
    const { column, row, columnScale, rowScale } = placed(viewport);
    const across = Math.min(extent.width * pixelRatio, window.right - window.left);
    const down = Math.min(extent.height * pixelRatio, window.bottom - window.top);
    const block = Math.max(1, Math.ceil(Math.sqrt((across * down) / MOST_CORNERS))) / pixelRatio;
    const width = Math.ceil(extent.width / block);
    const height = Math.ceil(extent.height / block);
    const rows = pixelsOf(row, rowScale / block, height, extent.rows);
    const columns = pixelsOf(column, columnScale / block, width, extent.columns);
    const density = counts.density(rows, columns).counts;
    const opacities = new ImageData(width, height);
    let darkest: Darkest = { entries: 0, cells: 1 };
    const shares = new Float64Array(density.length);
    for (let at = 0, y = 0; y < height; y++) {
      const down = rows.to[y] - rows.from[y];
      for (let x = 0; x < width; x++, at++) {
        if (density[at] === 0) continue;
        const cells = down * (columns.to[x] - columns.from[x]);
        shares[at] = density[at] / cells;
        if (shares[at] > darkest.entries / darkest.cells) darkest = { entries: density[at], cells };
      }
    }
    const most = darkest.entries / darkest.cells;
    for (let at = 0; at < shares.length; at++) {
      if (shares[at] > 0) opacities.data[at * 4 + 3] = 255 * (FAINTEST + (1 - FAINTEST) * Math.sqrt(shares[at] / most));
    }
    const picture = document.createElement('canvas');
    const pictureContext = picture.getContext('2d');
    if (!pictureContext) return { picture: undefined, block, darkest };
    picture.width = width;
    picture.height = height;
    pictureContext.putImageData(opacities, 0, 0);
    pictureContext.globalCompositeOperation = 'source-in';
    pictureContext.fillStyle = colour;
    pictureContext.fillRect(0, 0, width, height);
    return { picture, block, darkest };
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
        : drawDensity(scene, scene.counts, colour(scene.near ? '--matrix-entry' : '--matrix-ink'), ratio);
      if (countsOfWeight) drawDensity(scene, countsOfWeight, colour('--matrix-lit'), ratio);
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
