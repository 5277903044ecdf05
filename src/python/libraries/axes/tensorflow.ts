import { sameCrop, type Sides } from '../../../core/formulas';
import type { Problem } from '../../../core/problem';
import {
  type ConvAxis,
  convOutput,
  croppedAxis,
  paddedAxis,
  sameAxis,
  sizedAxis,
  SIZES,
  type Window,
} from '../../sizes/axis';
import { print } from '../../sizes/print';
import { type Size, subtract } from '../../sizes/size';
import { outputRangeProblem } from './outputSizes';

type Pad = 'SAME' | 'VALID' | Sides<Size>;

/**
 * The size is the caller's to state; the padding is that of the convolution which takes it to the input's size. That of
 * VALID has none, and admits no size from which there would be anything to crop.
 */
export function tensorflowTransposedAxis(window: Window, pad: Pad, output: Size): ConvAxis {
  if (typeof pad !== 'string') return sizedAxis(paddedAxis(window, pad), output);
  const surplus = subtract(convOutput('convTranspose', paddedAxis(window, [0, 0])), output);
  return { ...croppedAxis(window, sameCrop(SIZES, surplus)), output };
}

/** SAME admits `(i − 1)s + 1 … i·s`, as if the kernel had one element; VALID `(i − 1)s + K … i·s + K − 1`. */
export function tensorflowProblem(
  axes: readonly ConvAxis[],
  padding: 'SAME' | 'VALID' | readonly Sides<Size>[],
  wanted: readonly Size[],
): Problem | undefined {
  const sizes = axes.map(({ input, kernel, stride, dilation }, axis) => {
    const window = { input, kernel: padding === 'SAME' ? 1 : kernel, stride, dilation };
    const sides = typeof padding === 'string' ? ([0, 0] as const) : padding[axis];
    const least = convOutput('convTranspose', paddedAxis(window, sides));
    return { asked: wanted[axis], beyond: subtract(wanted[axis], least), room: subtract(stride, 1) };
  });
  return outputRangeProblem(sizes, (axis) => {
    const window = { ...axes[axis], input: wanted[axis] };
    const computed = convOutput(
      'conv',
      padding === 'SAME' ? sameAxis(window) : paddedAxis(window, typeof padding === 'string' ? [0, 0] : padding[axis]),
    );
    return `Size of out_backprop doesn't match computed: actual = ${print(axes[axis].input)}, computed = ${print(computed)}`;
  });
}
