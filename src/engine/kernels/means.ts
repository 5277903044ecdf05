import type { SumRows } from '../../core/tensor/reduce';
import { MEANS_COLUMNS, MEANS_DATA_AT, MEANS_EDGES_AT, MEANS_PITCH, MEANS_RESULTS_AT } from './layout';

/** The job of wasm/means.ts. */
export interface MeansCall {
  /** The rows of all sums, and what lies between them. */
  readonly data: Float32Array;
  /** Values from one row to the next. */
  readonly pitch: number;
  /** A multiple of four. */
  readonly columns: number;
  /** Against the first row of the data. */
  readonly edges: Uint32Array;
}

/** Where in memory all that is. */
export interface MeansPlaces {
  readonly data: number;
  readonly edges: number;
  readonly results: number;
}

/** With fewer values plain loops are done sooner. */
const LEAST = 65_536;

export function describeMeans(
  buffer: SharedArrayBuffer,
  at: number,
  { pitch, columns, edges }: MeansCall,
  places: MeansPlaces,
): void {
  const words = new Uint32Array(buffer, at);
  words[MEANS_DATA_AT] = places.data;
  words[MEANS_PITCH] = 4 * pitch;
  words[MEANS_COLUMNS] = columns;
  words[MEANS_EDGES_AT] = places.edges;
  words[MEANS_RESULTS_AT] = places.results;
  new Uint32Array(buffer, places.edges, edges.length).set(edges);
}

/** Adds up by the machine what is worth it. `run` answers with the sums of all rows, one after another. */
export const rowSummer =
  (run: (call: MeansCall) => Float64Array | undefined): SumRows =>
  (data, { start, down, columns }, edges) => {
    const sums = edges.length - 1;
    const [first, last] = [edges[0], edges[sums]];
    const whole = columns - (columns % 4);
    if (!(data instanceof Float32Array) || (last - first) * columns < LEAST) return undefined;
    const rows = data.subarray(start + first * down, start + (last - 1) * down + columns);
    const found = run({ data: rows, pitch: down, columns: whole, edges: edges.map((each) => each - first) });
    if (!found || whole === columns) return found;
    // The machine does four columns at a time.
    const all = new Float64Array(sums * columns);
    for (let each = 0; each < sums; each++) {
      all.set(found.subarray(each * whole, (each + 1) * whole), each * columns);
      for (let x = whole; x < columns; x++) {
        let sum = data[start + edges[each] * down + x];
        for (let y = edges[each] + 1; y < edges[each + 1]; y++) sum += data[start + y * down + x];
        all[each * columns + x] = sum;
      }
    }
    return all;
  };
