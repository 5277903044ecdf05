import { neededPadding, type Sides } from '../../../core/formulas';
import type { Problem } from '../../../core/problem';
import { type ConvAxis, extentOf, paddedAxis, sameAxis, SIZES, type Window } from '../../sizes/axis';
import { print } from '../../sizes/print';
import { add, isKnown, type Size, subtract } from '../../sizes/size';
import { outputPaddingProblem, outputRangeProblem } from './outputSizes';

/**
 * With SAME every dilation is 1, whatever was asked (paddle/phi/kernels/cpu/conv_util.h, `UpdatePaddingAndDilation`).
 */
const sidesOf = (window: Window, padding: Sides<Size> | 'same'): ConvAxis =>
  padding === 'same' ? sameAxis({ ...window, dilation: 1 }) : paddedAxis(window, padding);

/**
 * Paddle rounds towards zero: an input that lacks less than a stride of the kernel's extent makes one output, as if
 * there were zeros behind it.
 */
export function paddleAxis(window: Window, padding: Sides<Size> | 'same'): ConvAxis {
  const axis = sidesOf(window, padding);
  const { input, stride, padBegin, padEnd } = axis;
  const needed = neededPadding(SIZES, { input, stride, extent: extentOf(axis) }, 1);
  const lacking = subtract(needed, add(padBegin, padEnd));
  const made = isKnown(lacking) && isKnown(stride) && lacking > 0 && lacking < stride;
  return made ? { ...axis, padEnd: add(padEnd, lacking) } : axis;
}

/** SAME crops what a *convolution* of the input would be padded by: 3 elements with k3 s2 become 5, not 6. */
export function paddleTransposedAxis(window: Window, padding: Sides<Size> | 'same', outputPadding: Size): ConvAxis {
  return { ...sidesOf(window, padding), outputPadding, output: undefined };
}

const LARGE_PADDING = 'output_padding of Op(ConvTransposeOp) should be less than either stride or dilation';

/**
 * An output size may be from the size without output padding, which it replaces, to `stride − 1` more. When it
 * computes, Paddle takes no output padding of the stride or more, against its own check; that is let pass.
 */
export function paddleProblem(axes: readonly ConvAxis[], outputSize: readonly Size[] | undefined): Problem | undefined {
  const added = axes.map((axis) => axis.outputPadding);
  if (!outputSize) return outputPaddingProblem(added, axes, () => LARGE_PADDING);
  const sizes = axes.map(({ stride }, axis) => ({
    asked: outputSize[axis],
    beyond: added[axis],
    room: subtract(stride, 1),
  }));
  return outputRangeProblem(sizes, (axis, asked) => {
    const least = subtract(outputSize[axis], added[axis]);
    const few = isKnown(added[axis]) && added[axis] < 0;
    return few
      ? `output_size of Op(ConvTransposeOp) should not be less than the inferred output size. But received output_size = [${asked}], whose dim ${axis} is less than the inferred output size [${print(least)}]`
      : `output_size of Op(ConvTransposeOp) should be less than inferred size + stride. But received output_size = [${asked}], whose dim ${axis} is not less than the inferred output size (${print(least)}) + stride (${print(axes[axis].stride)}) = ${print(add(least, axes[axis].stride))}`;
  });
}
