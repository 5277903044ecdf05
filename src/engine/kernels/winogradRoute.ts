import type { Plan } from '../../core/plan';
import * as word from './layout';
import { isWorthSharing, type Route } from './route';
import { writeTables } from './tables';
import { SPREAD_DEPTH, type WinogradShape } from './winograd';

/** A word behind the packed weights: 1 where they are not fit for the transforms. */
const HEADER_BYTES = 64;

/** What a call takes besides its operands. */
export const winogradBytes = (
  plan: Plan,
  shape: WinogradShape,
): Pick<Route, 'packedBytes' | 'workBytes' | 'scratchBytes'> => ({
  packedBytes: shape.packedGroup * plan.groups + HEADER_BYTES,
  workBytes: shape.fieldBytes + shape.slabsAtOnce * shape.slabBytes,
  scratchBytes: shape.scratchBytes,
});

/**
 * Minimal filtering: write the padded fields of some images, then chunk by chunk transform the inputs of some slabs and
 * multiply. What it cannot do exactly enough (values that are not finite, uneven weights) it leaves to the dense route
 * by answering false.
 */
export function winogradRoute(plan: Plan, shape: WinogradShape, memory: SharedArrayBuffer, tablesAt: number): Route {
  const { points, depth, rows, columns, taskTiles, tiles, slabsAtOnce, slabBytes, spreadTasks } = shape;
  const kernelColumns = plan.axes[plan.axes.length - 1].kernel;
  let flagAt = 0;
  const tables = writeTables(plan, shape, memory, tablesAt, (put) => {
    const ramp = put(Uint32Array.from({ length: depth }, (_, k) => 32 * k));
    flagAt = put([0]);
    const words: number[] = [];
    words[word.POINTS] = points;
    words[word.TAP_PITCH] = rows.spacing * columns.siteStep * shape.residueColumns * shape.size;
    words[word.SPREAD_PITCH] = slabBytes;
    words[word.SPREAD_DEPTH] = SPREAD_DEPTH;
    words[word.SPREAD_TASKS] = spreadTasks;
    words[word.ROW_PHASES] = rows.phases.length;
    words[word.COLUMN_PHASES] = columns.phases.length;
    words[word.PACKED_PHASES] = shape.packedPhases;
    words[word.TAP_ROW_STEP] = rows.tapStep * kernelColumns;
    words[word.TAP_COLUMN_STEP] = columns.tapStep;
    words[word.FLAG_AT] = flagAt;
    words[word.TAPS] = plan.kernelArea;
    words[word.CHANNELS] = plan.inputPerGroup;
    words[word.CHANNEL_STEP] = plan.kind === 'conv' ? plan.kernelArea : plan.outputPerGroup * plan.kernelArea;
    return {
      records: shape.phases.map((phase) => {
        const { offsets, steps } = phase.tables();
        return [depth, ramp, phase.packed, put(steps), put(offsets)];
      }),
      words,
    };
  });
  const dense = tables.dense / 4;
  const field = tables.field / 4;
  const packedBytes = shape.packedGroup * plan.groups;
  const tileTasks = Math.ceil(tiles / taskTiles);
  const slabsPerImage = shape.slabs / shape.imagesAtOnce;
  return {
    ...winogradBytes(plan, shape),
    tasks: plan.batch * (plan.inputChannels + slabsPerImage * (spreadTasks + tileTasks)),
    shared: isWorthSharing(plan),
    execute(addresses, buffer, perform) {
      const words = new Uint32Array(buffer);
      const uneven = (addresses.packed + packedBytes) / 4;
      if (addresses.fresh) {
        words[uneven] = 0;
        words[dense + word.UNEVEN_AT] = 4 * uneven;
        words[dense + word.WEIGHT_AT] = addresses.weight;
        perform('winogradEven', tables.dense, plan.outputChannels);
      }
      if (words[uneven] === 1) return false;
      words[dense + word.PACKED_AT] = addresses.packed;
      words[dense + word.BIAS_AT] = addresses.bias;
      words[dense + word.FIELD_AT] = addresses.work;
      words[dense + word.SPREAD_AT] = addresses.work + shape.fieldBytes;
      words[field + word.TARGET_AT] = addresses.work;
      words[flagAt / 4] = 0;
      if (addresses.fresh) perform('winogradPack', tables.dense, plan.groups * shape.packedPhases * tiles);
      for (let first = 0; first < plan.batch; first += shape.imagesAtOnce) {
        const images = Math.min(shape.imagesAtOnce, plan.batch - first);
        words[field + word.SOURCE_AT] = addresses.input + first * plan.inputChannels * plan.inputArea * shape.size;
        words[dense + word.OUTPUT_AT] = addresses.output + first * plan.outputChannels * plan.outputArea * shape.size;
        perform('field', tables.field, images * plan.inputChannels);
        for (let slab = 0; slab < images * slabsPerImage; slab += slabsAtOnce) {
          const slabs = Math.min(slabsAtOnce, images * slabsPerImage - slab);
          words[dense + word.FIRST_SLAB] = slab;
          perform('winogradSpread', tables.dense, slabs * spreadTasks);
          perform('winograd', tables.dense, slabs * tileTasks);
          if (words[flagAt / 4] === 1) return false;
        }
      }
      return true;
    },
  };
}
