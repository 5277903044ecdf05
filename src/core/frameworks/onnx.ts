import { type Common, convolution, type Crop, extentOf, refused, transposed, type Translation } from './translation';

export type AutoPad = 'NOTSET' | 'SAME_UPPER' | 'SAME_LOWER' | 'VALID';

/** Attributes that `Conv` and `ConvTranspose` share; spatial entries, `pads` as all begins and then all ends. */
export interface OnnxConvCall extends Omit<Common, 'stride' | 'dilation' | 'groups'> {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly group?: number;
  readonly pads?: readonly number[];
  readonly autoPad?: AutoPad;
}

export interface OnnxTransposeCall extends OnnxConvCall {
  readonly outputPadding?: readonly number[];
  readonly outputShape?: readonly number[];
}

/** SAME_UPPER gives the odd element to the end, SAME_LOWER to the begin; each axis has `⌈i/s⌉` outputs. */
export function onnxConv(call: OnnxConvCall, input: readonly number[], kernel: readonly number[]): Translation {
  const { strides: stride, dilations: dilation, group: groups, pads, autoPad = 'NOTSET' } = call;
  const padding = input.map((size, axis): readonly [number, number] => {
    switch (autoPad) {
      case 'NOTSET':
        return [pads?.[axis] ?? 0, pads?.[axis + input.length] ?? 0];
      case 'VALID':
        return [0, 0];
      case 'SAME_UPPER':
      case 'SAME_LOWER': {
        const extent = extentOf(kernel[axis], dilation[axis]);
        const total = Math.max((Math.ceil(size / stride[axis]) - 1) * stride[axis] + extent - size, 0);
        const begin = autoPad === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
        return [begin, total - begin];
      }
      default: {
        const never: never = autoPad;
        return never;
      }
    }
  });
  return convolution({ stride, dilation, groups }, padding, 'torch-conv');
}

/**
 * `o = s(i−1) + op + K − p_begin − p_end`. When the output's shape is given, or asked to be `i·s` by SAME, the total
 * padding is what that leaves over, but never less than none: where `K + op < s` the specification says `i·s`, shape
 * inference and ONNX Runtime give `s(i−1) + K + op`, and so does this. SAME_UPPER gives the odd element to the end, all
 * else to the begin.
 */
export function onnxTranspose(
  call: OnnxTransposeCall,
  input: readonly number[],
  kernel: readonly number[],
): Translation {
  const {
    strides: stride,
    dilations: dilation,
    group: groups,
    pads,
    autoPad = 'NOTSET',
    outputPadding,
    outputShape,
  } = call;
  const large = outputPadding?.findIndex((added, axis) => added >= Math.max(stride[axis], dilation[axis])) ?? -1;
  if (outputPadding && large >= 0) {
    return refused(
      'outputPadding',
      'output-padding-large',
      'Output padding {0} must be smaller than the stride ({1}) or the dilation ({2}).',
      [outputPadding[large], stride[large], dilation[large]],
      `output_padding[${large}] (${outputPadding[large]}) must be less than max(stride, dilation) (${Math.max(stride[large], dilation[large])})`,
    );
  }
  const crops = input.map((size, axis): Crop => {
    const added = outputPadding?.[axis] ?? 0;
    const uncropped = stride[axis] * (size - 1) + extentOf(kernel[axis], dilation[axis]);
    if (outputShape === undefined && (autoPad === 'NOTSET' || autoPad === 'VALID')) {
      const begin = autoPad === 'VALID' ? 0 : (pads?.[axis] ?? 0);
      const end = autoPad === 'VALID' ? 0 : (pads?.[axis + input.length] ?? 0);
      return { begin, end, outputPadding: added };
    }
    const wanted = outputShape?.[axis] ?? size * stride[axis];
    const total = Math.max(uncropped + added - wanted, 0);
    const begin = autoPad === 'SAME_UPPER' ? Math.floor(total / 2) : Math.ceil(total / 2);
    return { begin, end: total - begin, outputPadding: added };
  });
  return transposed({ stride, dilation, groups }, crops, 'torch-convtranspose');
}
