/** One choice of the parameters that shape the kernel's window. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** `K = d(k−1)+1`. */
  readonly extent: number;
}

/** What `same` pads before and after an input of a convolution: the odd element goes after (TensorFlow's SAME). */
export function samePadding(input: number, { extent, stride }: Window): readonly [begin: number, end: number] {
  const total = Math.max(0, (Math.ceil(input / stride) - 1) * stride + extent - input);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/**
 * What `same` crops from a transposed convolution's full output, as Keras 3 does on its JAX and PyTorch backends: it speaks
 * of what is *left* of the flipped kernel's reach, `left = min(⌈total/2⌉, K−1)`, so the crop is `K−1−left`. A negative
 * end is output padding.
 */
export function sameCrop({ extent, stride }: Window, outputPadding?: number): readonly [begin: number, end: number] {
  const total = outputPadding === undefined ? stride + extent - 2 : extent + (extent % 2) - 2 + outputPadding;
  const left = Math.min(Math.ceil(total / 2), extent - 1);
  const end = extent - 1 - (total - left);
  return [extent - 1 - left, outputPadding === undefined ? Math.max(0, end) : end];
}
