import { sameCrop } from '../../../core/formulas';
import type { Problem } from '../../../core/problem';
import { type ConvAxis, convOutput, croppedAxis, paddedAxis, sameAxis, SIZES, type Window } from '../../sizes/axis';
import { print } from '../../sizes/print';
import { type Size, subtract } from '../../sizes/size';
import { outputRangeProblem } from './outputSizes';

/**
 * The size is the caller's to state; the padding is that of the convolution which takes it to the input's size. That of
 * VALID has none, and admits no size from which there would be anything to crop.
 */
export function tensorflowTransposedAxis(window: Window, output: Size): ConvAxis {
  const surplus = subtract(convOutput('convTranspose', paddedAxis(window, [0, 0])), output);
  return { ...croppedAxis(window, sameCrop(SIZES, surplus)), output };
}

/** SAME admits `(i − 1)s + 1 … i·s`, as if the kernel had one element; VALID `(i − 1)s + K … i·s + K − 1`. */
export function tensorflowProblem(
  axes: readonly ConvAxis[],
  padding: 'SAME' | 'VALID',
  wanted: readonly Size[],
): Problem | undefined {
  const sizes = axes.map(({ input, kernel, stride, dilation }, axis) => {
    const window = { input, kernel: padding === 'SAME' ? 1 : kernel, stride, dilation };
    const least = convOutput('convTranspose', paddedAxis(window, [0, 0]));
    return { asked: wanted[axis], beyond: subtract(wanted[axis], least), room: subtract(stride, 1) };
  });
  return outputRangeProblem(sizes, (axis) => {
    const window = { ...axes[axis], input: wanted[axis] };
    const computed = convOutput('conv', padding === 'SAME' ? sameAxis(window) : paddedAxis(window, [0, 0]));
    return `Size of out_backprop doesn't match computed: actual = ${print(axes[axis].input)}, computed = ${print(computed)}`;
  });
}
