import { neededPadding, type Sides } from '../../../core/formulas';
import { type Problem, problem } from '../../../core/problem';
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

function addedProblem(added: readonly Size[], axes: readonly ConvAxis[]): Problem | undefined {
  const negative = added.find((size) => isKnown(size) && size < 0);
  if (negative !== undefined && isKnown(negative))
    return problem({
      code: 'output-padding-range',
      field: 'outputPadding',
      template: '{0} is {1}; it must be at least {2}.',
      args: ['output_padding', negative, 0],
      framework: 'output_padding of Op(ConvTransposeOp) should not be less than the 0.',
      repair: { field: 'outputPadding', value: 0 },
    });
  const [stride] = axes.map((axis) => axis.stride);
  const [first] = added;
  if (axes.length === 1 && isKnown(first) && isKnown(stride) && first > stride)
    return strideProblem(
      first,
      stride,
      `The size of output_padding should not be greater than stride.But got output_padding=${first} and stride=${stride}`,
    );
  const large = outputPaddingProblem(added, axes, () => LARGE_PADDING);
  if (large) return large;
  const at = added.findIndex((size, axis) => isKnown(size) && isKnown(axes[axis].stride) && size >= axes[axis].stride);
  if (at < 0 || added[at] === 0) return undefined;
  const words = axes.length === 3 ? volumeWords(axes[at], at) : COMPUTING_IMAGES;
  return strideProblem(Number(added[at]), Number(axes[at].stride), words);
}

const COMPUTING_IMAGES = 'Output_height and padding(padding_up, padding_down) are inconsistent.';

/** The sizes that Paddle finds when it goes back from the output to the input. */
function volumeWords({ input, stride, outputPadding }: ConvAxis, at: number): string {
  const name = ['depth', 'height', 'width'][at];
  const found = add(input, SIZES.floorDivide(outputPadding, stride));
  return `input_${name}(${print(found)}) and output_${name}(${print(input)}) are mismatching.`;
}

const strideProblem = (added: number, stride: number, framework: string): Problem =>
  problem({
    code: 'output-padding-large',
    field: 'outputPadding',
    template: 'Output padding {0} must be smaller than the stride {1}.',
    args: [added, stride],
    framework,
    repair: { field: 'outputPadding', value: stride - 1 },
  });

const LARGE_PADDING = 'output_padding of Op(ConvTransposeOp) should be less than either stride or dilation';

/**
 * An output size may be from the size without output padding, which it replaces, to `stride − 1` more. An output
 * padding must be below the stride or the dilation, and, when Paddle computes, below the stride.
 */
export function paddleProblem(axes: readonly ConvAxis[], outputSize: readonly Size[] | undefined): Problem | undefined {
  const added = axes.map((axis) => axis.outputPadding);
  if (!outputSize) return addedProblem(added, axes);
  const sizes = axes.map(({ stride }, axis) => ({
    asked: outputSize[axis],
    beyond: added[axis],
    room: subtract(stride, 1),
  }));
  return outputRangeProblem(sizes, (axis, asked) => {
    const least = subtract(outputSize[axis], added[axis]);
    // A line is to it an image of width 1.
    const shown = (sizes: string): string => (axes.length === 1 ? sizes.replace(']', ', 1]') : sizes);
    const few = isKnown(added[axis]) && added[axis] < 0;
    return few
      ? `output_size of Op(ConvTransposeOp) should not be less than the inferred output size. But received output_size = [${shown(asked)}], whose dim ${axis} is less than the inferred output size [${print(least)}]`
      : `output_size of Op(ConvTransposeOp) should be less than inferred size + stride. But received output_size = [${shown(asked)}], whose dim ${axis} is not less than the inferred output size (${print(least)}) + stride (${print(axes[axis].stride)}) = ${print(add(least, axes[axis].stride))}`;
  });
}
