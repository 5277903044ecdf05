import { halves, type Sides } from '../../../core/formulas';
import type { Problem } from '../../../core/problem';
import { type ConvAxis, extentOf, paddedAxis, SIZES, type Window } from '../../sizes/axis';
import { print } from '../../sizes/print';
import { type Size, subtract } from '../../sizes/size';
import { outputRangeProblem } from './outputSizes';

/** `same` is for a stride of 1 only: `K − 1` in all, the odd element at the end. */
export function torchAxis(window: Window, padding: Size | 'same', outputPadding: Size): ConvAxis {
  const sides: Sides<Size> = padding === 'same' ? halves(SIZES, subtract(extentOf(window), 1)) : [padding, padding];
  return paddedAxis(window, sides, outputPadding);
}

/**
 * `output_size` may be from the size without output padding to `stride − 1` more: narrower than output padding itself,
 * which may also be up to the dilation. PyTorch shows the sizes as they were given. (torch.nn.modules.conv,
 * `_output_padding`.)
 */
export function torchProblem(axes: readonly ConvAxis[], wanted: readonly Size[], given: string): Problem | undefined {
  const sizes = axes.map(({ stride, outputPadding }, axis) => ({
    asked: wanted[axis],
    beyond: outputPadding,
    room: subtract(stride, 1),
  }));
  const input = `torch.Size([${axes.map((axis) => print(axis.input)).join(', ')}])`;
  return outputRangeProblem(
    sizes,
    (_axis, _asked, least, most) =>
      `requested an output size of ${given}, but valid sizes range from ${least} to ${most} (for an input of ${input})`,
  );
}
