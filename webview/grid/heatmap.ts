import { markTile } from '../legend/marks';
import type { Mark } from '../legend/scale';
import type { Pixels } from './pixels';
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
  /** The cell that is pointed at itself. */
  readonly source: Place | undefined;
}

/** Cells narrower than this have no lines between them: lines would take too much of the picture. */
const LINED_CELL = 12;
const SMALLEST_OUTLINE = 5;

interface Layers {
  readonly picture: HTMLCanvasElement;
  readonly masks: ReadonlyMap<Mark, HTMLCanvasElement>;
}

function canvasOf(width: number, height: number, words: Uint32Array): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const bytes = new Uint8ClampedArray(words.length * 4);
  new Uint32Array(bytes.buffer).set(words);
  if (width > 0 && height > 0) canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0);
  return canvas;
}

const layersOf = ({ width, height, colours, masks }: Pixels): Layers => ({
  picture: canvasOf(width, height, colours),
  masks: new Map([...masks].map(([mark, mask]) => [mark, canvasOf(width, height, mask)])),
});

/** The coloured picture of a plane: one canvas as large as the box, painted in device pixels. */
export function createHeatmap(): { readonly element: HTMLCanvasElement; paint(frame: HeatFrame): void } {
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
      if (known?.pixels !== pixels) known = { pixels, layers: layersOf(pixels) };
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
      paintOutlines(context, frame, ratio);
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

/**
 * Outlines are white on black, which can be seen on every colour; that of the source is thicker. A cell too small for
 * an outline gets one that is larger than the cell.
 */
function paintOutlines(context: CanvasRenderingContext2D, frame: HeatFrame, ratio: number): void {
  const outline = (place: Place & Partial<Region>, thickness: number): void => {
    const { scroll, cell } = frame;
    const { rows = 1, columns = 1 } = place;
    const width = Math.max(columns * cell.width, SMALLEST_OUTLINE);
    const height = Math.max(rows * cell.height, SMALLEST_OUTLINE);
    const x = (place.column + columns / 2) * cell.width - scroll.left - width / 2;
    const y = (place.row + rows / 2) * cell.height - scroll.top - height / 2;
    if (x + width < 0 || y + height < 0 || x > frame.box.width || y > frame.box.height) return;
    for (const [style, line] of [
      ['black', thickness + 2],
      ['white', thickness],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = line * ratio;
      const inset = (thickness + 2) / 2;
      context.strokeRect(
        (x + inset) * ratio,
        (y + inset) * ratio,
        Math.max(1, width - 2 * inset) * ratio,
        Math.max(1, height - 2 * inset) * ratio,
      );
    }
  };
  for (const place of frame.lit) outline(place, 1.25);
  if (frame.around) outline(frame.around, 1.25);
  if (frame.source) outline(frame.source, 3);
}
