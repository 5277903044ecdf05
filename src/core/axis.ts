import { kernelExtent, NUMBERS, outputSize } from './formulas';
import type { Operation } from './operation';

/** Every derived number of one spatial axis. Sizes are in elements. */
export interface AxisPlan {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Transposed convolution: how much is cropped from the begin side of the output. */
  readonly padBegin: number;
  readonly padEnd: number;
  readonly outputPadding: number;
  /** `K`, the extent of the dilated kernel. */
  readonly extent: number;
  readonly output: number;
}

/** Padding of one axis as `[begin, end]`, whichever way it was stated. */
export function paddingOf(op: Operation, axis: number): readonly [begin: number, end: number] {
  const stated = op.padding[axis] ?? 0;
  return typeof stated === 'number' ? [stated, stated] : stated;
}

/** The plan of one axis, legal or not: the rules are looked at elsewhere. */
export function planAxis(op: Operation, axis: number, input: number, kernel: number): AxisPlan {
  const [padBegin, padEnd] = paddingOf(op, axis);
  const stride = op.stride[axis] ?? 1;
  const dilation = op.dilation[axis] ?? 1;
  const outputPadding = op.kind === 'convTranspose' ? (op.outputPadding?.[axis] ?? 0) : 0;
  const extent = kernelExtent(NUMBERS, kernel, dilation);
  const output = outputSize(NUMBERS, op.kind, { input, stride, padBegin, padEnd, outputPadding, extent });
  return { input, kernel, stride, dilation, padBegin, padEnd, outputPadding, extent, output };
}
