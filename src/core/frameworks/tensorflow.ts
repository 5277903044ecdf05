import { cropOf, extentOf, refused, transposed, type Translation } from './translation';

/** Of `tf.nn.conv{1,2,3}d_transpose`; spatial entries only. */
export interface TensorflowTransposeCall {
  readonly outputShape: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'SAME' | 'VALID';
  readonly dilations?: readonly number[];
}

/**
 * The output size is the caller's to state; it must be one that the convolution takes to the input's size: SAME admits
 * `s(i−1)+1 … s·i`, VALID `s(i−1)+K … s·i+K−1`. The padding is that of this convolution.
 */
export function tensorflowTranspose(
  call: TensorflowTransposeCall,
  input: readonly number[],
  kernel: readonly number[],
): Translation {
  const { outputShape, strides: stride, padding } = call;
  const dilation = call.dilations ?? stride.map(() => 1);
  const extents = kernel.map((size, axis) => extentOf(size, dilation[axis]));
  const least = input.map((size, axis) => stride[axis] * (size - 1) + (padding === 'SAME' ? 1 : extents[axis]));
  const wrong = outputShape.findIndex((size, axis) => size < least[axis] || size > least[axis] + stride[axis] - 1);
  if (wrong >= 0) {
    return refused('outputPadding', 'output-shape', 'The output shape has {0} where {1} padding admits {2} to {3}.', [
      outputShape[wrong],
      padding,
      least[wrong],
      least[wrong] + stride[wrong] - 1,
    ]);
  }
  const crops = outputShape.map((size, axis) => {
    const uncropped = stride[axis] * (input[axis] - 1) + extents[axis];
    const begin = padding === 'SAME' ? Math.floor(Math.max(uncropped - size, 0) / 2) : 0;
    return cropOf(begin, uncropped - size - begin);
  });
  return transposed({ stride, dilation }, crops, 'keras-convtranspose');
}
