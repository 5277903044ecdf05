export type Floats = Float32Array | Float64Array;

/** A window of a plane, and the boxes that it is divided into. */
export interface Reduction {
  readonly start: number;
  readonly down: number;
  readonly across: number;
  readonly rows: number;
  readonly columns: number;
  readonly valueRows: number;
  readonly valueColumns: number;
}

/** Where box `box` of `boxes` begins among `cells`. */
const edge = (box: number, cells: number, boxes: number): number => Math.floor((box * cells) / boxes);

/**
 * Who adds up rows faster than plain loops do, to the same bits; nothing for what it does not add. `edges`: which row
 * is the first of each sum, and at the end the one after the last. The sums of the first, column by column, then those
 * of the second.
 */
export type SumRows = (
  data: Floats,
  plane: Pick<Reduction, 'start' | 'down' | 'columns'>,
  edges: Uint32Array,
) => Float64Array | undefined;

/** Bytes of sums of rows at a time: what a processor has near it. */
const BAND_BYTES = 2 ** 20;

/** Column by column, from the first row to the last. */
function plainSums(data: Floats, size: Reduction, edges: Uint32Array, sums: Float64Array): void {
  const { start, down, across, columns } = size;
  for (let each = 0; each < edges.length - 1; each++) {
    const to = each * columns;
    let from = start + edges[each] * down;
    for (let x = 0; x < columns; x++) sums[to + x] = data[from + x * across];
    for (let y = edges[each] + 1; y < edges[each + 1]; y++) {
      from += down;
      for (let x = 0; x < columns; x++) sums[to + x] += data[from + x * across];
    }
  }
}

/** Means of equal boxes: the rows of a box are added up column by column, from above, and these sums from the left. */
export function reduceInto(values: Floats, data: Floats, size: Reduction, sumRows?: SumRows): void {
  const { across, rows, columns, valueRows, valueColumns } = size;
  const lefts = Int32Array.from({ length: valueColumns + 1 }, (_, box) => edge(box, columns, valueColumns));
  const tops = Uint32Array.from({ length: valueRows + 1 }, (_, box) => edge(box, rows, valueRows));
  const band = Math.max(1, Math.floor(BAND_BYTES / 8 / Math.max(1, columns)));
  let own: Float64Array | undefined;
  for (let first = 0; first < valueRows; first += band) {
    const edges = tops.subarray(first, Math.min(valueRows, first + band) + 1);
    let sums = across === 1 ? sumRows?.(data, size, edges) : undefined;
    if (!sums) {
      sums = own ??= new Float64Array((edges.length - 1) * columns);
      plainSums(data, size, edges, sums);
    }
    let at = 0;
    for (let row = 0; row < edges.length - 1; row++) {
      const high = edges[row + 1] - edges[row];
      for (let box = 0; box < valueColumns; box++) {
        const wide = lefts[box + 1] - lefts[box];
        const end = at + wide;
        let sum = sums[at];
        for (at++; at < end; at++) sum += sums[at];
        values[(first + row) * valueColumns + box] = sum / (high * wide);
      }
    }
  }
}

/** One of those means, by the same additions in the same order: so it is the same to the last bit. */
export function meanOf(data: Floats, size: Reduction, boxRow: number, box: number): number {
  const { start, down, across, rows, columns, valueRows, valueColumns } = size;
  const [top, bottom] = [edge(boxRow, rows, valueRows), edge(boxRow + 1, rows, valueRows)];
  const [left, right] = [edge(box, columns, valueColumns), edge(box + 1, columns, valueColumns)];
  const columnSum = (x: number): number => {
    const first = start + x * across;
    let sum = data[first + top * down];
    for (let y = top + 1; y < bottom; y++) sum += data[first + y * down];
    return sum;
  };
  let all = columnSum(left);
  for (let x = left + 1; x < right; x++) all += columnSum(x);
  return all / ((bottom - top) * (right - left));
}

/** The box in which a cell lies. */
export function boxOf(cell: number, cells: number, boxes: number): number {
  let box = Math.floor((cell * boxes) / cells);
  while (edge(box + 1, cells, boxes) <= cell) box++;
  return box;
}
