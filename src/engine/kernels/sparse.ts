import type { MatrixExtent } from '../../core/kernels/matrix';
import type { AxisPlan } from '../../core/axis';
import type { CsrMatrix } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { threeAxes } from './lattice';
import * as word from './layout';
import type { Floats, Perform } from './route';

/** C in the kernels' own memory, where products with it need no copy; it stays until it is released. */
export interface KeptMatrix extends CsrMatrix {
  readonly rowPointers: Uint32Array;
  readonly values: Floats;
  release(): void;
}

/** The rows of C are sites: outputs of a convolution, inputs of a transposed one; its columns are the places at the other end. */
interface SiteAxis {
  readonly sites: number;
  readonly places: number;
  /** Per site: the first tap whose place lies inside, and how many do. */
  readonly first: number[];
  readonly count: number[];
}

function siteAxis(plan: Plan, axis: AxisPlan): SiteAxis {
  const [sites, places] = plan.kind === 'conv' ? [axis.output, axis.input] : [axis.input, axis.output];
  const first: number[] = [];
  const count: number[] = [];
  for (let site = 0; site < sites; site++) {
    const start = site * axis.stride - axis.padBegin;
    const from = Math.min(axis.kernel, Math.max(0, Math.ceil(-start / axis.dilation)));
    const until = Math.max(from, Math.min(axis.kernel, Math.floor((places - 1 - start) / axis.dilation) + 1));
    first.push(from);
    count.push(until - from);
  }
  return { sites, places, first, count };
}

/** Where padding reads inputs other than zeros, several taps may read one input; the reference merges them. */
export const isStampable = (plan: Plan, extent: MatrixExtent): boolean => plan.paddingMode === 'zeros' && extent.entries < 2 ** 31;

export interface MatrixTables {
  readonly words: Int32Array;
  readonly tasks: number;
  readonly scratchBytes: number;
}

/** The tables of wasm/csr.ts, the descriptor first; they are written where `moveTables` has been told. */
export function matrixTables(plan: Plan, { entries }: MatrixExtent): MatrixTables {
  const axes = threeAxes(plan);
  const [planes, rows, columns] = axes.map((axis) => siteAxis(plan, axis));
  const [planeAxis, rowAxis, columnAxis] = axes;
  const [siteChannels, placesPerGroup] = plan.weightShape;
  const siteTable: number[] = [];
  let before = 0;
  for (let site = 0; site < columns.sites; site++) {
    siteTable.push(columns.first[site], columns.count[site], before);
    before += columns.count[site];
  }
  const rowTable: number[] = [];
  const segments: number[] = [];
  let rowEntries = 0;
  for (let plane = 0; plane < planes.sites; plane++) {
    for (let row = 0; row < rows.sites; row++) {
      const count = planes.count[plane] * rows.count[row];
      rowTable.push(rowEntries, segments.length / 2, count);
      rowEntries += count * before;
      for (let tz = planes.first[plane]; tz < planes.first[plane] + planes.count[plane]; tz++) {
        const z = plane * planeAxis.stride + tz * planeAxis.dilation - planeAxis.padBegin;
        for (let ty = rows.first[row]; ty < rows.first[row] + rows.count[row]; ty++) {
          const y = row * rowAxis.stride + ty * rowAxis.dilation - rowAxis.padBegin;
          segments.push((z * rows.places + y) * columns.places, (tz * rowAxis.kernel + ty) * columnAxis.kernel);
        }
      }
    }
  }
  const d = new Array<number>(word.CSR_WORDS).fill(0);
  const rowsAt = 4 * word.CSR_WORDS;
  const segmentsAt = rowsAt + 4 * rowTable.length;
  d[word.CSR_SITES] = columns.sites;
  d[word.CSR_SITE_ROWS] = planes.sites * rows.sites;
  d[word.CSR_ROW_CHANNELS] = siteChannels / plan.groups;
  d[word.CSR_COLUMN_CHANNELS] = placesPerGroup;
  d[word.CSR_ROWS_AT] = rowsAt;
  d[word.CSR_SEGMENTS_AT] = segmentsAt;
  d[word.CSR_SITES_AT] = segmentsAt + 4 * segments.length;
  d[word.CSR_TAPS] = columnAxis.kernel;
  d[word.CSR_STRIDE] = columnAxis.stride;
  d[word.CSR_DILATION] = columnAxis.dilation;
  d[word.CSR_PAD] = columnAxis.padBegin;
  d[word.CSR_PLACE_AREA] = planes.places * rows.places * columns.places;
  d[word.CSR_KERNEL_AREA] = plan.kernelArea;
  d[word.CSR_CHANNEL_ENTRIES] = entries / siteChannels;
  d[word.CSR_ROW_ENTRIES] = before;
  return {
    words: Int32Array.from([...d, ...rowTable, ...segments, ...siteTable]),
    tasks: siteChannels * planes.sites * rows.sites,
    scratchBytes: (placesPerGroup * plan.kernelArea + 24) * 12,
  };
}

/** Addresses within the tables, for tables that stand at `at`. */
export function moveTables({ words }: MatrixTables, at: number): void {
  for (const index of [word.CSR_ROWS_AT, word.CSR_SEGMENTS_AT, word.CSR_SITES_AT]) words[index] += at;
}

/** About 30 µs of multiply-adds. */
const TASK_ENTRIES = 65_536;

/** One product: `from` and `to` are addresses; the transposed one adds into `to`. */
export function performProduct(matrix: KeptMatrix, transposed: boolean, from: number, to: number, buffer: SharedArrayBuffer, at: number, perform: Perform): void {
  const words = new Uint32Array(buffer, at, word.PRODUCT_WORDS);
  const taskRows = Math.max(1, Math.floor((TASK_ENTRIES * matrix.rows) / Math.max(1, matrix.values.length)));
  words[word.PRODUCT_POINTERS_AT] = matrix.rowPointers.byteOffset;
  words[word.PRODUCT_COLUMNS_AT] = matrix.columnIndices.byteOffset;
  words[word.PRODUCT_VALUES_AT] = matrix.values.byteOffset;
  words[word.PRODUCT_FROM_AT] = from;
  words[word.PRODUCT_TO_AT] = to;
  words[word.PRODUCT_ROWS] = matrix.rows;
  words[word.PRODUCT_TASK_ROWS] = taskRows;
  perform(transposed ? 'productTransposed' : 'product', at, Math.ceil(matrix.rows / taskRows));
}
