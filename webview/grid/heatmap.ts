import type { GridName } from '../gridName';
import { markTile } from '../legend/marks';
import type { Mark } from '../legend/scale';
import { paintCorners } from './corners';
import type { Pixels } from './pixels';
import { paintRings } from './rings';
import type { Place } from './selection';
import type { Box, CellSize, Region } from './viewport';

/** Everything that one painting shows. Lengths are CSS pixels. */
export interface HeatFrame {
  readonly box: Box;
  readonly scroll: { readonly left: number; readonly top: number };
  readonly cell: CellSize;
  /** The same object as last time when the values are the same: then they are not sent to the canvas again. */
  readonly pixels: Pixels | undefined;
  /** The cells that the pixels stand for. */
  readonly region: Region;
  /** Cells that take part in what is pointed at. */
  readonly lit: readonly Place[];
  /** One outline around all of those, where they are too many or too small for their own. */
  readonly around?: Region | undefined;
  /** The number of the product that each of them takes part in, by row and column. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Cells that have changed since a program stopped before. */
  readonly changed: readonly Place[];
  /** The cell that is pointed at itself. */
  readonly source: Place | undefined;
}

/** Cells narrower than this have no lines between them: lines would take too much of the picture. */
const LINED_CELL = 12;

interface Layers {
  readonly picture: HTMLCanvasElement;
  readonly masks: ReadonlyMap<Mark, HTMLCanvasElement>;
}

/** Puts pixels into a canvas: the one that they take the place of, where there is one. */
function canvasOf(
  width: number,
  height: number,
  words: Uint32Array<ArrayBuffer>,
  canvas = document.createElement('canvas'),
): HTMLCanvasElement {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const bytes = new Uint8ClampedArray(words.buffer, words.byteOffset, words.byteLength);
  if (width > 0 && height > 0) canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0);
  return canvas;
}

const layersOf = ({ width, height, colours, masks }: Pixels, before: Layers | undefined): Layers => ({
  picture: canvasOf(width, height, colours, before?.picture),
  masks: new Map([...masks].map(([mark, mask]) => [mark, canvasOf(width, height, mask)])),
});

/** The coloured picture of a plane: one canvas as large as the box, painted in device pixels. */
export function createHeatmap(name: GridName): { readonly element: HTMLCanvasElement; paint(frame: HeatFrame): void } {
  const element = document.createElement('canvas');
  element.className = 'grid-heat';
  element.setAttribute('aria-hidden', 'true');
  const scratch = document.createElement('canvas');
  let known: { readonly pixels: Pixels; readonly layers: Layers } | undefined;

  const paintMarks = (
    context: CanvasRenderingContext2D,
    layers: Layers,
    draw: (on: CanvasRenderingContext2D, image: CanvasImageSource) => void,
  ): void => {
    for (const [mark, mask] of layers.masks) {
      scratch.width = element.width;
      scratch.height = element.height;
      const over = scratch.getContext('2d');
      const pattern = over?.createPattern(markTile(mark), 'repeat');
      if (!over || !pattern) return;
      over.imageSmoothingEnabled = false;
      draw(over, mask);
      over.globalCompositeOperation = 'source-in';
      over.fillStyle = pattern;
      over.fillRect(0, 0, scratch.width, scratch.height);
      context.drawImage(scratch, 0, 0);
    }
  };

  return {
    element,
    paint(frame) {
      const { box, scroll, cell, pixels, region } = frame;
      const ratio = window.devicePixelRatio;
      resize(element, box, ratio);
      const context = element.getContext('2d');
      if (!context) return;
      context.clearRect(0, 0, element.width, element.height);
      if (!pixels) return;
      if (known?.pixels !== pixels) known = { pixels, layers: layersOf(pixels, known?.layers) };
      const x = (region.column * cell.width - scroll.left) * ratio;
      const y = (region.row * cell.height - scroll.top) * ratio;
      const [width, height] = [region.columns * cell.width * ratio, region.rows * cell.height * ratio];
      const draw = (on: CanvasRenderingContext2D, image: CanvasImageSource): void => {
        on.drawImage(image, x, y, width, height);
      };
      context.imageSmoothingEnabled = false;
      draw(context, known.layers.picture);
      paintMarks(context, known.layers, draw);
      if (cell.width >= LINED_CELL) paintLines(context, frame, ratio);
      paintRings(context, frame, name, ratio);
      // Over the ring of a cell that is pointed at.
      paintCorners(context, frame, ratio);
    },
  };
}

function resize(element: HTMLCanvasElement, box: Box, ratio: number): void {
  const [width, height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
  if (element.width === width && element.height === height) return;
  element.width = width;
  element.height = height;
  element.style.width = `${box.width}px`;
  element.style.height = `${box.height}px`;
}

/** A line between cells is cleared, not drawn, so that the theme's own background shows through. */
function paintLines(context: CanvasRenderingContext2D, { box, scroll, cell }: HeatFrame, ratio: number): void {
  const thickness = Math.max(1, Math.round(ratio));
  for (let x = -(scroll.left % cell.width); x <= box.width; x += cell.width)
    context.clearRect(Math.round(x * ratio), 0, thickness, box.height * ratio);
  for (let y = -(scroll.top % cell.height); y <= box.height; y += cell.height)
    context.clearRect(0, Math.round(y * ratio), box.width * ratio, thickness);
}
