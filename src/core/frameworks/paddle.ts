import { type Crop, extentOf, refused, samePadding, transposed, type Translation } from './translation';

/** Of `paddle.nn.Conv{1,2,3}DTranspose`; spatial entries only. */
export interface PaddleTransposeCall {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly groups?: number;
  /** A word, or one number per axis, or begin and end of every axis in turn. */
  readonly padding: 'SAME' | 'VALID' | readonly number[];
  readonly outputPadding?: readonly number[];
  /** At call time; excludes output padding. */
  readonly outputSize?: readonly number[];
}

/** As PyTorch, but that `output_size` may be any of `H' … H' + s − 1` and that padding has more forms. */
export function paddleTranspose(
  call: PaddleTransposeCall,
  input: readonly number[],
  kernel: readonly number[],
): Translation {
  const { stride, groups, padding, outputPadding, outputSize } = call;
  // With SAME Paddle sets every dilation to 1, whatever was asked (paddle/phi/kernels/cpu/conv_util.h).
  const dilation = padding === 'SAME' ? stride.map(() => 1) : call.dilation;
  if (outputPadding?.some((added) => added > 0) && outputSize) {
    const framework = 'output_padding option is mutually exclusive with output_size';
    return refused(
      'outputPadding',
      'output-size-and-padding',
      'Paddle takes output padding or an output size, not both.',
      [],
      framework,
    );
  }
  const sides = input.map((size, axis) => sidesOf(padding, axis, size, kernel[axis], stride[axis], input.length));
  const natural = input.map(
    (size, axis) =>
      (size - 1) * stride[axis] - sides[axis][0] - sides[axis][1] + extentOf(kernel[axis], dilation[axis]),
  );
  const wrong =
    outputSize?.findIndex((size, axis) => size < natural[axis] || size > natural[axis] + stride[axis] - 1) ?? -1;
  if (outputSize && wrong >= 0) {
    const most = natural[wrong] + stride[wrong] - 1;
    return refused('outputPadding', 'output-size', 'The output size is {0}; it must be from {1} to {2}.', [
      outputSize[wrong],
      natural[wrong],
      most,
    ]);
  }
  const crops = sides.map(([begin, end], axis): Crop => {
    return { begin, end, outputPadding: outputSize ? outputSize[axis] - natural[axis] : (outputPadding?.[axis] ?? 0) };
  });
  return transposed({ stride, dilation, groups }, crops, 'torch-convtranspose');
}

/** SAME is the padding with which a *convolution* of an input of this size keeps it, which is what Paddle crops. */
function sidesOf(
  padding: PaddleTransposeCall['padding'],
  axis: number,
  input: number,
  kernel: number,
  stride: number,
  rank: number,
): readonly [begin: number, end: number] {
  if (padding === 'VALID') return [0, 0];
  if (padding === 'SAME') return samePadding(input, kernel, stride);
  if (padding.length === 2 * rank) return [padding[2 * axis], padding[2 * axis + 1]];
  const both = padding[padding.length === 1 ? 0 : axis];
  return [both, both];
}
