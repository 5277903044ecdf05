import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { bytesPerElement } from '../../core/tensor/tensor';
import * as word from './layout';
import { isWorthSharing, type Route } from './route';

const BLOCK_BYTES = 128;
/** Some 20 µs of reading weights. */
const TASK_BYTES = 512 * 1024;

export const VECTOR_TABLE_BYTES = 4 * word.VECTOR_WORDS;

/** Inputs of one element whose stamps are not cropped: the output is as large as the kernel. */
export const isVector = (plan: Plan): boolean =>
  plan.kind === 'convTranspose' &&
  plan.inputArea === 1 &&
  plan.axes.every(
    (axis) => axis.padBegin === 0 && axis.output === axis.kernel && (axis.dilation === 1 || axis.kernel === 1),
  );

export function vectorRoute(plan: Plan, dtype: Dtype, at: number): Route {
  const size = bytesPerElement(dtype);
  const depth = plan.inputPerGroup;
  const outputs = plan.outputPerGroup * plan.outputArea;
  const blocks = Math.ceil((outputs * size) / BLOCK_BYTES);
  const taskBlocks = Math.max(1, Math.min(blocks, Math.floor(TASK_BYTES / (depth * BLOCK_BYTES))));
  const tasks = Math.ceil(blocks / taskBlocks);
  const total = plan.batch * plan.groups * tasks;
  return {
    packedBytes: plan.groups * blocks * depth * BLOCK_BYTES,
    workBytes: 0,
    scratchBytes: BLOCK_BYTES,
    tasks: total,
    shared: isWorthSharing(plan),
    execute(addresses, buffer, perform) {
      const words = new Uint32Array(buffer, at, word.VECTOR_WORDS);
      words[word.VECTOR_INPUT_AT] = addresses.input;
      words[word.VECTOR_WEIGHT_AT] = addresses.weight;
      words[word.VECTOR_PACKED_AT] = addresses.packed;
      words[word.VECTOR_BIAS_AT] = addresses.bias;
      words[word.VECTOR_OUTPUT_AT] = addresses.output;
      words[word.VECTOR_DEPTH] = depth;
      words[word.VECTOR_OUTPUTS] = outputs;
      words[word.VECTOR_AREA] = plan.outputArea;
      words[word.VECTOR_GROUPS] = plan.groups;
      words[word.VECTOR_BLOCKS] = blocks;
      words[word.VECTOR_TASK_BLOCKS] = taskBlocks;
      words[word.VECTOR_TASKS] = tasks;
      if (addresses.fresh) perform('vectorPack', at, plan.groups * blocks);
      perform('vector', at, total);
      return true;
    },
  };
}
