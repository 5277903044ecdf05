import type { Tensor } from '../operation';
import { type Floats, reduceInto, type SumRows } from './reduce';

/** Which of the document's tensors a view, an edit or a cell belongs to. */
export type TensorName = 'input' | 'weight' | 'bias' | 'output';

/**
 * Which spatial axis of a 3-D tensor a plane leaves out, counted from the outermost. Without depth, 0, the plane has
 * rows y and columns x; without height, 1, rows z and columns x; without width, 2, rows y and columns z: two planes
 * share an axis wherever they stand beside each other.
 */
export type Cut = 0 | 1 | 2;

/** The spatial axes that are a plane's rows and columns. */
export const CUT_AXES: Readonly<Record<Cut, readonly [rows: number, columns: number]>> = {
  0: [1, 2],
  1: [0, 2],
  2: [1, 0],
};

/**
 * A window of a plane of a tensor. All axes but the last two are fixed by `leading` (a 1-D tensor's plane has one row);
 * with a `cut`, its last number is the index on the spatial axis that is left out.
 */
interface PlaneWindow {
  /** Chosen by the asker, returned with the block. */
  readonly key: string;
  readonly tensor: TensorName;
  readonly leading: readonly number[];
  /** Of 3-D tensors only; 0 where it is missing. */
  readonly cut?: Cut;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export type Painted = 'diverging' | 'sequential' | 'unit' | 'byte';

/**
 * A window at the resolution at which it is shown. The answer has at most `maxRows × maxColumns` values; if the window
 * has more cells than that, each value is the mean of its cells, so that NaN and infinities win over finite neighbours.
 */
export interface PlaneRequest extends PlaneWindow {
  readonly maxRows: number;
  readonly maxColumns: number;
  /** One cell stands for each value, not the mean of several: many small pictures cost no more than what they show. */
  readonly sampled?: boolean;
  /**
   * Means are only looked at, in these colours: of a map that spans all values, around zero or from the least; or as
   * one of three channels, of which 1 or 255 is full intensity. Then steps of the colours will do, see `packed.ts`.
   */
  readonly painted?: Painted;
  /** Single cells are only looked at, too: they are asked for once more when the picture is there. */
  readonly brief?: boolean;
}

/** The answer: the window that was asked for, cut to the plane. */
export interface PlaneBlock extends PlaneWindow {
  /** How many values there are each way; equal to rows and columns when nothing was reduced. */
  readonly valueRows: number;
  readonly valueColumns: number;
  /** Exact-size, C order. */
  readonly values: Floats;
  /** Values have the colours of the tensor's, and no more of them. */
  readonly rough?: boolean;
}

/** How far apart in a tensor's data the neighbours in a plane are, and where the plane begins. */
export interface Ground {
  readonly rows: number;
  readonly columns: number;
  readonly start: number;
  readonly down: number;
  readonly across: number;
}

/** @param cut 0 where the tensor is not of three spatial axes */
export function groundOf(shape: readonly number[], spatialRank: number, leading: readonly number[], cut: Cut): Ground {
  if (spatialRank !== 3 || cut === 0) {
    const layout = planeLayout(shape, spatialRank);
    const { rows, columns } = layout;
    return { rows, columns, start: planeOffset(layout.leading, leading, rows * columns), down: columns, across: 1 };
  }
  const sizes = shape.slice(-3);
  const pitches = [sizes[1] * sizes[2], sizes[2], 1];
  const [down, across] = CUT_AXES[cut];
  const channels = shape.slice(0, -3);
  const fixed = Math.min(Math.max(0, Math.trunc(leading[channels.length] ?? 0)), sizes[cut] - 1);
  return {
    rows: sizes[down],
    columns: sizes[across],
    start: planeOffset(channels, leading, sizes[0] * pitches[0]) + fixed * pitches[cut],
    down: pitches[down],
    across: pitches[across],
  };
}

/** Number of leading axes, rows and columns of the planes of a tensor of this shape. */
export function planeLayout(
  shape: readonly number[],
  spatialRank: number,
): { leading: readonly number[]; rows: number; columns: number } {
  const columns = shape[shape.length - 1];
  if (spatialRank === 1) return { leading: shape.slice(0, -1), rows: 1, columns };
  return { leading: shape.slice(0, -2), rows: shape[shape.length - 2], columns };
}

/** Flat index of the first element of a plane; leading indices beyond the shape count as the last ones. */
export function planeOffset(leadingShape: readonly number[], leading: readonly number[], area: number): number {
  let offset = 0;
  leadingShape.forEach((size, axis) => {
    const index = Math.min(Math.max(0, Math.trunc(leading[axis] ?? 0)), Math.max(0, size - 1));
    offset = offset * size + index;
  });
  return offset * area;
}

const cut = (start: number, length: number, size: number): readonly [start: number, length: number] => {
  const first = Math.min(Math.max(0, Math.trunc(start)), size);
  return [first, Math.min(Math.max(0, Math.trunc(length)), size - first)];
};

/** The cell that stands for a box of a plane that is sampled: the one in its middle. */
export const sampledCell = (box: number, cells: number, boxes: number): number =>
  Math.floor(((box + 0.5) * cells) / boxes);

/** The part of a tensor that a request asks for, reduced to the resolution that it can show. */
export function extractPlane(
  tensor: Tensor,
  spatialRank: number,
  request: PlaneRequest,
  sumRows?: SumRows,
): PlaneBlock {
  const ground = groundOf(tensor.shape, spatialRank, request.leading, request.cut ?? 0);
  const [row, rows] = cut(request.row, request.rows, ground.rows);
  const [column, columns] = cut(request.column, request.columns, ground.columns);
  const valueRows = Math.min(rows, Math.max(1, Math.trunc(request.maxRows)));
  const valueColumns = Math.min(columns, Math.max(1, Math.trunc(request.maxColumns)));
  const { down, across } = ground;
  const start = ground.start + row * down + column * across;
  const values =
    tensor.dtype === 'float32'
      ? new Float32Array(valueRows * valueColumns)
      : new Float64Array(valueRows * valueColumns);
  const block = {
    key: request.key,
    tensor: request.tensor,
    leading: request.leading,
    ...(request.cut === undefined ? {} : { cut: request.cut }),
    row,
    column,
    rows,
    columns,
    valueRows,
    valueColumns,
    values,
  };
  if (values.length === 0 || tensor.data.length === 0) return block;
  if (valueRows === rows && valueColumns === columns) {
    for (let y = 0; y < rows; y++) {
      const from = start + y * down;
      if (across === 1) values.set(tensor.data.subarray(from, from + columns), y * columns);
      else for (let x = 0; x < columns; x++) values[y * columns + x] = tensor.data[from + x * across];
    }
    return block;
  }
  if (request.sampled) {
    for (let y = 0; y < valueRows; y++) {
      const line = start + sampledCell(y, rows, valueRows) * down;
      for (let x = 0; x < valueColumns; x++)
        values[y * valueColumns + x] = tensor.data[line + sampledCell(x, columns, valueColumns) * across];
    }
    return block;
  }
  reduceInto(values, tensor.data, { start, down, across, rows, columns, valueRows, valueColumns }, sumRows);
  return block;
}
