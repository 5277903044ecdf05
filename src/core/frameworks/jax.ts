import { type Crop, cropOf, extentOf, refused, transposed, type Translation } from './translation';

/** `SAME`, `VALID`, or `[before, after]` for every spatial axis. */
export type JaxPadding = 'SAME' | 'VALID' | readonly (readonly [before: number, after: number])[];

/** Of `jax.lax.conv_transpose`; spatial entries only. */
export interface JaxTransposeCall {
  readonly strides: readonly number[];
  readonly padding: JaxPadding;
  readonly rhsDilation?: readonly number[];
  /** By default the impulse response is the *mirrored* kernel. */
  readonly transposeKernel?: boolean;
  /**
   * By default explicit numbers pad the *dilated input*; with this they crop the output, as the strings and PyTorch do.
   */
  readonly useConsistentPadding?: boolean;
}

/**
 * Sizes: SAME `i·s`, VALID `i·s + max(K−s, 0)`, explicit `(i−1)s + 2 + a + b − K`, or consistent `(i−1)s + K − a − b`.
 * After `_conv_transpose_padding` of jax/_src/lax/convolution.py, 0.10.
 */
export function jaxTranspose(call: JaxTransposeCall, kernel: readonly number[]): Translation {
  const { strides: stride, padding } = call;
  const dilation = call.rhsDilation ?? stride.map(() => 1);
  const crops = kernel.map((size, axis): Crop => {
    const extent = extentOf(size, dilation[axis]);
    if (padding === 'VALID') return cropOf(0, -Math.max(stride[axis] - extent, 0));
    if (padding === 'SAME') return sameCrop(extent, stride[axis]);
    const [before, after] = padding[axis];
    return call.useConsistentPadding ? cropOf(before, after) : cropOf(extent - 1 - before, extent - 1 - after);
  });
  return transposed({ stride, dilation }, crops, call.transposeKernel ? 'keras-convtranspose' : 'jax-convtranspose');
}

function sameCrop(extent: number, stride: number): Crop {
  const around = extent + stride - 2;
  const before = stride > extent - 1 ? extent - 1 : Math.ceil(around / 2);
  return cropOf(extent - 1 - before, extent - 1 - (around - before));
}

/** Of `flax.linen.ConvTranspose`. A number stands for both sides of every axis, and goes to lax as it is. */
export interface FlaxTransposeCall extends Omit<JaxTransposeCall, 'padding' | 'rhsDilation' | 'useConsistentPadding'> {
  /** `SAME` unless given. */
  readonly padding?: JaxPadding | 'CIRCULAR' | number;
  readonly kernelDilation?: readonly number[];
}

export function flaxTranspose(call: FlaxTransposeCall, kernel: readonly number[]): Translation {
  const { padding = 'SAME', kernelDilation: rhsDilation, ...rest } = call;
  if (padding === 'CIRCULAR') {
    return refused(
      'paddingMode',
      'circular-transpose',
      'PyTorch’s transposed convolution cannot wrap its output around, as Flax’s CIRCULAR does.',
    );
  }
  const explicit = typeof padding === 'number' ? kernel.map((): [number, number] => [padding, padding]) : padding;
  return jaxTranspose({ ...rest, padding: explicit, rhsDilation }, kernel);
}
