import { pixelProducts, type PixelSource, placeInOutput } from '../../../src/core/derive/pixelMaps';
import { format } from '../../../src/core/problem';
import type { Picture } from '../../../src/core/upsampling/picture';
import { type CellLook, drawGrid, type Figure, type GridFigure } from '../../drawing/gridFigure';
import { type Colours, drawPicture } from '../../drawing/pictures';
import type { Motion, Shape } from '../../drawing/scene';
import { wordsOf } from '../../drawing/words';
import { same, unflat } from '../../film/naming';
import { type At, coloured, documentPlace, inkOf, isMade, signOf, type Spot, tintOf, type Told } from './pixelTold';

/** What is not computed yet. */
const TO_COME = 0.38;

/** What all figures of one step need. */
export interface Step {
  readonly told: Told;
  readonly at: At;
  readonly spot: Spot;
  /** Places that the followed cell reads, by source. */
  readonly read: ReadonlySet<string>;
}

export function stepAt(told: Told, at: At, spot: Spot): Step {
  const products = pixelProducts(told.pixels, spot.map, spot.place);
  return { told, at, spot, read: new Set(products.map(({ source, place }) => `${source} ${place.join()}`)) };
}

type Unplaced = Omit<GridFigure, 'x' | 'y' | 'cell'>;

const sizeText = (sizes: readonly number[]): string => sizes.join(' × ');

/** A number has no place in its cell where a picture has it already. */
const quiet = (look: CellLook, heat: boolean): CellLook =>
  heat ? { ...look, value: undefined, fill: undefined } : look;

export function inputFigure({ told, read }: Step): Unplaced {
  const { pixels, sizes, subject, heat } = told;
  return {
    key: 'F',
    shape: sizes,
    tensor: 'input',
    ink: 'input',
    title: wordsOf(`<i>F</i>  <f>${told.strings.input}</f>`),
    origin: subject.inputOrigin,
    look: (place, flat) =>
      quiet(
        {
          value: pixels.input.data[flat],
          fill: read.has(`F ${place.join()}`) ? 'input-strong' : 'input-tint',
          ring: read.has(`F ${place.join()}`) ? 'input' : undefined,
          heavy: true,
        },
        heat,
      ),
  };
}

export function mapFigure(step: Step, number: number): Unplaced {
  const { told, at, spot, read } = step;
  const { pixels, sizes, heat } = told;
  const map = pixels.maps[number];
  return {
    key: `F${number + 1}`,
    shape: sizes,
    tensor: 'output',
    placeOf: (place) => documentPlace(told, placeInOutput(map, place)),
    ink: inkOf(map),
    origin: told.subject.inputOrigin,
    title: wordsOf(`${coloured(told, number)}  ${coloured(told, number, signOf(map))}`),
    look(place, flat): CellLook {
      const isNow = spot.map === map && same(spot.place, place);
      const isRead = read.has(`${number} ${place.join()}`);
      const isNew = at.kind === 'make' && at.map === number && at.cells.includes(flat);
      return quiet(
        {
          value: map.values.data[flat],
          fill: tintOf(map),
          opacity: isMade(at, number, flat) ? undefined : TO_COME,
          bold: isNow,
          ring: isNow ? 'ink' : isRead ? inkOf(map) : undefined,
          heavy: true,
          motion: isNew ? { appears: 'at once' } : undefined,
        },
        heat,
      );
    },
  };
}

