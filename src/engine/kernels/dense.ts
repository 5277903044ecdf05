import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { bytesPerElement } from '../../core/tensor/tensor';
import { chooseHeights, type Heights } from './heights';
import { type AxisLattice, axisLattice, canFold, threeAxes } from '../../core/kernels/lattice';
import * as word from './layout';

export const LINE = 64;
export const VECTOR = 16;
/** Sums that a task keeps: they must stay in L2 beside its share of the field and of the weights. */
export const SUMS_LIMIT = 192 * 1024;
/** About 0.15 ms of work: fine enough to share between threads and to stop between. */
export const TASK_MULTIPLY_ADDS = 4_000_000;
export const TASK_VECTORS = 16;
/** Fields of several images stand in memory together up to this many bytes. */
export const FIELD_LIMIT = 16 * 1024 * 1024;

interface Phase {
  readonly depth: number;
  readonly packed: number;
  /** Made when they are written to memory: thousands of numbers, of a shape that another one may turn out to beat. */
  tables(): {
    /** Byte offsets in the field of what site 0 reads: one per step of depth, or one per column of a tile. */
    readonly offsets: Uint32Array;
    readonly steps: Uint32Array;
  };
}

/** The geometry of one operation in the dense kernel's terms; addresses come later, when the memory is there. */
export interface DenseShape {
  readonly size: number;
  readonly planes: AxisLattice;
  readonly rows: AxisLattice;
  readonly columns: AxisLattice;
  readonly residueColumns: number;
  readonly channelPitch: number;
  readonly fieldImage: number;
  /** The input is its own field: it needs no padding and lies well in the cache. */
  readonly isInPlace: boolean;
  /** Images whose fields are in memory at once. */
  readonly imagesAtOnce: number;
  readonly fieldBytes: number;
  readonly height: number;
  readonly heights: Heights;
  readonly tiles: number;
  readonly taskTiles: number;
  readonly rowVectors: number;
  readonly taskVectors: number;
  readonly siteTasks: number;
  readonly phases: readonly Phase[];
  readonly packedGroup: number;
  readonly weightRows: Uint32Array;
  readonly tableBytes: number;
  readonly scratchBytes: number;
}

/** An odd number of cache lines, see wasm/field.ts. */
export const oddLines = (bytes: number): number => (Math.ceil(bytes / LINE) | 1) * LINE;

interface Pitches {
  readonly row: number;
  readonly channel: number;
  readonly rows: number;
  readonly residue: number;
}

/** Bytes after which lines fall into the same set of a first-level cache, and how many of them a set holds at least. */
const CACHE_PERIOD = 4096;
const CACHE_WAYS = 8;

/** How many lines so many bytes apart stay in the cache together. */
function linesKept(pitch: number): number {
  let [common, rest] = [CACHE_PERIOD, pitch];
  while (rest > 0) [common, rest] = [rest, common % rest];
  return (CACHE_WAYS * CACHE_PERIOD) / Math.max(LINE, common);
}

/**
 * Whether the tiles may read the input where it stands: no tap lies outside, and the lines of a block of depth, as far
 * apart as the channels are, stay in the cache from tile to tile. What is read only once need not stay.
 */
function readsInPlace(
  plan: Plan,
  size: number,
  lattices: readonly [AxisLattice, AxisLattice, AxisLattice],
  { sixes, fours, twos, ones }: Heights,
): boolean {
  const axes = threeAxes(plan);
  const isWhole = lattices.every(({ low, length }, at) => low === 0 && length === axes[at].input);
  if (!isWhole || lattices[2].siteStep > 1) return false;
  const taps = lattices.reduce((all, { phases }) => all * Math.max(...phases.map((phase) => phase.length)), 1);
  const phases = lattices.reduce((all, lattice) => all * lattice.phases.length, 1);
  const isReadOnce = taps === 1 && phases === 1 && sixes + fours === 0 && twos + ones === 1;
  return isReadOnce || Math.min(word.DEPTH_BLOCK, taps * plan.inputPerGroup) <= linesKept(plan.inputArea * size);
}

