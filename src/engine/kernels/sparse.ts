import type { MatrixExtent } from '../../core/kernels/matrix';
import type { AxisPlan } from '../../core/axis';
import type { CsrMatrix } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { threeAxes } from '../../core/kernels/lattice';
import * as word from './layout';
import type { Floats, Perform } from './route';

/** C in the kernels' own memory, where products with it need no copy; it stays until it is released. */
export interface KeptMatrix extends CsrMatrix {
  readonly rowPointers: Uint32Array;
  readonly values: Floats;
  release(): void;
}

/**
 * The rows of C are sites: outputs of a convolution, inputs of a transposed one; its columns are the places at the
 * other end.
 */
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

/** How large C is, and the axes that its tables are made from. */
export interface MatrixShape extends Pick<MatrixExtent, 'rows' | 'columns' | 'entries'> {
  readonly axes: readonly SiteAxis[];
}

/**
 * The shape of C, where it can be stamped: undefined where padding reads inputs other than zeros, since several taps
 * may then read one input, and their entries are merged. `matrixExtent` would tell the same, but it enumerates what
 * every site meets (0.35 ms for 1024²).
 */
export function stampableShape(plan: Plan): MatrixShape | undefined {
  if (plan.paddingMode !== 'zeros') return undefined;
  const axes = threeAxes(plan).map((axis) => siteAxis(plan, axis));
  const [siteChannels, placesPerGroup] = plan.weightShape;
  const entries = axes.reduce((all, axis) => all * sum(axis.count), siteChannels * placesPerGroup);
  if (entries >= 2 ** 31) return undefined;
  const area = (of: (axis: SiteAxis) => number): number => axes.reduce((all, axis) => all * of(axis), 1);
  return {
    axes,
    entries,
    rows: siteChannels * area((axis) => axis.sites),
    columns: plan.groups * placesPerGroup * area((axis) => axis.places),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export interface MatrixTables {
  readonly words: Int32Array;
  readonly tasks: number;
  readonly scratchBytes: number;
}

/** The tables of wasm/csr.ts, the descriptor first; they are written where `moveTables` has been told. */
export function matrixTables(plan: Plan, { axes: [planes, rows, columns], entries }: MatrixShape): MatrixTables {
  const [planeAxis, rowAxis, columnAxis] = threeAxes(plan);
  const [siteChannels, placesPerGroup] = plan.weightShape;
  const siteRows = planes.sites * rows.sites;
  const rowTasks = siteChannels * siteRows;
  const rowsAt = word.CSR_WORDS;
  const segmentsAt = rowsAt + word.CSR_ROW_WORDS * siteRows;
  const sitesAt = segmentsAt + 2 * sum(planes.count) * sum(rows.count);
  // One array, filled in place: lists that grow, and their copies, took half a millisecond for a thousand rows of
  // sites.
  const d = new Int32Array(sitesAt + word.CSR_SITE_WORDS * columns.sites);
  let before = 0;
  for (let site = 0, at = sitesAt; site < columns.sites; site++) {
    d[at++] = columns.first[site];
    d[at++] = columns.count[site];
    d[at++] = before;
    before += columns.count[site];
  }
  let rowAt = rowsAt;
  let segmentAt = segmentsAt;
  let rowEntries = 0;
  for (let plane = 0; plane < planes.sites; plane++) {
    for (let row = 0; row < rows.sites; row++) {
      const count = planes.count[plane] * rows.count[row];
      d[rowAt++] = rowEntries;
      d[rowAt++] = (segmentAt - segmentsAt) / 2;
      d[rowAt++] = count;
      rowEntries += count * before;
      for (let tz = planes.first[plane]; tz < planes.first[plane] + planes.count[plane]; tz++) {
        const z = plane * planeAxis.stride + tz * planeAxis.dilation - planeAxis.padBegin;
        for (let ty = rows.first[row]; ty < rows.first[row] + rows.count[row]; ty++) {
          const y = row * rowAxis.stride + ty * rowAxis.dilation - rowAxis.padBegin;
          d[segmentAt++] = (z * rows.places + y) * columns.places;
          d[segmentAt++] = (tz * rowAxis.kernel + ty) * columnAxis.kernel;
        }
      }
    }
  }
  d[word.CSR_SITES] = columns.sites;
  d[word.CSR_SITE_ROWS] = siteRows;
  d[word.CSR_ROW_CHANNELS] = siteChannels / plan.groups;
  d[word.CSR_COLUMN_CHANNELS] = placesPerGroup;
  d[word.CSR_ROWS_AT] = 4 * rowsAt;
  d[word.CSR_SEGMENTS_AT] = 4 * segmentsAt;
  d[word.CSR_SITES_AT] = 4 * sitesAt;
  d[word.CSR_TAPS] = columnAxis.kernel;
  d[word.CSR_STRIDE] = columnAxis.stride;
  d[word.CSR_DILATION] = columnAxis.dilation;
  d[word.CSR_PAD] = columnAxis.padBegin;
  d[word.CSR_PLACE_AREA] = planes.places * rows.places * columns.places;
  d[word.CSR_KERNEL_AREA] = plan.kernelArea;
  d[word.CSR_CHANNEL_ENTRIES] = entries / siteChannels;
  d[word.CSR_ROW_ENTRIES] = before;
  d[word.CSR_FULL_FROM] = columns.count.indexOf(columnAxis.kernel);
  d[word.CSR_FULL_SITES] = columns.count.filter((count) => count === columnAxis.kernel).length;
  d[word.CSR_ROW_TASKS] = rowTasks;
  return {
    words: d,
    tasks: 3 * rowTasks,
    // Beyond the pattern, what vectors of it may read.
    scratchBytes: placesPerGroup * plan.kernelArea * 8 + 64,
  };
}

/** Addresses within the tables, for tables that stand at `at`. */
export function moveTables({ words }: MatrixTables, at: number): void {
  for (const index of [word.CSR_ROWS_AT, word.CSR_SEGMENTS_AT, word.CSR_SITES_AT]) words[index] += at;
}

/** About 30 µs of multiply-adds. */
const TASK_ENTRIES = 65_536;

/** One product: `from` and `to` are addresses; the transposed one adds into `to`. */
export function performProduct(
  matrix: KeptMatrix,
  transposed: boolean,
  from: number,
  to: number,
  buffer: SharedArrayBuffer,
  at: number,
  perform: Perform,
): void {
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
