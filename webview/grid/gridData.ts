import { statisticsFor } from '../legend/statisticsFor';
import { type ColourScale, scaleOf } from '../legend/scale';
import type { Cut, Painted, PlaneRequest } from '../../src/core/tensor/plane';
import type { Rgb } from '../legend/contrast';
import { stepOf } from '../../src/core/tensor/colourSteps';
import type { GridName } from '../gridName';
import type { Actions, Model } from '../model';
import { type Pixels, colourPixels, scalePixels } from './pixels';
import type { PlaneView } from './planeOf';
import { type PlaneValues, planeValues } from './planeValues';
import type { Place } from './selection';
import { type CellSize, type Region, contains } from './viewport';

/**
 * How far beyond the box values are asked for, as a share of the box, so that scrolling has something to show at once.
 */
export const MARGIN = 0.25;

/** What a grid shows of the model: values, their colours, and the part that it asks the host for. */
export interface GridData {
  read(model: Model, plane: PlaneView): void;
  /** Asks the host for what is `wanted`, unless its last request contains what is `visible` at the same resolution. */
  ask(plane: PlaneView, visible: Region, wanted: Region, cell: CellSize): void;
  /** What it would ask for so, of a model that it has not read. */
  requests(model: Model, plane: PlaneView, visible: Region, wanted: Region, cell: CellSize): readonly PlaneRequest[];
  readonly scale: ColourScale;
  /** Nothing until values have arrived. */
  readonly values: readonly PlaneValues[];
  /** Value of full intensity when three channels are shown as colour. */
  readonly whole: 1 | 255 | undefined;
  pixels(): Pixels | undefined;
  valuesAt(place: Place): readonly number[] | undefined;
  backgroundOf(values: readonly number[]): Rgb;
}

/** What was asked of the host: of which plane, at which resolution, and the part of it. */
interface Asked {
  readonly of: string;
  readonly region: Region;
  readonly requests: readonly PlaneRequest[];
}

const byte = (share: number): number => Math.min(255, Math.max(0, Math.round(share * 255))) || 0;

export function createGridData(name: GridName, actions: Actions, cut: Cut): GridData {
  const key = cut === 0 ? `grid:${name}` : `grid:${name}/${cut}`;
  const keys = [key, `${key}:1`, `${key}:2`] as const;
  let scale: ColourScale = scaleOf(name, { colourMap: 'auto', diverging: true, limits: {} }, undefined);
  let values: readonly PlaneValues[] = [];
  let whole: 1 | 255 | undefined;
  let painted: Painted | undefined;
  let asked: Asked | undefined;
  let made: { readonly from: readonly unknown[]; readonly pixels: Pixels } | undefined;

  const wholeOf = ({ view }: Model, plane: PlaneView): 1 | 255 | undefined => {
    const rgb = plane.shape[plane.channelAxis] >= 3 ? view.rgb[name] : undefined;
    return rgb === undefined ? undefined : rgb === 'byte' ? 255 : 1;
  };

  /** Limits that are set may lie so close together that every bit shows. */
  const paintedOf = ({ view }: Model, colour: 1 | 255 | undefined): Painted | undefined => {
    if (colour !== undefined) return colour === 255 ? 'byte' : 'unit';
    return view.limits[name] ? undefined : view.diverging ? 'diverging' : 'sequential';
  };

  /** What was asked for last, as long as that has all that is visible, at the same resolution. */
  const toAsk = (
    plane: PlaneView,
    colour: 1 | 255 | undefined,
    painted: Painted | undefined,
    visible: Region,
    wanted: Region,
    cell: CellSize,
  ): Asked => {
    const ratio = window.devicePixelRatio;
    const of = [plane.shape, plane.leading, cell.width, cell.height, ratio, colour, painted].join(' ');
    if (asked?.of === of && contains(asked.region, visible)) return asked;
    const requests = (colour === undefined ? [key] : keys).map((each, channel) => ({
      key: each,
      tensor: name,
      leading:
        colour === undefined
          ? plane.leading
          : plane.leading.map((index, axis) => (axis === plane.channelAxis ? channel : index)),
      ...(plane.rank === 3 ? { cut: plane.cut } : {}),
      ...wanted,
      maxRows: Math.ceil(wanted.rows * cell.height * ratio),
      maxColumns: Math.ceil(wanted.columns * cell.width * ratio),
      ...(painted === undefined ? {} : { painted }),
    }));
    return { of, region: wanted, requests };
  };

  const data: GridData = {
    get scale() {
      return scale;
    },
    get values() {
      return values;
    },
    get whole() {
      return whole;
    },
    read(model, plane) {
      scale = scaleOf(name, model.view, statisticsFor(model, name));
      whole = wholeOf(model, plane);
      painted = paintedOf(model, whole);
      const blocks = keys.map((key) => model.received?.sight.blocks.find((block) => block.key === key));
      const [first, second, third] = blocks;
      const all = whole === undefined ? [first] : [first, second, third];
      values = all.flatMap((block, channel) =>
        block ? [planeValues(block, plane, whole === undefined ? undefined : channel)] : [],
      );
      if (values.length !== all.length) values = [];
    },
    ask(plane, visible, wanted, cell) {
      const next = toAsk(plane, whole, painted, visible, wanted, cell);
      if (next === asked) return;
      asked = next;
      keys.forEach((each, channel) => actions.watch(each, next.requests.at(channel)));
    },
    requests(model, plane, visible, wanted, cell) {
      const colour = wholeOf(model, plane);
      return toAsk(plane, colour, paintedOf(model, colour), visible, wanted, cell).requests;
    },
    pixels() {
      const blocks = values.map(({ block }) => block);
      const from = [...blocks, scale.low, scale.high, scale.table, scale.fixed, whole];
      if (made?.from.length === from.length && made.from.every((each, index) => each === from[index]))
        return made.pixels;
      const [first, second, third] = blocks;
      if (first === undefined) return undefined;
      const pixels =
        whole !== undefined && second && third
          ? colourPixels([first, second, third], whole)
          : scalePixels(first, scale, made?.pixels.colours);
      made = { from, pixels };
      return pixels;
    },
    valuesAt({ row, column }) {
      const found = values.flatMap((each) => each.at(row, column) ?? []);
      return found.length > 0 && found.length === values.length ? found : undefined;
    },
    backgroundOf(channels) {
      const [red, green, blue] = channels;
      if (whole !== undefined) return { red: byte(red / whole), green: byte(green / whole), blue: byte(blue / whole) };
      return scale.table.colours[stepOf(scale, red)];
    },
  };
  return data;
}
