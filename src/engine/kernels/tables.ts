import type { Plan } from '../../core/plan';
import type { DenseShape } from './dense';
import { fieldMap, threeAxes } from '../../core/kernels/lattice';
import * as word from './layout';

/** Where the tables of a shape stand in memory. */
export interface DenseTables {
  readonly dense: number;
  readonly field: number;
}

type Put = (values: ArrayLike<number>) => number;

/**
 * What a descriptor that begins with the dense product's has besides: the records of its phases, and words by their
 * index.
 */
type Extend = (put: Put) => { readonly records: readonly (readonly number[])[]; readonly words: readonly number[] };

/** Writes descriptor and tables at `base`, `tableBytes` long; what changes with every call is patched in later. */
export function writeTables(
  plan: Plan,
  shape: DenseShape,
  memory: ArrayBufferLike,
  base: number,
  extend?: Extend,
): DenseTables {
  let next = base;
  const put: Put = (values) => {
    const at = next;
    new Int32Array(memory, at, values.length).set(values);
    next += 4 * values.length;
    return at;
  };
  const { planes, rows, columns, heights, size } = shape;
  const [planeAxis, rowAxis, columnAxis] = threeAxes(plan);
  const mode = plan.paddingMode;
  const columnMap = fieldMap(mode, columnAxis, columns);
  const copyFrom = Math.max(0, -columns.low);
  const copyTo = Math.min(columns.length, columnAxis.input - columns.low);

  const field = new Int32Array(word.FIELD_WORDS);
  field[word.SOURCE_CHANNEL_PITCH] = plan.inputArea * size;
  field[word.SOURCE_ROWS] = rowAxis.input;
  field[word.SOURCE_COLUMNS] = columnAxis.input;
  field[word.TARGET_CHANNEL_PITCH] = shape.channelPitch;
  field[word.TARGET_PLANES] = planes.length;
  field[word.TARGET_ROWS] = rows.length;
  field[word.TARGET_COLUMNS] = columns.length;
  field[word.RESIDUES] = columns.siteStep;
  field[word.RESIDUE_COLUMNS] = shape.residueColumns;
  field[word.PLANE_MAP_AT] = put(fieldMap(mode, planeAxis, planes));
  field[word.ROW_MAP_AT] = put(fieldMap(mode, rowAxis, rows));
  field[word.COLUMN_MAP_AT] = put(columnMap);
  field[word.COPY_FROM] = Math.min(copyFrom, columns.length);
  field[word.COPY_TO] = Math.max(copyTo, field[word.COPY_FROM]);
  field[word.COPY_SOURCE] = copyFrom + columns.low;

  const rowPitch = columns.siteStep * shape.residueColumns * size;
  const { records, words } = extend?.(put) ?? {
    records: shape.phases.map((phase) => {
      const { offsets, steps } = phase.tables();
      return [phase.depth, put(offsets), phase.packed, put(steps)];
    }),
    words: [],
  };
  const dense = new Int32Array(Math.max(word.DENSE_WORDS, words.length));
  words.forEach((value, index) => {
    dense[index] = value;
  });
  dense[word.FIELD_IMAGE_PITCH] = shape.fieldImage;
  dense[word.FIELD_GROUP_PITCH] = plan.inputPerGroup * shape.channelPitch;
  dense[word.FIELD_PLANE_PITCH] = planes.siteStep * rows.length * rowPitch;
  dense[word.FIELD_ROW_PITCH] = rows.siteStep * rowPitch;
  dense[word.PACKED_GROUP_PITCH] = shape.packedGroup;
  dense[word.OUTPUT_IMAGE_PITCH] = plan.outputChannels * plan.outputArea * size;
  dense[word.OUTPUT_CHANNEL_PITCH] = plan.outputArea * size;
  dense[word.OUTPUT_PLANES] = planeAxis.output;
  dense[word.OUTPUT_ROWS] = rowAxis.output;
  dense[word.OUTPUT_COLUMNS] = columnAxis.output;
  dense[word.PLANE_STEP] = planes.step;
  dense[word.ROW_STEP] = rows.step;
  dense[word.COLUMN_STEP] = columns.step;
  dense[word.ROW_CROP] = rows.crop;
  dense[word.SITE_PLANES] = planes.sites;
  dense[word.SITE_ROWS] = rows.sites;
  dense[word.ROW_VECTORS] = shape.rowVectors;
  dense[word.FOLD] = rows.folded ? rows.step : 1;
  dense[word.HEIGHT] = shape.height;
  dense[word.SIXES] = heights.sixes;
  dense[word.FOURS] = heights.fours;
  dense[word.TWOS] = heights.twos;
  dense[word.TILES] = shape.tiles;
  dense[word.TASK_TILES] = shape.taskTiles;
  dense[word.TILE_TASKS] = Math.ceil(shape.tiles / shape.taskTiles);
  dense[word.TASK_VECTORS] = shape.taskVectors;
  dense[word.SITE_TASKS] = shape.siteTasks;
  dense[word.GROUPS] = plan.groups;
  dense[word.PHASE_PAIRS] = planes.phases.length * rows.phases.length;
  dense[word.WEIGHT_GROUP_PITCH] =
    (plan.kind === 'conv' ? plan.outputPerGroup : plan.inputPerGroup) *
    (plan.kind === 'conv' ? plan.inputPerGroup : plan.outputPerGroup) *
    plan.kernelArea *
    size;
  dense[word.WEIGHT_ROWS_AT] = put(shape.weightRows);
  dense[word.PHASES_AT] = put(records.flat());
  return { dense: put(dense), field: put(field) };
}
