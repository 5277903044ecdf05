import {
  type Common,
  convolution,
  type Crop,
  cropOf,
  extentOf,
  refused,
  samePadding,
  transposed,
  type Translation,
} from './translation';

/** Of `keras.layers.Conv{1,2,3}DTranspose`; one entry per spatial axis. */
export interface KerasTransposeCall {
  readonly padding: 'valid' | 'same';
  readonly strides: readonly number[];
  readonly dilationRate: readonly number[];
  readonly outputPadding?: readonly number[];
}

/**
 * Sizes: valid `(i−1)s + max(K,s)`, same `i·s`; with output padding valid `(i−1)s + K + op`, same `(i−1)s + (K mod 2) +
 * op`. Which part of the uncropped output that is follows Keras's own
 * `_convert_conv_transpose_padding_args_from_keras_to_jax` (keras/src/backend/common/backend_utils.py, 3.15), which its
 * torch backend reproduces by slicing.
 */
export function kerasTranspose(call: KerasTransposeCall, kernel: readonly number[]): Translation {
  const { padding, strides: stride, dilationRate: dilation, outputPadding } = call;
  const large = outputPadding?.findIndex((added, axis) => added >= stride[axis]) ?? -1;
  if (outputPadding && large >= 0) {
    return refused(
      'outputPadding',
      'output-padding-large',
      'Keras’s output padding ({0}) must be smaller than the stride ({1}).',
      [outputPadding[large], stride[large]],
      `\`output_padding\` must be strictly less than \`strides\` for all dimensions. At dimension ${large}, \`output_padding\` is ${outputPadding[large]} but \`strides\` is ${stride[large]}.`,
    );
  }
  if (Math.max(...stride) > 1 && Math.max(...dilation) > 1) {
    return refused(
      'dilation',
      'stride-and-dilation',
      'Keras’s transposed convolution takes a stride above 1 or a dilation above 1, not both.',
      [],
      '`strides > 1` not supported in conjunction with `dilation_rate > 1`.',
    );
  }
  const crops = kernel.map((size, axis) =>
    kerasCrop(padding, extentOf(size, dilation[axis]), stride[axis], outputPadding?.[axis]),
  );
  return transposed({ stride, dilation }, crops, 'keras-convtranspose');
}

/**
 * What one axis of a transposed layer crops and adds. Without output padding `same` gives `i·s`; what the kernel does
 * not cover is output padding.
 */
export function kerasCrop(padding: 'valid' | 'same', extent: number, stride: number, outputPadding?: number): Crop {
  if (padding === 'valid') return cropOf(0, -(outputPadding ?? Math.max(stride - extent, 0)));
  // Elements around the zero-inserted input, as JAX counts them; the crop is what they lack of `K − 1`.
  const around = outputPadding === undefined ? stride + extent - 2 : extent + (extent % 2) - 2 + outputPadding;
  const before = Math.min(Math.ceil(around / 2), extent - 1);
  return cropOf(extent - 1 - before, extent - 1 - (around - before));
}

/** Of `keras.layers.Conv{1,2,3}D`, and of the depthwise layers, whose groups are their channels. */
export interface KerasConvCall extends Omit<Common, 'stride' | 'dilation'> {
  /** `causal` is for one spatial axis only: all the padding before it. */
  readonly padding: 'valid' | 'same' | 'causal';
  readonly strides: readonly number[];
  readonly dilationRate: readonly number[];
}

/** Sizes: valid `⌊(i − K)/s⌋ + 1`, same and causal `⌈i/s⌉`. */
export function kerasConv(
  call: KerasConvCall,
  input: readonly number[],
  kernel: readonly number[],
  depthwise = false,
): Translation {
  const { padding, strides: stride, dilationRate: dilation, groups } = call;
  const paddings = input.map((size, axis): readonly [number, number] => {
    const extent = extentOf(kernel[axis], dilation[axis]);
    switch (padding) {
      case 'valid':
        return [0, 0];
      case 'causal':
        return [extent - 1, 0];
      case 'same':
        return samePadding(size, extent, stride[axis]);
      default: {
        const never: never = padding;
        return never;
      }
    }
  });
  return convolution({ stride, dilation, groups }, paddings, depthwise ? 'keras-depthwise' : 'keras-conv');
}
