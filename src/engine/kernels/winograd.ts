import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import {
  type DenseShape,
  FIELD_LIMIT,
  LINE,
  oddLines,
  phasesOf,
  SUMS_LIMIT,
  TASK_MULTIPLY_ADDS,
  TASK_VECTORS,
  VECTOR,
} from './dense';
import { chooseHeights, heightsCost } from './heights';
import { axisLattice, threeAxes } from '../../core/kernels/lattice';
import * as word from './layout';
import { type TileAxis, tileAxis } from './tileAxis';

const SIZE = 4;
const LANES = VECTOR / SIZE;
/**
 * Bytes of the transformed inputs of a slab, and of a chunk of slabs. A slab of half a megabyte would stay in L2, but
 * its few tiles would read the weights too often (docs/decisions/0007).
 */
const SLAB_LIMIT = 2 * 1024 * 1024;
const CHUNK_LIMIT = 2 * 1024 * 1024;
/** Steps of depth that a task transforms. */
export const SPREAD_DEPTH = 32;
/**
 * With fewer channels the transforms cost as much as they save, and what they round shows, because it is not summed
 * over many products.
 */
const LEAST_CHANNELS = 16;

export interface WinogradShape extends DenseShape {
  readonly rows: TileAxis;
  readonly columns: TileAxis;
  /** Per axis. */
  readonly points: number;
  readonly depth: number;
  readonly packedPhases: number;
  readonly slabs: number;
  readonly slabsAtOnce: number;
  readonly slabBytes: number;
  readonly spreadTasks: number;
}

/**
 * What transforming and gathering one point of a vector of tiles takes, counted in multiply-adds of a vector (half a
 * cycle each). Measured on Zen 4.
 */
const SPREAD_COST = 5;
const GATHER_COST = 5;

/** How much less work than the dense product's it must be. */
const WORTH = 0.85;

/** Whether minimal filtering is the faster way; `direct` is the shape of the other. */
const isWorth = (shape: WinogradShape, direct: DenseShape): boolean => {
  const vectors = (of: DenseShape): number => of.planes.sites * of.rows.sites * of.rowVectors;
  const product =
    direct.phases.reduce((all, { depth }) => all + depth, 0) * heightsCost(direct.heights) * vectors(direct);
  const perPoint = shape.depth * (heightsCost(shape.heights) + SPREAD_COST) + shape.height * GATHER_COST;
  return shape.phases.length * shape.points ** 2 * perPoint * vectors(shape) < WORTH * product;
};

/**
 * Tiles, slabs and tasks; undefined where the operation has no such form or the direct product is as fast. Takes no
 * memory.
 */
export function winogradShape(
  plan: Plan,
  dtype: Dtype,
  withSixes: boolean,
  direct: DenseShape,
): WinogradShape | undefined {
  if (dtype !== 'float32' || plan.rank < 2 || Math.min(plan.inputPerGroup, plan.outputPerGroup) < LEAST_CHANNELS)
    return undefined;
  const [planeAxis, rowAxis, columnAxis] = threeAxes(plan);
  const planes = axisLattice(plan.kind, plan.paddingMode, planeAxis, false);
  const rows = tileAxis(plan.kind, rowAxis, 1);
  const columns = tileAxis(plan.kind, columnAxis, LANES);
  // All phases must be of one depth, so all plane phases must meet the same number of taps.
  if (
    !rows ||
    !columns ||
    rows.reach !== columns.reach ||
    planes.phases.some((phase) => phase.length !== planes.phases[0].length) ||
    planes.phases[0].length === 0
  )
    return undefined;

  const points = rows.reach + 1;
  const residueColumns = Math.ceil(columns.length / columns.siteStep);
  const rowPitch = columns.siteStep * residueColumns * SIZE;
  const channelPitch = oddLines(planes.length * rows.length * rowPitch);
  const fieldImage = plan.inputChannels * channelPitch;
  const imagesAtOnce = Math.max(1, Math.min(plan.batch, Math.floor(FIELD_LIMIT / fieldImage)));

  const height = plan.outputPerGroup;
  const heights = chooseHeights(height, withSixes);
  const tiles = heights.sixes + heights.fours + heights.twos + heights.ones;
  const pitches = { row: rowPitch, channel: channelPitch, rows: rows.length, residue: residueColumns * SIZE };
  const all = phasesOf(plan, SIZE, pitches, [planes, rows, columns], 0, { columns: points, spacing: columns.spacing });
  // Phases that dilation makes read the same weights.
  const packedPhases = plan.kind === 'convTranspose' && plan.axes.some((axis) => axis.stride > 1) ? all.length : 1;
  const [{ depth }] = all;
  const packedPhase = points ** 2 * ((depth * height * SIZE) | LINE);
  const phases = all.map((phase, index) => ({ ...phase, packed: packedPhases === 1 ? 0 : index * packedPhase }));

  const rowVectors = Math.ceil(columns.sites / LANES);
  const vectors = planes.sites * rows.sites * rowVectors;
  const perVector = columns.phases.length * points ** 2 * depth * VECTOR;
  const atATime = heights.sixes + heights.fours === tiles ? 2 : 4;
  const whole = (count: number): number => atATime * Math.ceil(count / atATime);
  const taskVectors = Math.min(TASK_VECTORS, whole(vectors), Math.max(atATime, whole(SLAB_LIMIT / perVector)));
  const perTile = 6 * taskVectors * columns.phases.length * points ** 2;
  const byWork = Math.floor(TASK_MULTIPLY_ADDS / (perTile * LANES * depth));
  const sums = 6 * taskVectors * VECTOR * (points ** 2 + 4 * columns.phases.length);
  const taskTiles = Math.max(1, Math.min(tiles, byWork, Math.floor(SUMS_LIMIT / sums)));
  const siteTasks = Math.ceil(vectors / taskVectors);
  const slabs = imagesAtOnce * plan.groups * planes.phases.length * rows.phases.length * siteTasks;
  const slabBytes = taskVectors * perVector + columns.phases.length * points ** 2 * LINE;
  const tables = phases.reduce(
    (bytes, phase) => bytes + 4 * (phase.depth * (points + 1) + word.WINOGRAD_PHASE_WORDS),
    4 * depth,
  );
  const shape: WinogradShape = {
    size: SIZE,
    planes,
    rows,
    columns,
    residueColumns,
    channelPitch,
    fieldImage,
    isInPlace: false,
    imagesAtOnce,
    fieldBytes: imagesAtOnce * fieldImage + LINE,
    height,
    heights,
    tiles,
    taskTiles,
    rowVectors,
    taskVectors,
    siteTasks,
    phases,
    packedGroup: packedPhases * packedPhase,
    weightRows: Uint32Array.from(
      { length: height },
      (_, row) => row * (plan.kind === 'conv' ? plan.inputPerGroup : 1) * plan.kernelArea,
    ),
    tableBytes:
      tables +
      4 * (word.WINOGRAD_WORDS + word.FIELD_WORDS + height + planes.length + rows.length + columns.length) +
      8 * LINE,
    scratchBytes:
      (taskVectors + 4) * 4 +
      Math.max(256, 4 * plan.kernelArea, taskTiles * sums + (points ** 2 + 4 * columns.phases.length) * LINE) +
      LINE,
    points,
    depth,
    packedPhases,
    slabs,
    slabBytes,
    slabsAtOnce: Math.min(slabs, Math.max(1, Math.floor(CHUNK_LIMIT / slabBytes))),
    spreadTasks: Math.ceil(depth / SPREAD_DEPTH),
  };
  return isWorth(shape, direct) ? shape : undefined;
}
