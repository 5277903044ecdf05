import { type AxisPlan, planAxis } from '../axis';
import type { Operation } from '../operation';

/**
 * What is being asked, with its parts named once for all rules. A question exists only where the ranks agree; nothing
 * else about it has been checked.
 */
export interface Question {
  readonly op: Operation;
  readonly conv: boolean;
  /** Number of spatial axes. */
  readonly rank: number;
  readonly groups: number;
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
  readonly biasShape?: readonly number[];
  readonly batch: number;
  readonly channels: number;
  readonly kernel: readonly number[];
  readonly axes: readonly AxisPlan[];
  /**
   * The input as PyTorch's convolution meets it, and speaks of it: always batched, and padded already where padding is
   * an operation of its own, which it is for every mode but zeros and for two different sides.
   */
  readonly metShape: readonly number[];
  /**
   * PyTorch answers an input without batch items or without channels with an empty tensor, before it looks at
   * dilation, output padding and kernel; so those rules do not hold for it.
   */
  readonly empty: boolean;
}

export function ask(
  op: Operation,
  inputShape: readonly number[],
  weightShape: readonly number[],
  biasShape?: readonly number[],
): Question {
  const rank = weightShape.length - 2;
  // Runs for every layer of every Python file that is read, so it copies no shapes.
  const from = inputShape.length - rank;
  const batch = from === 2 ? inputShape[0] : 1;
  const channels = inputShape[from - 1];
  const kernel = weightShape.slice(2);
  const axes = kernel.map((size, axis) => planAxis(op, axis, inputShape[from + axis], size));
  const conv = op.kind === 'conv';
  const padsApart =
    conv && ((op.paddingMode ?? 'zeros') !== 'zeros' || axes.some((axis) => axis.padBegin !== axis.padEnd));
  return {
    op,
    conv,
    rank,
    groups: op.groups ?? 1,
    inputShape,
    weightShape,
    biasShape,
    batch,
    channels,
    kernel,
    axes,
    metShape: [
      batch,
      channels,
      ...axes.map(({ input, padBegin, padEnd }) => (padsApart ? input + padBegin + padEnd : input)),
    ],
    empty: batch === 0 || channels === 0,
  };
}
