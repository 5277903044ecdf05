import { add, floorDivide, multiply, type Size, subtract } from './size';

export type ConvKind = 'conv' | 'convTranspose';

/** Where a tensor keeps its channels: behind the batch, or last. */
export type Layout = 'first' | 'last';

/** One spatial axis with its padding worked out for its input. */
export interface ConvAxis {
  readonly input: Size;
  readonly kernel: Size;
  readonly stride: Size;
  readonly dilation: Size;
  readonly padBegin: Size;
  readonly padEnd: Size;
  readonly outputPadding: Size;
  /** Where the framework's own rule says otherwise than the canonical formula. */
  readonly output?: Size;
}

/** `o = ⌊(i + p₀ + p₁ − d(k − 1) − 1)/s⌋ + 1`, transposed `o = (i − 1)s − p₀ − p₁ + d(k − 1) + op + 1`. */
export function convOutput(kind: ConvKind, axis: ConvAxis): Size {
  if (axis.output !== undefined) return axis.output;
  const reach = multiply(axis.dilation, subtract(axis.kernel, 1));
  const padding = add(axis.padBegin, axis.padEnd);
  if (kind === 'conv') return add(floorDivide(subtract(add(axis.input, padding), add(reach, 1)), axis.stride), 1);
  return add(add(multiply(subtract(axis.input, 1), axis.stride), subtract(reach, padding)), add(axis.outputPadding, 1));
}
