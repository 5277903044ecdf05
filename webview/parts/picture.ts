import type { PlaneBlock } from '../../src/core/tensor/plane';
import { type Pixels, colourPixels, scalePixels } from '../grid/pixels';
import { briefNumber } from '../grid/numberText';
import { wantsDarkText } from '../legend/contrast';
import { scaleOf } from '../legend/scale';
import { statisticsFor } from '../legend/statisticsFor';
import type { GridName } from '../gridName';
import type { Model } from '../model';

/** Pictures are at least this wide, in pixels: a 4×4 output of 4 pixels is no picture. */
const LEAST_SIZE = 512;
/** More rectangles than this make a drawing that no editor opens; beyond it holds one picture. */
const MOST_RECTANGLES = 4096;
/** Side of a cell in a drawing. */
const CELL = 32;

interface Shown {
  readonly pixels: Pixels;
  /** Missing where cells are colours. */
  readonly values?: PlaneBlock['values'];
}

/** What a grid shows now: the plane, or the part of it that is in view, in the colours of its scale. */
function shownBy(name: GridName, model: Model): Shown | undefined {
  const blocks =
    model.received?.sight.blocks.filter(({ key, tensor }) => tensor === name && key.startsWith('grid:')) ?? [];
  const [first, second, third] = blocks;
  const whole = model.view.rgb[name];
  if (whole && third) return { pixels: colourPixels([first, second, third], whole === 'byte' ? 255 : 1) };
  return (
    first && { pixels: scalePixels(first, scaleOf(name, model.view, statisticsFor(model, name))), values: first.values }
  );
}

function canvasOf({ width, height, colours }: Pixels): HTMLCanvasElement {
  const small = document.createElement('canvas');
  [small.width, small.height] = [width, height];
  const image = new ImageData(new Uint8ClampedArray(colours.slice().buffer), width, height);
  small.getContext('2d')?.putImageData(image, 0, 0);
  const factor = Math.max(1, Math.ceil(LEAST_SIZE / Math.max(width, height)));
  const large = document.createElement('canvas');
  [large.width, large.height] = [width * factor, height * factor];
  const context = large.getContext('2d');
  if (!context) return small;
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, large.width, large.height);
  return large;
}

async function png(shown: Shown): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => canvasOf(shown.pixels).toBlob(resolve, 'image/png'));
  return blob ? new Uint8Array(await blob.arrayBuffer()) : new Uint8Array();
}

function cells({ pixels, values }: Shown): string {
  const bytes = new Uint8Array(pixels.colours.buffer);
  return Array.from(pixels.colours, (_, at) => {
    const [red, green, blue] = bytes.subarray(4 * at, 4 * at + 3);
    const [x, y] = [(at % pixels.width) * CELL, Math.floor(at / pixels.width) * CELL];
    const rectangle = `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" fill="rgb(${red},${green},${blue})"/>`;
    if (!values) return rectangle;
    const ink = wantsDarkText({ red, green, blue }) ? '#000' : '#fff';
    return `${rectangle}<text x="${x + CELL / 2}" y="${y + CELL / 2}" fill="${ink}">${briefNumber(values[at], 3)}</text>`;
  }).join('\n');
}

function svg(shown: Shown): Uint8Array {
  const { width, height } = shown.pixels;
  const [across, down] = [width * CELL, height * CELL];
  const drawn =
    width * height <= MOST_RECTANGLES
      ? cells(shown)
      : `<image width="${across}" height="${down}" href="${canvasOf(shown.pixels).toDataURL('image/png')}"/>`;
  const style = 'font-family="sans-serif" font-size="10" text-anchor="middle" dominant-baseline="central"';
  return new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${across} ${down}" ${style}>\n${drawn}\n</svg>\n`,
  );
}

/** A grid as a file; nothing while it shows nothing. */
export async function pictureOf(kind: 'png' | 'svg', name: GridName, model: Model): Promise<Uint8Array | undefined> {
  const shown = shownBy(name, model);
  if (!shown) return undefined;
  return kind === 'png' ? png(shown) : svg(shown);
}
