import { type AxisPlan, paddingOf, planAxis } from './axis';
import type { Operation } from './operation';
import { type Problem, type ProblemField, problem } from './problem';

/**
 * What PyTorch refuses, and with which words. Each rule was run against PyTorch 2.13 (`test/oracle`), both ways: what it
 * refuses is refused here, what it takes is taken. Its meta device checks less (no output-padding rule), so tools built
 * on that bless code that crashes.
 */

const AXIS_NAMES: Readonly<Record<number, readonly string[]>> = {
  1: ['width'],
  2: ['height', 'width'],
  3: ['depth', 'height', 'width'],
};

export function axisName(rank: number, axis: number): string {
  return AXIS_NAMES[rank]?.[axis] ?? `axis ${axis}`;
}

const list = (sizes: readonly number[]): string => `[${sizes.join(', ')}]`;
const perChannel = (sizes: readonly number[]): string => `(${sizes.join(' x ')})`;
const isCount = (value: number): boolean => Number.isSafeInteger(value);

/** Whole numbers first: every later rule does arithmetic with them. */
function checkNumbers(op: Operation, rank: number): Problem[] {
  const problems: Problem[] = [];
  const least = (field: ProblemField, axis: number, value: number, minimum: number, framework: string): void => {
    if (isCount(value) && value >= minimum) return;
    problems.push(
      problem({
        code: `${field}-range`,
        field,
        axis,
        template: isCount(value)
          ? '{0} of the {1} axis is {2}; it must be at least {3}.'
          : '{0} of the {1} axis is {2}; it must be a whole number of at least {3}.',
        args: [field, axisName(rank, axis), value, minimum],
        framework: isCount(value) ? framework : undefined,
        repair: { field, axis, value: Math.max(minimum, Number.isFinite(value) ? Math.round(value) : minimum) },
      }),
    );
  };
  for (let axis = 0; axis < rank; axis++) {
    const [begin, end] = paddingOf(op, axis);
    least('stride', axis, op.stride[axis], 1, 'non-positive stride is not supported');
    least('dilation', axis, op.dilation[axis], 1, `dilation should be greater than zero, but got ${list(op.dilation)}`);
    least('padding', axis, isCount(begin) && begin >= 0 ? end : begin, 0, 'negative padding is not supported');
    if (op.kind === 'convTranspose' && op.outputPadding) {
      least('outputPadding', axis, op.outputPadding[axis], 0, 'negative output_padding is not supported');
    }
  }
  const groups = op.groups ?? 1;
  if (!isCount(groups) || groups < 1) {
    problems.push(
      problem({
        code: 'groups-range',
        field: 'groups',
        template: 'groups is {0}; it must be a whole number of at least 1.',
        args: [groups],
        framework: 'non-positive groups is not supported',
        repair: { field: 'groups', value: 1 },
      }),
    );
  }
  return problems;
}

/** The number of axes that weight, input and parameters speak of must agree before anything can be compared per axis. */
function checkRanks(op: Operation, inputShape: readonly number[], weightShape: readonly number[]): Problem[] {
  const rank = weightShape.length - 2;
  const wrong = (field: ProblemField, template: string, ...args: (string | number)[]): Problem[] => [
    problem({ code: `${field}-rank`, field, template, args }),
  ];
  if (op.kind !== 'conv' && op.kind !== 'convTranspose') {
    return wrong('kind', 'The operation is {0}; it must be conv or convTranspose.', String(op.kind));
  }
  if (rank < 1 || rank > 3) {
    return wrong('weight', 'The weight has shape {0}; it needs two channel axes and 1 to 3 spatial axes.', list(weightShape));
  }
  const sized: readonly [ProblemField, readonly number[]][] = [
    ['input', inputShape],
    ['weight', weightShape],
  ];
  for (const [field, shape] of sized) {
    if (!shape.every((size) => isCount(size) && size >= 0)) {
      return wrong(field, 'A shape must consist of whole numbers of at least 0, but is {0}.', list(shape));
    }
  }
  if (inputShape.length !== rank + 1 && inputShape.length !== rank + 2) {
    return [
      problem({
        code: 'input-rank',
        field: 'input',
        template: 'The input has shape {0}; with this weight it needs {1} axes, or {2} without a batch axis.',
        args: [list(inputShape), rank + 2, rank + 1],
        framework: `Expected ${rank + 1}D (unbatched) or ${rank + 2}D (batched) input to ${op.kind === 'conv' ? 'conv' : 'conv_transpose'}${rank}d, but got input of size: ${list(inputShape)}`,
      }),
    ];
  }
  const perAxis: readonly [ProblemField, readonly unknown[] | undefined][] = [
    ['stride', op.stride],
    ['dilation', op.dilation],
    ['padding', op.padding],
    ['outputPadding', op.outputPadding],
  ];
  return perAxis.flatMap(([field, values]) => {
    if (values === undefined && field === 'outputPadding') return [];
    const entries = Array.isArray(values) ? values.length : 0;
    return entries === rank
      ? []
      : wrong(field, '{0} has {1} entries; the weight has {2} spatial axes.', field, entries, rank);
  });
}

