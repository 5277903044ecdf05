import type { Computation } from './expression';

const list = (values: readonly number[]): string => `(${values.join(', ')}${values.length === 1 ? ',' : ''})`;

const pairs = (sides: Computation['padding']): string => `[${sides.map(list).join(', ')}]`;

const isEven = ({ padding }: Computation): boolean => padding.every(([begin, end]) => begin === end);

/** What is cut off an output, before and behind, as a slice of its last axes, or of those before the channels. */
const cut = (padding: Computation['padding'], isLast: boolean): string => {
  const slices = padding.map(([begin, end]) => `${begin || ''}:${end === 0 ? '' : -end}`).join(', ');
  return isLast ? `[:, ${slices}]` : `[..., ${slices}]`;
};

function inTorch(computation: Computation): string {
  const { kind, stride, dilation, padding, outputPadding, groups, mode, tensors } = computation;
  const even = isEven(computation);
  const isPadded = kind === 'conv' && (!even || mode !== 'zeros');
  const sides = isPadded || !even ? padding.map(() => 0) : padding.map(([begin]) => begin);
  const parameters = [
    'input',
    'weight',
    tensors.bias ? 'bias' : 'None',
    `stride=${list(stride)}`,
    `padding=${list(sides)}`,
    ...(kind === 'conv' ? [] : [`output_padding=${list(outputPadding)}`]),
    `groups=${groups}`,
    `dilation=${list(dilation)}`,
  ];
  const name = `torch.nn.functional.${kind === 'conv' ? 'conv' : 'conv_transpose'}${stride.length}d`;
  const pads = list(padding.toReversed().flat());
  const padded = `input = torch.nn.functional.pad(input, ${pads}, mode="${mode === 'zeros' ? 'constant' : mode}")\n`;
  const crop = kind === 'convTranspose' && !even ? cut(padding, false) : '';
  return `${isPadded ? padded : ''}${name}(${parameters.join(', ')})${crop}`;
}

const NUMPY_MODES: Readonly<Record<string, string>> = { reflect: 'reflect', replicate: 'edge', circular: 'wrap' };

/** The padding of an input that no parameter of the call can say. */
const padded = ({ padding, mode }: Computation): string => {
  const named = NUMPY_MODES[mode] ?? 'constant';
  return `input = numpy.pad(input, ${pairs([[0, 0], [0, 0], ...padding])}, mode="${named}")\n`;
};

const plusBias = ({ tensors }: Computation): string => (tensors.bias ? ' + bias' : '');

function inJax(computation: Computation): string {
  const { kind, stride, dilation, padding, outputPadding, groups, mode, tensors } = computation;
  const isPadded = kind === 'conv' && mode !== 'zeros';
  const reach = dilation.map((each, axis) => each * (tensors.weight.shape[axis + 2] - 1));
  const sides =
    kind === 'conv'
      ? padding.map((pair) => (isPadded ? ([0, 0] as const) : pair))
      : padding.map(([begin, end], axis) => [reach[axis] - begin, reach[axis] - end + outputPadding[axis]] as const);
  const ones = stride.map(() => 1);
  const parameters = [
    'input',
    kind === 'conv' ? 'weight' : 'turned(weight)',
    `window_strides=${list(kind === 'conv' ? stride : ones)}`,
    `padding=${pairs(sides)}`,
    `lhs_dilation=${list(kind === 'conv' ? ones : stride)}`,
    `rhs_dilation=${list(dilation)}`,
    `feature_group_count=${groups}`,
    'precision="highest"',
  ];
  const call = `jax.lax.conv_general_dilated(${parameters.join(', ')})${plusBias(computation)}`;
  return `${isPadded ? padded(computation) : ''}${call}`;
}

function inTensorflow(computation: Computation): string {
  const { kind, stride, dilation, padding, groups } = computation;
  const isPadded = kind === 'conv' && (computation.mode !== 'zeros' || padding.some(([begin, end]) => begin + end > 0));
  const kernel = dilation.some((each) => each > 1) ? 'dilated(weight)' : 'weight';
  const strides = `strides=${list(stride)}, padding="VALID"`;
  const call =
    kind === 'conv'
      ? `tf.nn.convolution(input, ${kernel}, ${strides})`
      : `tf.nn.conv_transpose(input, ${kernel}, output_shape, ${strides})${cut(padding, true)}`;
  const each = groups > 1 ? `, of each of ${groups} groups` : '';
  return `${isPadded ? padded(computation) : ''}${call}${each}${plusBias(computation)}`;
}

function inPaddle(computation: Computation): string {
  const { kind, stride, dilation, padding, outputPadding, groups, mode, tensors } = computation;
  const even = isEven(computation);
  const isPadded = kind === 'conv' && mode !== 'zeros';
  const whole = even ? list(padding.map(([begin]) => begin)) : list(padding.flat());
  const none = list(padding.map(() => 0));
  const parameters = [
    'input',
    'weight',
    tensors.bias ? 'bias' : 'None',
    `stride=${list(stride)}`,
    `padding=${isPadded || (kind !== 'conv' && !even) ? none : whole}`,
    ...(kind === 'conv' ? [] : [`output_padding=${list(outputPadding)}`]),
    `groups=${groups}`,
    `dilation=${list(dilation)}`,
  ];
  const name = `paddle.nn.functional.conv${stride.length}d${kind === 'conv' ? '' : '_transpose'}`;
  const crop = kind !== 'conv' && !even ? cut(padding, false) : '';
  return `${isPadded ? padded(computation) : ''}${name}(${parameters.join(', ')})${crop}`;
}

/** What is run for a computation, as one would write it in Python. */
export function computationText(computation: Computation): string {
  switch (computation.library) {
    case 'torch':
      return inTorch(computation);
    case 'jax':
      return inJax(computation);
    case 'tensorflow':
      return inTensorflow(computation);
    case 'paddle':
      return inPaddle(computation);
    default:
      return computation.library satisfies never;
  }
}
