import { type Problem, problem } from '../problem';
import type { Question } from './question';
import { list, named, perChannel, widened, widenedShape } from './words';

const NON_EMPTY_3D =
  'non-empty 5D (n_output_plane x n_input_plane x kernel_depth x kernel_height x kernel_width) tensor expected for weight, but got: ';

/** How channels, groups, kernel and bias fit each other. */
export function checkChannels(question: Question): Problem[] {
  return [...checkWeight(question), ...checkInputChannels(question), ...checkBias(question)];
}

function checkWeight(question: Question): Problem[] {
  const { conv, groups, batch, channels, weightShape, kernel } = question;
  const problems: Problem[] = [];
  // PyTorch answers a convolution of no channels before it looks at the kernel.
  if (kernel.some((size) => size < 1) && !(conv && channels === 0)) {
    problems.push(
      problem({
        code: 'kernel-empty',
        field: 'weight',
        template: 'The kernel is {0}; every side must be at least 1.',
        args: [perChannel(kernel)],
        framework: kernelWords(question),
      }),
    );
  }
  if (weightShape[0] < groups) {
    problems.push(
      problem({
        code: weightShape[0] < 1 ? 'weight-empty' : 'groups-divide',
        field: weightShape[0] < 1 ? 'weight' : 'groups',
        template: 'The weight’s first axis has {0} channels; {1} groups need at least one each.',
        args: [weightShape[0], groups],
        framework: `Given groups=${groups}, expected weight to be at least ${groups} at dimension 0, but got weight of size ${list(weightShape)} instead`,
        repair: weightShape[0] < 1 ? undefined : { field: 'groups', value: weightShape[0] },
      }),
    );
  } else if (weightShape[0] % groups !== 0) {
    problems.push(
      problem({
        code: 'groups-divide',
        field: 'groups',
        template: '{0} groups do not divide the {1} channels of the weight’s first axis.',
        args: [groups, weightShape[0]],
        // The doubled brackets are PyTorch's.
        framework: `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size [${list(weightShape)}] instead`,
        repair: { field: 'groups', value: nearestDivisor(weightShape[0], groups) },
      }),
    );
  }
  if (!conv && weightShape[1] < 1) {
    problems.push(
      problem({
        code: 'weight-empty',
        field: 'weight',
        template: 'The weight has shape {0}; it needs at least one channel on either side.',
        args: [list(weightShape)],
        framework: batch === 0 ? undefined : nonEmptyWords(question),
      }),
    );
  }
  return problems;
}

/** PyTorch's message shows the weight of one group: by then it has split the weight. */
function nonEmptyWords({ rank, groups, weightShape }: Question): string {
  const ofGroup = [Math.floor(weightShape[0] / groups), ...weightShape.slice(1)];
  return rank === 3
    ? `${NON_EMPTY_3D}${list(ofGroup)}`
    : `non-empty 2D or 4D weight tensor expected, but got: ${list(widenedShape(ofGroup, rank))}`;
}

/**
 * Each of PyTorch's kernels says it in its own words; without batch items it fails by accident, and says nothing
 * useful.
 */
function kernelWords(question: Question): string | undefined {
  const { conv, rank, batch, op, kernel } = question;
  if (batch === 0) return undefined;
  const wanted = 'kernel size should be greater than zero, but got';
  if (!conv && rank === 3) return nonEmptyWords(question);
  if (!conv) return `${wanted} ${named('kernel', kernel, 1)}`;
  if (op.dilation.some((dilation) => dilation !== 1)) return `${wanted} ${list(widened(kernel, 1))}`;
  return rank === 3 ? `${wanted}: ${kernel.join(' x ')} (TxHxW)` : `${wanted} ${named('kernel', kernel, 1)}`;
}

function checkInputChannels({ conv, groups, channels, metShape, weightShape }: Question): Problem[] {
  const expected = conv ? weightShape[1] * groups : weightShape[0];
  if (channels === expected) return [];
  const stated = conv ? `groups=${groups}` : 'transposed=1';
  return [
    problem({
      code: 'channels-mismatch',
      field: 'weight',
      template: 'The weight expects {0} input channels, the input has {1}.',
      args: [expected, channels],
      framework: `Given ${stated}, weight of size ${list(weightShape)}, expected input${list(metShape)} to have ${expected} channels, but got ${channels} channels instead`,
    }),
  ];
}

function checkBias({ conv, groups, weightShape, biasShape }: Question): Problem[] {
  const outputChannels = conv ? weightShape[0] : weightShape[1] * groups;
  if (!biasShape || (biasShape.length === 1 && biasShape[0] === outputChannels)) return [];
  return [
    problem({
      code: 'bias-shape',
      field: 'bias',
      template: 'The bias has shape {0}; it needs one entry for each of the {1} output channels.',
      args: [list(biasShape), outputChannels],
      framework: `Given ${conv ? '' : 'transposed=1, '}weight of size ${list(weightShape)}, expected bias to be 1-dimensional with ${outputChannels} elements, but got bias of size ${list(biasShape)} instead`,
    }),
  ];
}

function nearestDivisor(channels: number, wanted: number): number {
  for (let distance = 1; distance < wanted; distance++) {
    if (channels % (wanted - distance) === 0) return wanted - distance;
  }
  return 1;
}