function checkChannels(
  op: Operation,
  inputShape: readonly number[],
  weightShape: readonly number[],
  biasShape?: readonly number[],
): Problem[] {
  const problems: Problem[] = [];
  const groups = op.groups ?? 1;
  const conv = op.kind === 'conv';
  const channels = inputShape[inputShape.length - weightShape.length + 1];
  const expected = conv ? weightShape[1] * groups : weightShape[0];
  const named = conv ? '' : 'transposed=1, ';
  const kernel = weightShape.slice(2);
  if (kernel.some((size) => size < 1)) {
    problems.push(
      problem({
        code: 'kernel-empty',
        field: 'weight',
        template: 'The kernel is {0}; every side must be at least 1.',
        args: [perChannel(kernel)],
        framework: 'kernel size should be greater than zero',
      }),
    );
  }
  if (weightShape[0] < 1 || (!conv && weightShape[1] < 1)) {
    problems.push(
      problem({
        code: 'weight-empty',
        field: 'weight',
        template: 'The weight has shape {0}; it needs at least one channel on either side.',
        args: [list(weightShape)],
        framework: conv
          ? `Given groups=${groups}, expected weight to be at least 1 at dimension 0, but got weight of size ${list(weightShape)} instead`
          : `non-empty weight tensor expected, but got: ${list(weightShape)}`,
      }),
    );
  }
  if (weightShape[0] % groups !== 0) {
    problems.push(
      problem({
        code: 'groups-divide',
        field: 'groups',
        template: '{0} groups do not divide the {1} channels of the weight’s first axis.',
        args: [groups, weightShape[0]],
        framework: `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size [${list(weightShape)}] instead`,
        repair: { field: 'groups', value: nearestDivisor(weightShape[0], groups) },
      }),
    );
  }
  if (channels !== expected) {
    problems.push(
      problem({
        code: 'channels-mismatch',
        field: 'weight',
        template: 'The weight expects {0} input channels, the input has {1}.',
        args: [expected, channels],
        framework: `Given ${named}${conv ? `groups=${groups}, ` : ''}weight of size ${list(weightShape)}, expected input${list(inputShape)} to have ${expected} channels, but got ${channels} channels instead`,
      }),
    );
  }
  const outputChannels = conv ? weightShape[0] : weightShape[1] * groups;
  if (biasShape && (biasShape.length !== 1 || biasShape[0] !== outputChannels)) {
    problems.push(
      problem({
        code: 'bias-shape',
        field: 'bias',
        template: 'The bias has shape {0}; it needs one entry for each of the {1} output channels.',
        args: [list(biasShape), outputChannels],
        framework: `Given ${named}weight of size ${list(weightShape)}, expected bias to be 1-dimensional with ${outputChannels} elements, but got bias of size ${list(biasShape)} instead`,
      }),
    );
  }
  return problems;
}

function nearestDivisor(channels: number, wanted: number): number {
  for (let distance = 1; distance < wanted; distance++) {
    if (channels % (wanted - distance) === 0) return wanted - distance;
  }
  return 1;
}

/** Output padding is legal below the stride *or* below the dilation, per axis; a check against the stride alone is wrong. */
function checkOutputPadding(axes: readonly AxisPlan[]): Problem[] {
  const rank = axes.length;
  const stated = (name: string, pick: (axis: AxisPlan) => number): string =>
    axes.map((axis, index) => `${name}_${axisName(rank, index)}: ${pick(axis)}`).join(' ');
  return axes.flatMap((axis, index) => {
    const limit = Math.max(axis.stride, axis.dilation);
    if (axis.outputPadding < limit) return [];
    return problem({
      code: 'output-padding-large',
      field: 'outputPadding',
      axis: index,
      template: 'Output padding {0} of the {1} axis must be smaller than the stride ({2}) or the dilation ({3}).',
      args: [axis.outputPadding, axisName(rank, index), axis.stride, axis.dilation],
      framework:
        'output padding must be smaller than either stride or dilation, but got ' +
        `${stated('output_padding', (each) => each.outputPadding)} ${stated('stride', (each) => each.stride)} ${stated('dilation', (each) => each.dilation)}`,
      repair: { field: 'outputPadding', axis: index, value: limit - 1 },
    });
  });
}

