import type { Plan } from '../../core/plan';
import type { DenseShape } from './dense';
import * as word from './layout';
import { isWorthSharing, type Route } from './route';
import { writeTables } from './tables';

/**
 * The general route: write the padded fields of some images, where the input is not its own, then multiply; again for
 * the next images.
 */
export function denseRoute(plan: Plan, shape: DenseShape, memory: SharedArrayBuffer, tablesAt: number): Route {
  const tables = writeTables(plan, shape, memory, tablesAt);
  const dense = tables.dense / 4;
  const field = tables.field / 4;
  const pairs = shape.phases.length / shape.columns.phases.length;
  const perImage = plan.groups * pairs * shape.siteTasks * Math.ceil(shape.tiles / shape.taskTiles);
  return {
    packedBytes: shape.packedGroup * plan.groups,
    workBytes: shape.fieldBytes,
    isWorkField: !shape.isInPlace && shape.imagesAtOnce === plan.batch,
    scratchBytes: shape.scratchBytes,
    tasks: plan.batch * ((shape.isInPlace ? 0 : plan.inputChannels) + perImage),
    shared: isWorthSharing(plan),
    execute(addresses, buffer, perform) {
      const words = new Uint32Array(buffer);
      words[dense + word.PACKED_AT] = addresses.packed;
      words[dense + word.BIAS_AT] = addresses.bias;
      words[dense + word.FIELD_AT] = shape.isInPlace ? addresses.input : addresses.work;
      words[field + word.TARGET_AT] = addresses.work;
      if (addresses.fresh) {
        words[dense + word.WEIGHT_AT] = addresses.weight;
        perform('pack', tables.dense, plan.groups * shape.phases.length * shape.tiles);
      }
      for (let first = 0; first < plan.batch; first += shape.imagesAtOnce) {
        const images = Math.min(shape.imagesAtOnce, plan.batch - first);
        words[field + word.SOURCE_AT] = addresses.input + first * plan.inputChannels * plan.inputArea * shape.size;
        words[dense + word.OUTPUT_AT] = addresses.output + first * plan.outputChannels * plan.outputArea * shape.size;
        if (!shape.isInPlace && !addresses.isReady) perform('field', tables.field, images * plan.inputChannels);
        perform('dense', tables.dense, images * perImage);
      }
      return true;
    },
  };
}