/** Every (plane, row, column) phase. A tile reads `columns` columns of the field, `spacing` apart; a plain site one. */
export function phasesOf(
  plan: Plan,
  size: number,
  pitches: Pitches,
  axes: readonly [AxisLattice, AxisLattice, AxisLattice],
  elements: number,
  tile = { columns: 1, spacing: 1 },
): Phase[] {
  const [planes, rows, columns] = axes;
  const [, kernelRows, kernelColumns] = threeAxes(plan).map((axis) => axis.kernel);
  const channelStep = plan.kind === 'conv' ? plan.kernelArea : plan.outputPerGroup * plan.kernelArea;
  const residues = columns.siteStep;
  const phases: Phase[] = [];
  let packed = 0;
  for (const inPlanes of planes.phases) {
    for (const inRows of rows.phases) {
      for (const inColumns of columns.phases) {
        const taps = inPlanes.flatMap((z) =>
          inRows.flatMap((y) =>
            inColumns.map((x) => ({
              offsets: Array.from({ length: tile.columns }, (_, column) => {
                const place = x.at + column * tile.spacing;
                return (
                  (z.at * pitches.rows + y.at) * pitches.row +
                  (place % residues) * pitches.residue +
                  Math.floor(place / residues) * size
                );
              }),
              step: (z.tap * kernelRows + y.tap) * kernelColumns + x.tap,
            })),
          ),
        );
        const depth = taps.length * plan.inputPerGroup;
        const tables: Phase['tables'] = () => {
          const offsets = new Uint32Array(depth * tile.columns);
          const steps = new Uint32Array(depth);
          for (let channel = 0, k = 0, o = 0; channel < plan.inputPerGroup; channel++) {
            for (const tap of taps) {
              for (const offset of tap.offsets) offsets[o++] = channel * pitches.channel + offset;
              steps[k++] = channel * channelStep + tap.step;
            }
          }
          return { offsets, steps };
        };
        phases.push({ depth, tables, packed });
        packed += depth * elements * size;
      }
    }
  }
  return phases;
}

/** Works out fields, phases, tiles and tasks; takes no memory. */
export function denseShape(plan: Plan, dtype: Dtype, withSixes: boolean): DenseShape {
  const size = bytesPerElement(dtype);
  const [planeAxis, rowAxis, columnAxis] = threeAxes(plan);
  const fold = [1, 2, 3, 5].includes(plan.outputPerGroup) && canFold(plan.kind, rowAxis);
  const planes = axisLattice(plan.kind, plan.paddingMode, planeAxis, false);
  const rows = axisLattice(plan.kind, plan.paddingMode, rowAxis, fold);
  const columns = axisLattice(plan.kind, plan.paddingMode, columnAxis, false);
  const foldBy = fold ? rowAxis.stride : 1;

  const residueColumns = Math.ceil(columns.length / columns.siteStep);
  const rowPitch = columns.siteStep * residueColumns * size;
  const height = plan.outputPerGroup * foldBy;
  const heights = chooseHeights(height, withSixes);
  const tiles = heights.sixes + heights.fours + heights.twos + heights.ones;
  const isInPlace = readsInPlace(plan, size, [planes, rows, columns], heights);
  const channelPitch = isInPlace ? plan.inputArea * size : oddLines(planes.length * rows.length * rowPitch);
  const fieldImage = plan.inputChannels * channelPitch;
  const imagesAtOnce = isInPlace ? plan.batch : Math.max(1, Math.min(plan.batch, Math.floor(FIELD_LIMIT / fieldImage)));
  const pitches = { row: rowPitch, channel: channelPitch, rows: rows.length, residue: residueColumns * size };
  const phases = phasesOf(plan, size, pitches, [planes, rows, columns], height);
  const weightRowStep = plan.kind === 'conv' ? plan.inputPerGroup * plan.kernelArea : plan.kernelArea;
  const weightRows = Uint32Array.from(
    { length: height },
    (_, row) => Math.floor(row / foldBy) * weightRowStep + (row % foldBy) * columnAxis.kernel,
  );

  const lanes = VECTOR / size;
  const rowVectors = Math.ceil(columns.sites / lanes);
  const vectors = planes.sites * rows.sites * rowVectors;
  const taskVectors = Math.min(height <= 4 ? 4 * TASK_VECTORS : TASK_VECTORS, Math.ceil(vectors / 4) * 4);
  const columnPhases = columns.phases.length;
  const depth = phases.reduce((most, phase) => Math.max(most, phase.depth), 1);
  const perTile = 6 * taskVectors * columnPhases;
  const byWork = Math.floor(TASK_MULTIPLY_ADDS / (perTile * lanes * depth));
  const bySums = Math.floor(SUMS_LIMIT / (perTile * VECTOR));
  const taskTiles = Math.max(1, Math.min(tiles, byWork, bySums));
  const tables = phases.reduce((all, phase) => all + 8 * phase.depth + 4 * word.PHASE_WORDS, 0);
  return {
    size,
    planes,
    rows,
    columns,
    residueColumns,
    channelPitch,
    fieldImage,
    isInPlace,
    imagesAtOnce,
    fieldBytes: isInPlace ? 0 : imagesAtOnce * fieldImage + LINE,
    height,
    heights,
    tiles,
    taskTiles,
    rowVectors,
    taskVectors,
    siteTasks: Math.ceil(vectors / taskVectors),
    phases,
    packedGroup: phases.reduce((all, phase) => all + phase.depth * height * size, 0),
    weightRows,
    tableBytes:
      tables +
      4 * (word.DENSE_WORDS + word.FIELD_WORDS + height + planes.length + rows.length + columns.length) +
      8 * LINE,
    scratchBytes: taskVectors * 4 + taskTiles * perTile * VECTOR + LINE,
  };
}
