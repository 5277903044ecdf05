import { type PlaneView, flatIndex } from './planeOf';
import type { Place } from './selection';
import type { Extent, Region } from './viewport';

/** New values of elements, by flat index. */
export interface Writes {
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

export type Channels = readonly (number | undefined)[];

/** Cells to be written: for each of the channels that a cell shows, rows of values. NaN is a value; a hole is none. */
export interface Block extends Extent {
  readonly channels: readonly ArrayLike<number>[];
  /** 1 where there is no value, and what was there stays. */
  readonly holes?: Uint8Array;
}

/** Flat indices of the cells of a range, channel after channel. */
export function indicesOf(plane: PlaneView, region: Region, channels: Channels): Uint32Array {
  const indices = new Uint32Array(region.rows * region.columns * channels.length);
  let next = 0;
  for (const channel of channels) {
    for (let y = 0; y < region.rows; y++) {
      for (let x = 0; x < region.columns; x++)
        indices[next++] = flatIndex(plane, region.row + y, region.column + x, channel);
    }
  }
  return indices;
}

/** The same value in every cell of a range; one for each channel. */
export function fillWrites(plane: PlaneView, region: Region, channels: Channels, values: readonly number[]): Writes {
  const indices = indicesOf(plane, region, channels);
  const cells = region.rows * region.columns;
  return { indices, values: Float64Array.from(indices, (_, at) => values[Math.floor(at / cells)]) };
}

/** One cell, with a value for each channel. */
export function cellWrites(plane: PlaneView, place: Place, channels: Channels, values: readonly number[]): Writes {
  return fillWrites(plane, { ...place, rows: 1, columns: 1 }, channels, values);
}

/** A block's cells, again and again over a range, without holes and without what would fall off the plane. */
export function blockWrites(plane: PlaneView, region: Region, channels: Channels, block: Block): Writes {
  const rows = Math.min(region.rows, plane.extent.rows - region.row);
  const columns = Math.min(region.columns, plane.extent.columns - region.column);
  const indices = new Uint32Array(rows * columns * channels.length);
  const values = new Float64Array(indices.length);
  let next = 0;
  channels.forEach((channel, each) => {
    const from = block.channels[each];
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const at = (y % block.rows) * block.columns + (x % block.columns);
        if (block.holes?.[at]) continue;
        indices[next] = flatIndex(plane, region.row + y, region.column + x, channel);
        values[next++] = from[at];
      }
    }
  });
  return { indices: indices.slice(0, next), values: values.slice(0, next) };
}
