import { halves, type Sides } from '../../../core/formulas';
import { type Problem, problem } from '../../../core/problem';
import { type ConvAxis, convOutput, paddedAxis, sameAxis, SIZES, type Window } from '../../sizes/axis';
import { add, isKnown, multiply, type Size, subtract } from '../../sizes/size';
import { outputPaddingProblem, outputRangeProblem } from './outputSizes';

interface OnnxPadding {
  /** `auto_pad`: NOTSET, VALID, SAME_UPPER or SAME_LOWER. */
  readonly auto: string;
  readonly pads: Sides<Size>;
}

interface OnnxTransposed extends OnnxPadding {
  readonly outputPadding: Size;
  readonly outputShape: Size | undefined;
}

/** Of a padding that is shared, SAME_UPPER puts the odd element at the end, everything else at the begin. */
const shared = (auto: string, [lesser, larger]: Sides<Size>): Sides<Size> =>
  auto === 'SAME_UPPER' ? [lesser, larger] : [larger, lesser];

const stated = ({ auto, pads }: OnnxPadding): Sides<Size> => (auto === 'VALID' ? [0, 0] : pads);

export function onnxAxis(window: Window, padding: OnnxPadding): ConvAxis {
  if (!padding.auto.startsWith('SAME')) return paddedAxis(window, stated(padding));
  const axis = sameAxis(window);
  const [padBegin, padEnd] = shared(padding.auto, [axis.padBegin, axis.padEnd]);
  return { ...axis, padBegin, padEnd };
}

/**
 * When the output's shape is given, or asked to be `i·s` by SAME, the padding is what that leaves over. For SAME it is
 * never less than none: where `K + op < s` the specification says `i·s`; shape inference and ONNX Runtime give
 * `(i − 1)s + K + op`, and so does this.
 */
export function onnxTransposedAxis(window: Window, call: OnnxTransposed): ConvAxis {
  const { auto, outputPadding, outputShape } = call;
  if (outputShape === undefined && !auto.startsWith('SAME')) return paddedAxis(window, stated(call), outputPadding);
  const whole = convOutput('convTranspose', paddedAxis(window, [0, 0], outputPadding));
  const output = outputShape ?? multiply(window.input, window.stride);
  const surplus = subtract(whole, output);
  const total = SIZES.max(surplus, 0);
  const [begin, end] = shared(auto, halves(SIZES, total));
  if (outputShape === undefined) return paddedAxis(window, [begin, end], outputPadding);
  return { ...paddedAxis(window, [begin, end], add(outputPadding, subtract(total, surplus))), output };
}

const LARGE_PADDING = (axis: number, added: number, limit: number): string =>
  `output_padding[${axis}] (${added}) must be less than max(stride, dilation) (${limit}) for spatial dimension ${axis}`;

/**
 * What ONNX Runtime refuses. When it loads a model the output padding must be below the stride or the dilation; when it
 * computes, below the stride, against its own check and the specification. The output's shape may exceed what the
 * stamps make by less than a stride.
 */
export function onnxProblem(
  outputPadding: readonly Size[],
  outputShape: readonly Size[] | undefined,
  axes: readonly ConvAxis[],
): Problem | undefined {
  const large = outputPaddingProblem(outputPadding, axes, LARGE_PADDING);
  // What makes no output is refused for that first.
  const made = axes.map((axis) => convOutput('convTranspose', axis));
  if (large || made.some((size) => isKnown(size) && size < 1)) return large;
  const at = outputPadding.findIndex((size, axis) => {
    const { stride } = axes[axis];
    return isKnown(size) && size > 0 && isKnown(stride) && size >= stride;
  });
  if (at >= 0)
    return problem({
      code: 'output-padding-large',
      field: 'outputPadding',
      template: 'Output padding {0} must be smaller than the stride {1}.',
      args: [Number(outputPadding[at]), Number(axes[at].stride)],
      framework: `Computed output shape is inconsistent with input spatial dimensions. output_padding (${Number(outputPadding[at])}) may be too large`,
    });
  if (!outputShape) return undefined;
  const sizes = axes.map((axis, index) => {
    const exceeds = axis.outputPadding !== outputPadding[index];
    return { asked: outputShape[index], beyond: exceeds ? axis.outputPadding : 0, room: subtract(axis.stride, 1) };
  });
  return outputRangeProblem(
    sizes,
    () => 'Explicit output_shape is inconsistent with input spatial dimensions and convolution parameters',
  );
}
