import type { Picture } from '../../src/core/upsampling/picture';
import { pngAddress, TRANSPARENT } from './indexedPng';
import type { Ink, Pixels, Shape } from './scene';
import { run } from './words';
import { fittedNumber } from '../grid/numberText';
import { STEPS } from '../../src/core/tensor/colourSteps';
import { colourTable } from '../legend/colourMaps';
import { type Rgb, wantsDarkText } from '../legend/contrast';
import { themeKind } from '../theme';

/** How values become colours: greys between two limits, or the diverging map around 0. */
export interface Colours {
  readonly kind: 'values' | 'differences';
  readonly low: number;
  readonly high: number;
}

/** Of a palette's colours, which leave one index for what has none. */
const LAST = TRANSPARENT - 1;

const tables = new Map<string, readonly Rgb[]>();

function palette(kind: Colours['kind']): readonly Rgb[] {
  const key = `${kind} ${themeKind()}`;
  const known = tables.get(key);
  if (known) return known;
  const { colours } = kind === 'values' ? colourTable('greys', false) : colourTable('rdbu', true);
  const table = Array.from({ length: TRANSPARENT }, (_, at) => colours[Math.round((at * (STEPS - 1)) / LAST)]);
  tables.set(key, table);
  return table;
}

function indexOf({ low, high }: Colours, value: number): number {
  if (Number.isNaN(value)) return TRANSPARENT;
  const share = high > low ? (value - low) / (high - low) : 0.5;
  return Math.round(Math.min(1, Math.max(0, share)) * LAST);
}

const addresses = new WeakMap<Picture, Map<string, string>>();

/** Made once for each scale and theme: a drawing is made anew at every move of the pointer. */
function addressOf(picture: Picture, colours: Colours): string {
  const key = `${colours.kind} ${colours.low} ${colours.high} ${themeKind()}`;
  const known = addresses.get(picture) ?? new Map<string, string>();
  addresses.set(picture, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const indices = Uint8Array.from(picture.values, (value) => indexOf(colours, value));
  const address = pngAddress(indices, picture.valueColumns, picture.valueRows, palette(colours.kind));
  known.set(key, address);
  return address;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From this size on a pixel has room for its number. */
const LEAST_WITH_NUMBER = 22;

/** What a picture was last drawn as: most pictures of a drawing are those of the step before. */
const lately = new WeakMap<Picture, { readonly asked: string; readonly shapes: readonly Shape[] }>();

/** A picture in its frame; where pixels are large enough, with their numbers. */
export function drawPicture(
  key: string,
  picture: Picture,
  colours: Colours,
  box: Box,
  plane: Pixels['plane'] | undefined,
  frame: Ink = 'line',
): readonly Shape[] {
  const asked = JSON.stringify([key, colours, box, plane, frame, themeKind()]);
  const known = lately.get(picture);
  if (known?.asked === asked) return known.shapes;
  const shapes = shapesOf(key, picture, colours, box, plane, frame);
  lately.set(picture, { asked, shapes });
  return shapes;
}

function shapesOf(
  key: string,
  picture: Picture,
  colours: Colours,
  box: Box,
  plane: Pixels['plane'] | undefined,
  frame: Ink,
): readonly Shape[] {
  const shapes: Shape[] = [
    { kind: 'rect', key: `${key} ground`, ...box, hatched: picture.values.some(Number.isNaN) },
    { kind: 'pixels', key: `${key} pixels`, ...box, address: addressOf(picture, colours), plane },
    { kind: 'rect', key: `${key} frame`, ...box, stroke: frame, weight: frame === 'line' ? 1 : 2 },
  ];
  const { valueRows, valueColumns, values } = picture;
  const cell = box.width / valueColumns;
  if (cell < LEAST_WITH_NUMBER || box.height / valueRows < 14 || valueRows !== picture.rows) return shapes;
  const size = Math.max(9, Math.min(13, Math.round(cell * 0.36)));
  const table = palette(colours.kind);
  values.forEach((value, at) => {
    const colour = table.at(indexOf(colours, value));
    // What is left of a sum that cancels is no number to be read.
    const shown = Math.abs(value) < 1e-12 * Math.max(Math.abs(colours.low), Math.abs(colours.high)) ? 0 : value;
    const text = fittedNumber(shown, Math.floor((cell - 3) / (size * 0.62)));
    if (!colour || Number.isNaN(value) || text.length * size * 0.62 > cell) return;
    shapes.push({
      kind: 'text',
      key: `${key} ${at}`,
      x: box.x + ((at % valueColumns) + 0.5) * cell,
      y: box.y + (Math.floor(at / valueColumns) + 0.5) * (box.height / valueRows),
      words: [run(text, wantsDarkText(colour) ? 'on-light' : 'on-dark')],
      size,
      anchor: 'middle',
      mono: true,
    });
  });
  return shapes;
}

/** Where a cell of the plane is in its picture: at least so large that it is seen. */
export function boxOfCell({ rows, columns }: Picture, box: Box, place: readonly number[]): Box {
  const [row, column] = [0, ...place].slice(-2);
  const [width, height] = [box.width / columns, box.height / rows];
  const [wide, high] = [Math.max(width, 5), Math.max(height, 5)];
  return {
    x: box.x + (column + 0.5) * width - wide / 2,
    y: box.y + (row + 0.5) * height - high / 2,
    width: wide,
    height: high,
  };
}

/** The value that stands for a cell: its own, or the mean of those that share its pixel. */
export function valueAt(picture: Picture | undefined, place: readonly number[]): number | undefined {
  if (!picture) return undefined;
  const { rows, columns, valueRows, valueColumns, values } = picture;
  const [row, column] = [0, ...place].slice(-2);
  return values[Math.floor((row * valueRows) / rows) * valueColumns + Math.floor((column * valueColumns) / columns)];
}

/** The scale of differences as a strip of its colours, from blue to red. */
export function drawScale(key: string, largest: number, box: Box): Shape {
  const ramp = RAMP;
  return {
    kind: 'pixels',
    key,
    ...box,
    address: addressOf(ramp, { kind: 'differences', low: 0, high: ramp.columns - 1 }),
    ...(largest === 0 ? { opacity: 0.5 } : {}),
  };
}

const RAMP: Picture = {
  rows: 1,
  columns: 128,
  valueRows: 1,
  valueColumns: 128,
  values: Float64Array.from({ length: 128 }, (_, at) => at),
};
