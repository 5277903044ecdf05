import { type PlaneView, flatIndex } from './planeOf';
import type { Place } from './selection';
import type { Extent, Region } from './viewport';

/** New values of elements, by flat index. */
export interface Writes {
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

type Channels = readonly (number | undefined)[];

/** The same value in every cell of a range. */
export function fillWrites(plane: PlaneView, region: Region, channels: Channels, value: number): Writes {
  const indices = new Uint32Array(region.rows * region.columns * channels.length);
  let next = 0;
  for (const channel of channels) {
    for (let y = 0; y < region.rows; y++) {
      for (let x = 0; x < region.columns; x++)
        indices[next++] = flatIndex(plane, region.row + y, region.column + x, channel);
    }
  }
  return { indices, values: new Float64Array(indices.length).fill(value) };
}

/** One cell, with a value for each channel. */
export function cellWrites(plane: PlaneView, place: Place, channels: Channels, values: readonly number[]): Writes {
  return {
    indices: Uint32Array.from(channels, (channel) => flatIndex(plane, place.row, place.column, channel)),
    values: Float64Array.from(values),
  };
}

/** Rows and columns of cells at a place, without those that would fall off the plane. */
export function blockWrites(
  plane: PlaneView,
  place: Place,
  block: Extent & { readonly values: ArrayLike<number> },
): Writes & { readonly clipped: number } {
  const rows = Math.min(block.rows, plane.extent.rows - place.row);
  const columns = Math.min(block.columns, plane.extent.columns - place.column);
  const indices = new Uint32Array(rows * columns);
  const values = new Float64Array(rows * columns);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      indices[y * columns + x] = flatIndex(plane, place.row + y, place.column + x);
      values[y * columns + x] = block.values[y * block.columns + x];
    }
  }
  return { indices, values, clipped: block.rows * block.columns - rows * columns };
}
