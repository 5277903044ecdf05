import { weightPlane } from '../../core/kernels/channels';
import type { Dtype } from '../../core/operation';
import type { Plan } from '../../core/plan';
import { bytesPerElement } from '../../core/tensor/tensor';
import type { JobName } from './instance';
import * as word from './layout';
import { type Floats, isWorthSharing, type Route } from './route';

/** Outputs of one task: some 50 µs of work, and its rows fit into L2. */
const TASK_OUTPUTS = 32_768;
/** Vector loads may run past the end of the row of zeros. */
const SLACK = 64;

/** A kernel that reads the input without a field, and the operations that it takes. */
interface Planar {
  readonly job: JobName;
  takes(plan: Plan, lanes: number): boolean;
  /** Rows of the lattice that tasks divide among them, and outputs per such row. */
  rows(plan: Plan): number;
  /**
   * Input rows that a thread keeps copies of; without them it reads the input where it stands, and a row of zeros
   * beside it.
   */
  scratchRows(plan: Plan): number;
  /** Packed weights, in elements; undefined where they are read as they are. */
  packed?: {
    count(plan: Plan): number;
    fill(plan: Plan, weight: Floats, to: Floats): void;
  };
}

const oneToOne = (plan: Plan): boolean => plan.inputPerGroup === 1 && plan.outputPerGroup === 1;
const undilated = (plan: Plan): boolean => plan.axes.every((axis) => axis.dilation === 1);

/** A row's margin holds it. */
const MOST_STENCIL_PADDING = 4;

const stencil: Planar = {
  job: 'stencil',
  scratchRows: () => 5,
  takes: (plan) =>
    plan.kind === 'conv' &&
    plan.rank === 2 &&
    plan.paddingMode === 'zeros' &&
    oneToOne(plan) &&
    undilated(plan) &&
    plan.axes.every(
      (axis) => axis.kernel === 3 && axis.stride === 1 && Math.max(axis.padBegin, axis.padEnd) <= MOST_STENCIL_PADDING,
    ),
  rows: (plan) => plan.axes[0].output,
};

/** Inputs of which a run is summed in one go: 16 × 4 taps stay far below a block of depth. */
const MOST_DOUBLED_INPUTS = 16;
const MOST_DOUBLED_OUTPUTS = 3;

const double: Planar = {
  job: 'double',
  scratchRows: (plan) => 2 * plan.inputPerGroup,
  // float32 alone: the float64 build of it would take the two wasm files past what they may weigh.
  takes: (plan, lanes) =>
    lanes === 4 &&
    plan.kind === 'convTranspose' &&
    plan.rank === 2 &&
    undilated(plan) &&
    plan.inputPerGroup <= MOST_DOUBLED_INPUTS &&
    plan.outputPerGroup <= MOST_DOUBLED_OUTPUTS &&
    plan.axes.every((axis) => axis.kernel <= 4 && axis.stride === 2),
  rows: ({ axes: [axis] }) => Math.floor((axis.output - 1 + axis.padBegin) / 2) - Math.floor(axis.padBegin / 2) + 1,
  packed: {
    // Every weight four times.
    count: (plan) => 64 * plan.inputPerGroup * plan.outputChannels,
    fill(plan, weight, to) {
      const [kernelRows, kernelColumns] = plan.axes.map((axis) => axis.kernel);
      const firstPhase = plan.axes[1].padBegin % 2;
      let at = 0;
      for (let output = 0; output < plan.outputChannels; output++) {
        const first = Math.floor(output / plan.outputPerGroup) * plan.inputPerGroup;
        for (let input = 0; input < plan.inputPerGroup; input++) {
          const base = weightPlane(plan, first + input, output) * plan.kernelArea;
          for (let index = 0; index < 16; index++, at += 4) {
            const row = (index & 1) + 2 * (index >> 3);
            const column = (((index >> 2) & 1) ^ firstPhase) + (index & 2);
            to.fill(
              row < kernelRows && column < kernelColumns ? weight[base + row * kernelColumns + column] : 0,
              at,
              at + 4,
            );
          }
        }
      }
    },
  },
};

