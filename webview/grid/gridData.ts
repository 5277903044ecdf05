import { statisticsFor } from '../legend/statisticsFor';
import { type ColourScale, scaleOf } from '../legend/scale';
import type { Cut } from '../../src/core/tensor/plane';
import type { Rgb } from '../legend/contrast';
import { stepOf } from '../legend/scale';
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
  readonly scale: ColourScale;
  /** Nothing until values have arrived. */
  readonly values: readonly PlaneValues[];
  /** Value of full intensity when three channels are shown as colour. */
  readonly whole: 1 | 255 | undefined;
  pixels(): Pixels | undefined;
  valuesAt(place: Place): readonly number[] | undefined;
  backgroundOf(values: readonly number[]): Rgb;
}

const byte = (share: number): number => Math.min(255, Math.max(0, Math.round(share * 255))) || 0;

export function createGridData(name: GridName, actions: Actions, cut: Cut): GridData {
  const key = cut === 0 ? `grid:${name}` : `grid:${name}/${cut}`;
  const keys = [key, `${key}:1`, `${key}:2`] as const;
  let scale: ColourScale = scaleOf(name, { colourMap: 'auto', diverging: true, limits: {} }, undefined);
  let values: readonly PlaneValues[] = [];
  let whole: 1 | 255 | undefined;
  let asked: { readonly of: string; readonly region: Region } | undefined;
  let painted: { readonly from: readonly unknown[]; readonly pixels: Pixels } | undefined;

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
      const rgb = plane.shape[plane.channelAxis] >= 3 ? model.view.rgb[name] : undefined;
      whole = rgb === undefined ? undefined : rgb === 'byte' ? 255 : 1;
      const blocks = keys.map((key) => model.received?.sight.blocks.find((block) => block.key === key));
      const [first, second, third] = blocks;
      const all = whole === undefined ? [first] : [first, second, third];
      values = all.flatMap((block, channel) =>
        block ? [planeValues(block, plane, whole === undefined ? undefined : channel)] : [],
      );
      if (values.length !== all.length) values = [];
    },
    ask(plane, visible, wanted, cell) {
      const ratio = window.devicePixelRatio;
      const of = [plane.shape, plane.leading, cell.width, cell.height, ratio, whole].join(' ');
      if (asked?.of === of && contains(asked.region, visible)) return;
      asked = { of, region: wanted };
      keys.forEach((key, channel) => {
        const leading =
          whole === undefined
            ? plane.leading
            : plane.leading.map((each, axis) => (axis === plane.channelAxis ? channel : each));
        const request = {
          key,
          tensor: name,
          leading,
          ...(plane.rank === 3 ? { cut: plane.cut } : {}),
          ...wanted,
          maxRows: Math.ceil(wanted.rows * cell.height * ratio),
          maxColumns: Math.ceil(wanted.columns * cell.width * ratio),
        };
        actions.watch(key, channel === 0 || whole !== undefined ? request : undefined);
      });
    },
    pixels() {
      const blocks = values.map(({ block }) => block);
      const from = [...blocks, scale.low, scale.high, scale.table, scale.fixed, whole];
      if (painted && painted.from.length === from.length && painted.from.every((each, index) => each === from[index]))
        return painted.pixels;
      const [first, second, third] = blocks;
      if (first === undefined) return undefined;
      const pixels =
        whole !== undefined && second && third
          ? colourPixels([first, second, third], whole)
          : scalePixels(first, scale);
      painted = { from, pixels };
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