function checkSizes(op: Operation, axes: readonly AxisPlan[]): Problem[] {
  const rank = axes.length;
  const problems: Problem[] = [];
  axes.forEach((axis, index) => {
    if (axis.input >= 1) return;
    problems.push(
      problem({
        code: 'input-empty',
        field: 'input',
        axis: index,
        template: 'The {0} of the input is {1}; it must be at least 1.',
        args: [axisName(rank, index), axis.input],
        framework: 'Only zero batch or zero channel inputs are supported',
      }),
    );
  });
  if (problems.length > 0) return problems;
  axes.forEach((axis, index) => {
    if (axis.output >= 1) return;
    const conv = op.kind === 'conv';
    const [padBegin] = paddingOf(op, index);
    // Enlarging the padding (conv), or cropping less (transposed), is the smallest change that makes a positive size.
    const missing = conv ? axis.extent - axis.input - axis.padBegin - axis.padEnd : 1 - axis.output;
    const padding = conv ? padBegin + Math.ceil(missing / 2) : Math.max(0, padBegin - Math.ceil(missing / 2));
    problems.push(
      problem({
        code: 'output-empty',
        field: conv ? 'weight' : 'padding',
        axis: index,
        template: conv
          ? 'The kernel spans {0}, more than the padded input’s {1} ({2}).'
          : 'The output’s {2} would be {0}: padding crops more than the {1} elements that there are.',
        args: conv
          ? [axis.extent, axis.input + axis.padBegin + axis.padEnd, axisName(rank, index)]
          : [axis.output, axis.output + axis.padBegin + axis.padEnd, axisName(rank, index)],
        framework: conv
          ? `Calculated padded input size per channel: ${perChannel(axes.map((each) => each.input + each.padBegin + each.padEnd))}. Kernel size: ${perChannel(axes.map((each) => each.extent))}. Kernel size can't be greater than actual input size`
          : `Given input size per channel: ${perChannel(axes.map((each) => each.input))}. Calculated output size per channel: ${perChannel(axes.map((each) => each.output))}. Output size is too small`,
        repair: { field: 'padding', axis: index, value: padding },
      }),
    );
  });
  return problems;
}

function checkPaddingMode(op: Operation, axes: readonly AxisPlan[]): Problem[] {
  const mode = op.paddingMode ?? 'zeros';
  if (mode === 'zeros') return [];
  if (op.kind === 'convTranspose') {
    return [
      problem({
        code: 'padding-mode',
        field: 'paddingMode',
        template: 'A transposed convolution has no padding mode but zeros.',
        framework: 'Only "zeros" padding mode is supported for ConvTranspose',
      }),
    ];
  }
  if (mode === 'replicate') return [];
  if (mode !== 'reflect' && mode !== 'circular') {
    return [
      problem({
        code: 'padding-mode',
        field: 'paddingMode',
        template: 'The padding mode is {0}; it must be zeros, reflect, replicate or circular.',
        args: [String(mode)],
        framework: "padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}",
      }),
    ];
  }
  return axes.flatMap((axis, index) => {
    const limit = mode === 'reflect' ? axis.input - 1 : axis.input;
    const most = Math.max(axis.padBegin, axis.padEnd);
    if (most <= limit) return [];
    return problem({
      code: 'padding-wraps',
      field: 'padding',
      axis: index,
      template: 'Padding {0} is more than the {1} that {2} padding can take from the {3} of the input.',
      args: [most, limit, mode, axisName(axes.length, index)],
      framework:
        mode === 'reflect'
          ? 'Padding size should be less than the corresponding input dimension'
          : 'Padding value causes wrapping around more than once.',
      repair: { field: 'padding', axis: index, value: limit },
    });
  });
}

/** Every reason why PyTorch would refuse this operation on tensors of these shapes; empty when it would not. */
export function checkOperation(
  op: Operation,
  inputShape: readonly number[],
  weightShape: readonly number[],
  biasShape?: readonly number[],
): Problem[] {
  const ranks = checkRanks(op, inputShape, weightShape);
  if (ranks.length > 0) return ranks;
  const rank = weightShape.length - 2;
  const numbers = checkNumbers(op, rank);
  if (numbers.length > 0) return numbers;
  const channels = checkChannels(op, inputShape, weightShape, biasShape);
  const spatial = inputShape.slice(inputShape.length - rank);
  const axes = spatial.map((size, axis) => planAxis(op, axis, size, weightShape[axis + 2]));
  if (channels.some((each) => each.code === 'kernel-empty')) return channels;
  return [...channels, ...checkPaddingMode(op, axes), ...checkOutputPadding(axes), ...checkSizes(op, axes)];
}
