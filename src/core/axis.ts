import type { Kind, Operation } from './operation';

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
  /** `K = d(k−1)+1`, the extent of the dilated kernel. */
  readonly extent: number;
  readonly output: number;
}

/** Padding of one axis as `[begin, end]`, whichever way it was stated. */
export function paddingOf(op: Operation, axis: number): readonly [begin: number, end: number] {
  const stated = op.padding[axis] ?? 0;
  return typeof stated === 'number' ? [stated, stated] : stated;
}

/**
 * Output size of one axis.
 * conv: `⌊(i + p_begin + p_end − K) / s⌋ + 1`; convTranspose: `(i−1)s − p_begin − p_end + K + op`
 * (Dumoulin & Visin, "A guide to convolution arithmetic", 2016, relationships 8 and 14, with dilation and output
 * padding as in PyTorch's documentation of Conv2d and ConvTranspose2d).
 */
export function outputSize(kind: Kind, axis: Omit<AxisPlan, 'output'>): number {
  const { input, stride, padBegin, padEnd, extent, outputPadding } = axis;
  return kind === 'conv'
    ? Math.floor((input + padBegin + padEnd - extent) / stride) + 1
    : (input - 1) * stride - padBegin - padEnd + extent + outputPadding;
}

/** The plan of one axis, legal or not: the rules are looked at elsewhere. */
export function planAxis(op: Operation, axis: number, input: number, kernel: number): AxisPlan {
  const [padBegin, padEnd] = paddingOf(op, axis);
  const dilation = op.dilation[axis] ?? 1;
  const sized = {
    input,
    kernel,
    stride: op.stride[axis] ?? 1,
    dilation,
    padBegin,
    padEnd,
    outputPadding: op.kind === 'convTranspose' ? (op.outputPadding?.[axis] ?? 0) : 0,
    extent: dilation * (kernel - 1) + 1,
  };
  return { ...sized, output: outputSize(op.kind, sized) };
}
