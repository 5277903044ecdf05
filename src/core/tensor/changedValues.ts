import type { Tensor } from '../operation';
import { type Cut, CUT_AXES, type Ground, groundOf, type PlaneBlock, sampledCell } from './plane';
import { boxOf, type Floats, meanOf } from './reduce';

/** Values of a block that are others now, by their places in it. */
export interface BlockChange {
  readonly at: Uint32Array;
  readonly values: Floats;
}

/**
 * What of a block is another value now that the tensor's elements at these flat indices are others: to put these values
 * into the block is to extract it anew. Costs what the indices are, never the size of the plane.
 */
export function changedValues(
  tensor: Tensor,
  spatialRank: number,
  block: Omit<PlaneBlock, 'values'>,
  indices: ArrayLike<number>,
  sampled: boolean,
): BlockChange {
  const { shape, data } = tensor;
  const { rows, columns, valueRows, valueColumns } = block;
  const ground = groundOf(shape, spatialRank, block.leading, block.cut ?? 0);
  const start = ground.start + block.row * ground.down + block.column * ground.across;
  const size = { ...ground, start, rows, columns, valueRows, valueColumns };
  const found = new Map<number, number>();
  for (let each = 0; each < indices.length; each++) {
    const place = placeIn(ground, shape, spatialRank, block.cut ?? 0, indices[each]);
    if (!place) continue;
    const [y, x] = [place.row - block.row, place.column - block.column];
    if (y < 0 || x < 0 || y >= rows || x >= columns) continue;
    const isRead = sampled || (valueRows === rows && valueColumns === columns);
    const down = isRead ? readFrom(y, rows, valueRows) : boxOf(y, rows, valueRows);
    const across = isRead ? readFrom(x, columns, valueColumns) : boxOf(x, columns, valueColumns);
    if (down === undefined || across === undefined) continue;
    const at = down * valueColumns + across;
    if (!found.has(at)) found.set(at, isRead ? data[indices[each]] : meanOf(data, size, down, across));
  }
  const at = Uint32Array.from(found.keys());
  const values = [...found.values()];
  return { at, values: tensor.dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values) };
}

/** The box for which this cell stands, where each is read from one of its cells. */
const readFrom = (cell: number, cells: number, boxes: number): number | undefined => {
  const near = boxOf(cell, cells, boxes);
  return [near - 1, near, near + 1].find((box) => sampledCell(box, cells, boxes) === cell);
};

/** Row and column in the plane of an element, if it lies there. */
function placeIn(
  { rows, columns, start, down, across }: Ground,
  shape: readonly number[],
  spatialRank: number,
  cut: Cut,
  index: number,
): { readonly row: number; readonly column: number } | undefined {
  if (spatialRank !== 3 || cut === 0) {
    const within = index - start;
    if (within < 0 || within >= rows * columns) return undefined;
    return { row: Math.floor(within / columns), column: within % columns };
  }
  const [, height, width] = shape.slice(-3);
  const spatial = [Math.floor(index / (height * width)), Math.floor(index / width) % height, index % width];
  spatial[0] %= shape[shape.length - 3];
  const [rowAxis, columnAxis] = CUT_AXES[cut];
  const [row, column] = [spatial[rowAxis], spatial[columnAxis]];
  return start + row * down + column * across === index ? { row, column } : undefined;
}
