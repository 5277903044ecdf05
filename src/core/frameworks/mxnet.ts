import { type Crop, extentOf, refused, transposed, type Translation } from './translation';

/** Of `mx.nd.Deconvolution`; spatial entries only. */
export interface MxnetTransposeCall {
  readonly stride: readonly number[];
  readonly dilate: readonly number[];
  readonly pad: readonly number[];
  readonly adj?: readonly number[];
  readonly numGroup?: number;
  /** Replaces `pad` and `adj`. */
  readonly targetShape?: readonly number[];
}

/**
 * `o = s(i−1) + K − 2p + adj`, `adj ≤ s−1`. With a target shape both sides are cut alike by `⌈total/2⌉` and the odd
 * element is given back at the end, so that the odd cut is at the begin. (MXNet 1.9,
 * src/operator/nn/deconvolution-inl.h, `InferPad`.)
 */
export function mxnetTranspose(
  call: MxnetTransposeCall,
  input: readonly number[],
  kernel: readonly number[],
): Translation {
  const { stride, dilate: dilation, pad, adj, numGroup: groups, targetShape } = call;
  const uncropped = input.map((size, axis) => stride[axis] * (size - 1) + extentOf(kernel[axis], dilation[axis]));
  const large = targetShape ? -1 : (adj?.findIndex((added, axis) => added >= stride[axis]) ?? -1);
  if (adj && large >= 0) {
    return refused(
      'outputPadding',
      'output-padding-large',
      'MXNet’s adj ({0}) must be smaller than the stride ({1}).',
      [adj[large], stride[large]],
    );
  }
  const tooLarge = targetShape?.findIndex((size, axis) => size > uncropped[axis]) ?? -1;
  if (targetShape && tooLarge >= 0) {
    return refused(
      'outputPadding',
      'output-shape',
      'The target shape has {0} where at most {1} can be made.',
      [targetShape[tooLarge], uncropped[tooLarge]],
      'too big target shape',
    );
  }
  const crops = input.map((_, axis): Crop => {
    if (!targetShape) return { begin: pad[axis], end: pad[axis], outputPadding: adj?.[axis] ?? 0 };
    const total = uncropped[axis] - targetShape[axis];
    return { begin: Math.ceil(total / 2), end: Math.floor(total / 2), outputPadding: 0 };
  });
  return transposed({ stride, dilation, groups }, crops, 'torch-convtranspose');
}