const stretch: Planar = {
  job: 'stretch',
  scratchRows: () => 0,
  takes: (plan, lanes) =>
    plan.kind === 'convTranspose' &&
    plan.rank === 2 &&
    oneToOne(plan) &&
    undilated(plan) &&
    plan.axes[1].stride % lanes === 0 &&
    plan.axes.every((axis) => axis.kernel <= 2 * axis.stride),
  rows: (plan) => plan.axes[0].output,
  packed: {
    // A vector more than the weights: the kernel loads in pairs.
    count: (plan) => 4 * plan.axes[0].stride * plan.axes[1].stride * plan.groups + 4,
    fill(plan, weight, to) {
      const [rows, columns] = plan.axes;
      to.fill(0);
      for (let channel = 0; channel < plan.groups; channel++) {
        for (let row = 0; row < rows.kernel; row++) {
          const from = (channel * rows.kernel + row) * columns.kernel;
          to.set(weight.subarray(from, from + columns.kernel), (channel * 2 * rows.stride + row) * 2 * columns.stride);
        }
      }
    },
  },
};

const PLANARS = [stencil, double, stretch];

export function planarOf(plan: Plan, dtype: Dtype): Planar | undefined {
  return PLANARS.find((each) => each.takes(plan, 16 / bytesPerElement(dtype)));
}

export const PLANAR_TABLE_BYTES = 4 * word.PLANE_WORDS;

/** `floats` makes a view of wasm memory; the descriptor stands at `at`. */
export function planarRoute(
  plan: Plan,
  dtype: Dtype,
  planar: Planar,
  at: number,
  floats: (at: number, count: number) => Floats,
): Route {
  const size = bytesPerElement(dtype);
  const [rows, columns] = plan.axes;
  const latticeRows = planar.rows(plan);
  const perRow = Math.max(1, (plan.outputPerGroup * plan.outputArea) / latticeRows);
  // Rows are made in pairs by some, so a task has an even number of them.
  const taskRows = Math.min(2 * Math.ceil(latticeRows / 2), Math.max(2, 2 * Math.round(TASK_OUTPUTS / perRow / 2)));
  const tasks = Math.ceil(latticeRows / taskRows);
  // Between zeros, and as far as the last tile of outputs reads: a cropped or an extended output may end before or
  // after its input.
  const scratchPitch =
    64 * Math.ceil((Math.max(columns.input, columns.output / 2 + columns.padBegin) * size + 4 * SLACK) / 64);
  const scratchRows = planar.scratchRows(plan);
  const zeros = scratchRows > 0 ? 0 : columns.input * size + SLACK;
  const total = plan.batch * plan.groups * tasks;
  const packed = planar.packed;
  return {
    packedBytes: (packed?.count(plan) ?? 0) * size,
    workBytes: zeros,
    scratchBytes: 4 * SLACK + scratchRows * scratchPitch,
    tasks: total,
    shared: isWorthSharing(plan),
    execute(addresses, buffer, perform) {
      if (zeros > 0) new Uint8Array(buffer, addresses.work, zeros).fill(0);
      if (packed && addresses.fresh) {
        packed.fill(
          plan,
          floats(addresses.weight, plan.inputChannels * plan.outputPerGroup * plan.kernelArea),
          floats(addresses.packed, packed.count(plan)),
        );
      }
      const words = new Uint32Array(buffer, at, word.PLANE_WORDS);
      words[word.PLANE_INPUT_AT] = addresses.input;
      words[word.PLANE_WEIGHT_AT] = packed ? addresses.packed : addresses.weight;
      words[word.PLANE_BIAS_AT] = addresses.bias;
      words[word.PLANE_OUTPUT_AT] = addresses.output;
      words[word.PLANE_ZEROS_AT] = addresses.work;
      words[word.PLANE_INPUT_ROWS] = rows.input;
      words[word.PLANE_INPUT_COLUMNS] = columns.input;
      words[word.PLANE_OUTPUT_ROWS] = rows.output;
      words[word.PLANE_OUTPUT_COLUMNS] = columns.output;
      words[word.PLANE_ROW_PAD] = rows.padBegin;
      words[word.PLANE_COLUMN_PAD] = columns.padBegin;
      words[word.PLANE_KERNEL_ROWS] = rows.kernel;
      words[word.PLANE_KERNEL_COLUMNS] = columns.kernel;
      words[word.PLANE_ROW_STRIDE] = rows.stride;
      words[word.PLANE_COLUMN_STRIDE] = columns.stride;
      words[word.PLANE_INPUTS] = plan.inputPerGroup;
      words[word.PLANE_OUTPUTS] = plan.outputPerGroup;
      words[word.PLANE_GROUPS] = plan.groups;
      words[word.PLANE_TASK_ROWS] = taskRows;
      words[word.PLANE_TASKS] = tasks;
      words[word.PLANE_SCRATCH_PITCH] = scratchPitch;
      perform(planar.job, at, total);
      return true;
    },
  };
}
