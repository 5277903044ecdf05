import type { AxisPlan } from '../axis';
import { type Problem, problem } from '../problem';
import type { Question } from './question';
import { axisName, list, named, perChannel, widened, widenedShape } from './words';

/**
 * Output padding is legal below the stride *or* below the dilation, per axis; a check against the stride alone is
 * wrong.
 */
export function checkOutputPadding({ axes, rank, conv, empty }: Question): Problem[] {
  if (conv || empty) return [];
  const stated = (name: string, pick: (axis: AxisPlan) => number, filler: number): string =>
    named(name, axes.map(pick), filler);
  return axes.flatMap((axis, index) => {
    const limit = Math.max(axis.stride, axis.dilation);
    if (axis.outputPadding < limit) return [];
    return problem({
      code: 'output-padding-large',
      field: 'outputPadding',
      axis: index,
      template:
        'The output padding along the {1} is {0}; it must be smaller than the stride ({2}) or the dilation ({3}).',
      args: [axis.outputPadding, axisName(rank, index), axis.stride, axis.dilation],
      framework:
        'output padding must be smaller than either stride or dilation, but got ' +
        `${stated('output_padding', (each) => each.outputPadding, 0)} ${stated('stride', (each) => each.stride, 1)} ${stated('dilation', (each) => each.dilation, 1)}`,
      repair: { field: 'outputPadding', axis: index, value: limit - 1 },
    });
  });
}

/** Every axis needs something to read and something to make. */
export function checkSizes(question: Question): Problem[] {
  const emptyAxes = checkInputSizes(question);
  if (question.conv) return [...emptyAxes, ...checkReach(question)];
  return emptyAxes.length > 0 ? emptyAxes : checkCrop(question);
}

/** Padding that is an operation of its own may have made something of an empty input. */
function checkInputSizes({ axes, rank, metShape, empty }: Question): Problem[] {
  if (empty) return [];
  return axes.flatMap((axis, index) => {
    if (metShape[index + 2] >= 1) return [];
    return problem({
      code: 'input-empty',
      field: 'input',
      axis: index,
      template: 'The {0} of the input is {1}; it must be at least 1.',
      args: [axisName(rank, index), axis.input],
      framework: `Only zero batch or zero channel inputs are supported, but got input shape: ${list(widenedShape(metShape, rank))}`,
    });
  });
}

/** A convolution must find room for its dilated kernel. More padding is the smallest change that makes room. */
function checkReach({ axes, rank }: Question): Problem[] {
  if (axes.every((axis) => axis.output >= 1)) return [];
  const padded = axes.map((axis) => axis.input + axis.padBegin + axis.padEnd);
  const framework =
    `Calculated padded input size per channel: ${perChannel(padded)}. ` +
    `Kernel size: ${perChannel(axes.map((axis) => axis.extent))}. Kernel size can't be greater than actual input size`;
  return axes.flatMap((axis, index) => {
    if (axis.output >= 1) return [];
    return problem({
      code: 'output-empty',
      field: 'weight',
      axis: index,
      template: 'Along the {2} the kernel spans {0}, more than the padded input’s {1}.',
      args: [axis.extent, padded[index], axisName(rank, index)],
      framework,
      repair: { field: 'padding', axis: index, value: axis.padBegin + Math.ceil((axis.extent - padded[index]) / 2) },
    });
  });
}

/**
 * A transposed convolution must not crop all it makes; cropping less is the smallest change. An empty tensor may be
 * empty every way.
 */
function checkCrop({ axes, rank, empty, batch }: Question): Problem[] {
  const least = empty ? 0 : 1;
  if (axes.every((axis) => axis.output >= least)) return [];
  const framework =
    `Given input size per channel: ${perChannel(
      widened(
        axes.map((axis) => axis.input),
        1,
      ),
    )}. ` +
    `Calculated output size per channel: ${perChannel(
      widened(
        axes.map((axis) => axis.output),
        1,
      ),
    )}. Output size is too small`;
  return axes.flatMap((axis, index) => {
    if (axis.output >= least) return [];
    return problem({
      code: 'output-empty',
      field: 'padding',
      axis: index,
      template: 'The output’s {2} would be {0}: the padding crops all of the {1} elements that there are.',
      args: [axis.output, axis.output + axis.padBegin + axis.padEnd, axisName(rank, index)],
      framework: batch === 0 ? undefined : framework,
      repair: { field: 'padding', axis: index, value: Math.max(0, axis.padBegin - Math.ceil((1 - axis.output) / 2)) },
    });
  });
}
