import { reduceInto } from '../tensor/reduce';
import { elementCount } from '../tensor/tensor';
import type { Grid } from './grid';

/** A grid as it is drawn: a signal as one row, of a volume one slice. */
export interface Picture {
  /** Of the plane that it shows. */
  readonly rows: number;
  readonly columns: number;
  /** Of its values, in C order; where these are fewer than the plane has, each is the mean of its cells. */
  readonly valueRows: number;
  readonly valueColumns: number;
  readonly values: Float64Array;
}

/** How many times as many values a signal's picture has: it has no rows. */
const SIGNAL = 8;

/** `most` is the most values along an axis; a slice beyond the last is the last. */
export function pictureOf({ shape, data }: Grid, slice: number, most: number): Picture {
  const [slices, rows, columns] = [1, 1, ...shape].slice(-3);
  const valueRows = Math.min(rows, most);
  const valueColumns = Math.min(columns, shape.length === 1 ? SIGNAL * most : most);
  const values = new Float64Array(valueRows * valueColumns);
  const start = Math.min(slices - 1, Math.max(0, slice)) * rows * columns;
  if (valueRows === rows && valueColumns === columns) values.set(data.subarray(start, start + rows * columns));
  else if (elementCount(shape) > 0)
    reduceInto(values, data, { start, down: columns, across: 1, rows, columns, valueRows, valueColumns });
  return { rows, columns, valueRows, valueColumns, values };
}
