import type { AxisPlan } from '../axis';
import { kernelExtent, NUMBERS } from '../formulas';
import { greatestCommonDivisor } from '../kernels/phases';
import type { Operation } from '../operation';
import type { Plan } from '../plan';
import { resolve } from '../plan';

/** An axis of the same transposed convolution with a kernel that its stride divides. */
export interface EvenAxis {
  readonly kernel: number;
  readonly dilation: number;
  readonly padBegin: number;
  readonly padEnd: number;
  readonly outputPadding: number;
  /** Tap `t` of the old kernel is tap `t·spread + offset` of the new one; all other taps are 0. */
  readonly spread: number;
  readonly offset: number;
}

/**
 * The smallest kernel of a transposed convolution's axis that reaches all remainders by the stride equally often, with
 * room in padding and output padding so that the output keeps its size *and its values*: the old taps stand where they
 * stood, the new ones are 0. That is always possible. Taps of a dilation that shares a factor with the stride are
 * written out, with zeros between them, since no number of them would reach all remainders.
 *
 * From `o = (i−1)s − p_begin − p_end + K + op` and from output `q = n·s + t·d − p_begin`: a tap that moves by `offset`
 * moves the padding at the beginning by `offset·d`.
 */
export function evenAxis(axis: AxisPlan): EvenAxis {
  const { kernel, stride, dilation, padBegin, padEnd, outputPadding, extent } = axis;
  const isShared = greatestCommonDivisor(stride, dilation) > 1;
  const spread = isShared ? dilation : 1;
  const nextDilation = isShared ? 1 : dilation;
  const taken = isShared ? extent : kernel;
  const first = Math.ceil(taken / stride) * stride;
  if (first === kernel && !isShared) return { kernel, dilation, spread, padBegin, padEnd, outputPadding, offset: 0 };
  // A kernel more is wanted only where output padding was legal by the dilation alone.
  for (let size = first; ; size += stride) {
    const way = placedIn(axis, { kernel: size, dilation: nextDilation, spread }, size - taken);
    if (way) return way;
  }
}

/**
 * Where the old taps stand in a kernel that has room for `spare` more, and the padding around them. Padding that
 * frameworks say in one number comes first: `p_begin + offset·d` at both sides, which leaves a remainder by `2d` to
 * output padding.
 */
function placedIn(
  { stride, input, output, padBegin }: AxisPlan,
  kernel: Pick<EvenAxis, 'kernel' | 'dilation' | 'spread'>,
  spare: number,
): EvenAxis | undefined {
  const { dilation } = kernel;
  const cut = (input - 1) * stride + kernelExtent(NUMBERS, kernel.kernel, dilation) - output;
  const legal = Math.max(stride, dilation);
  const least = Math.max(0, 2 * padBegin - cut);
  const even = least + NUMBERS.modulo(2 * padBegin - cut - least, 2 * dilation);
  const offset = (cut + even - 2 * padBegin) / (2 * dilation);
  if (even < legal && offset <= spare) {
    const padding = padBegin + offset * dilation;
    return { ...kernel, padBegin: padding, padEnd: padding, outputPadding: even, offset };
  }
  const outputPadding = Math.max(0, padBegin - cut);
  if (outputPadding >= legal) return undefined;
  return { ...kernel, padBegin, padEnd: cut + outputPadding - padBegin, outputPadding, offset: 0 };
}

/** The operation and the kernel's size of the cure, along all axes. */
export function evenOperation(plan: Plan): {
  readonly op: Operation;
  readonly axes: readonly EvenAxis[];
} {
  const axes = plan.axes.map(evenAxis);
  const symmetric = axes.every(({ padBegin, padEnd }) => padBegin === padEnd);
  return {
    axes,
    op: {
      kind: 'convTranspose',
      stride: plan.axes.map(({ stride }) => stride),
      dilation: axes.map(({ dilation }) => dilation),
      padding: symmetric
        ? axes.map(({ padBegin }) => padBegin)
        : axes.map(({ padBegin, padEnd }) => [padBegin, padEnd] as const),
      outputPadding: axes.map(({ outputPadding }) => outputPadding),
      groups: plan.groups,
    },
  };
}

/** The plan of the cure. */
export function evenPlan(plan: Plan): Plan {
  const { op, axes } = evenOperation(plan);
  const weight = [...plan.weightShape.slice(0, 2), ...axes.map(({ kernel }) => kernel)];
  const resolution = resolve(op, plan.inputShape, weight);
  if (!resolution.ok) throw new Error(resolution.problems[0].message);
  return resolution.plan;
}