export function outputFigure(
  step: Step,
  from?: (source: number, place: readonly number[]) => readonly [number, number],
  at?: Figure['at'],
): Unplaced {
  const { told, spot } = step;
  const { pixels, outputSizes, heat, strings, subject } = told;
  const byCorner = new Map(pixels.maps.map((map) => [map.corner.join(), map]));
  return {
    key: 'out',
    shape: outputSizes,
    tensor: 'output',
    placeOf: (place) => documentPlace(told, place),
    ink: 'output',
    title: wordsOf(
      `<o>${strings.output}</o>  <f>${format(strings.pixelInterleaved, [sizeText(outputSizes), pixels.maps.length])}</f>`,
    ),
    origin: subject.inputOrigin.map((first) => 2 * first),
    look(place, flat): CellLook {
      const map = byCorner.get(place.map((each) => each % 2).join()) ?? pixels.maps[0];
      const inMap = place.map((each) => Math.floor(each / 2));
      const cell = inMap.reduce((all, each, axis) => all * told.sizes[axis] + each, 0);
      const isNow = same(spot.output, place);
      let motion: Motion | undefined;
      if (step.at.kind === 'interleave' && from && at) {
        const [toX, toY] = at(place);
        const [fromX, fromY] = from(map.number, inMap);
        motion = { from: [fromX - toX, fromY - toY] };
      }
      return quiet(
        {
          value: pixels.output.data[flat],
          fill: tintOf(map),
          opacity: step.at.kind === 'make' && !isMade(step.at, map.number, cell) ? TO_COME : undefined,
          bold: isNow,
          ring: isNow ? 'ink' : undefined,
          heavy: true,
          motion,
        },
        heat,
      );
    },
  };
}

/** The limits of a heat map: all grids in one scale around 0. */
export function coloursOf({ pixels }: Told): Colours {
  let reach = 0;
  for (const { data } of [pixels.input, pixels.output])
    for (const value of data) if (Number.isFinite(value)) reach = Math.max(reach, Math.abs(value));
  return { kind: 'differences', low: -(reach || 1), high: reach || 1 };
}

const pictures = new WeakMap<Float32Array | Float64Array, Picture>();

function pictureOf(data: Float32Array | Float64Array, sizes: readonly number[]): Picture {
  const known = pictures.get(data);
  if (known) return known;
  const [rows, columns] = [1, ...sizes].slice(-2);
  const made = { rows, columns, valueRows: rows, valueColumns: columns, values: Float64Array.from(data) };
  pictures.set(data, made);
  return made;
}

/** A figure in its place; in a heat map with its values' colours under its cells, as far as they are made. */
export function placeFigure(
  step: Step,
  source: PixelSource | 'out',
  x: number,
  y: number,
  cell: number,
  unplaced: Unplaced,
): Figure {
  const figure = drawGrid({ ...unplaced, x, y, cell });
  const { told, at } = step;
  if (!told.heat) return figure;
  const { pixels } = told;
  const tensor = source === 'out' ? pixels.output : source === 'F' ? pixels.input : pixels.maps[source].values;
  const [rows, columns] = [1, ...unplaced.shape].slice(-2);
  const [left, top] = figure.at(unplaced.shape.map(() => 0));
  const box = { x: left, y: top, width: columns * cell, height: rows * cell };
  const isThere = source === 'F' || at.kind !== 'make' || (source !== 'out' && source < at.map);
  const partly = isThere ? undefined : hidden(step, source, tensor.data, unplaced.shape);
  const data = partly ?? tensor.data;
  const picture = drawPicture(`${unplaced.key} heat`, pictureOf(data, unplaced.shape), coloursOf(told), box, undefined);
  // The frame and the ground are the figure's own.
  const values: readonly Shape[] = picture.filter(({ key }) => !key.endsWith(' ground') && !key.endsWith(' frame'));
  return { ...figure, shapes: [...values, ...figure.shapes] };
}

/** The values without those that are not made yet. */
function hidden(
  { told, at }: Step,
  source: PixelSource | 'out',
  data: Float32Array | Float64Array,
  shape: readonly number[],
): Float64Array {
  const { pixels, sizes } = told;
  return Float64Array.from(data, (value, flat) => {
    if (source !== 'out') return source === 'F' || isMade(at, source, flat) ? value : NaN;
    const place = unflat(shape, flat);
    const corner = place.map((each) => each % 2).join();
    const map = pixels.maps.find((each) => each.corner.join() === corner) ?? pixels.maps[0];
    const cell = place.reduce((all, each, axis) => all * sizes[axis] + Math.floor(each / 2), 0);
    return isMade(at, map.number, cell) ? value : NaN;
  });
}
