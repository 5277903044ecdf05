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

/** Means of equal boxes, in memory order: of each row the cells of every box, and these sums row by row. */
export function reduceInto(values: Floats, data: Floats, size: Reduction): void {
  const { start, down, across, rows, columns, valueRows, valueColumns } = size;
  const edges = Int32Array.from({ length: valueColumns + 1 }, (_, box) => edge(box, columns, valueColumns));
  const sums = new Float64Array(valueColumns);
  for (let boxRow = 0; boxRow < valueRows; boxRow++) {
    const top = edge(boxRow, rows, valueRows);
    const bottom = edge(boxRow + 1, rows, valueRows);
    sums.fill(0);
    for (let y = top; y < bottom; y++) {
      let at = start + y * down;
      for (let box = 0; box < valueColumns; box++) {
        const end = at + (edges[box + 1] - edges[box]) * across;
        let sum = data[at];
        for (at += across; at < end; at += across) sum += data[at];
        sums[box] += sum;
      }
    }
    for (let box = 0; box < valueColumns; box++)
      values[boxRow * valueColumns + box] = sums[box] / ((bottom - top) * (edges[box + 1] - edges[box]));
  }
}

/** One of those means, by the same additions in the same order: so it is the same to the last bit. */
export function meanOf(data: Floats, size: Reduction, boxRow: number, box: number): number {
  const { start, down, across, rows, columns, valueRows, valueColumns } = size;
  const [top, bottom] = [edge(boxRow, rows, valueRows), edge(boxRow + 1, rows, valueRows)];
  const [left, right] = [edge(box, columns, valueColumns), edge(box + 1, columns, valueColumns)];
  let all = 0;
  for (let y = top; y < bottom; y++) {
    const line = start + y * down;
    let sum = data[line + left * across];
    for (let x = left + 1; x < right; x++) sum += data[line + x * across];
    all += sum;
  }
  return all / ((bottom - top) * (right - left));
}

/** The box in which a cell lies. */
export function boxOf(cell: number, cells: number, boxes: number): number {
  let box = Math.floor((cell * boxes) / cells);
  while (edge(box + 1, cells, boxes) <= cell) box++;
  return box;
}
