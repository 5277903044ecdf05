import { type Problem, problem } from '../../../core/problem';
import type { Bound, LayerApplied, LayerSpec } from '../../model/library';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Value } from '../../model/value';
import { applyConvolution, type ConvSetup, perGroup } from '../../shapes/convolution';
import type { ConvAxis } from '../../sizes/axis';
import { isKnown, multiply, product, type Size } from '../../sizes/size';
import { kerasAxis, kerasTransposedAxis } from '../axes/keras';
import { kerasProblems } from './checks';
import { inheritsDataFormat, layoutOf } from './dataFormat';

/** What any layer takes, by name only. */
const COMMON =
  '*, input_shape=None, batch_input_shape=None, input_dim=None, name=None, dtype=None, trainable=True, weights=None, batch_size=None, autocast=None, lora_rank=None, lora_alpha=None';
const TAIL = `activation=None, use_bias=True, kernel_initializer='', bias_initializer='', kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, ${COMMON}`;
const DEPTH_EXTRA = `${COMMON}, kernel_initializer='', kernel_regularizer=None, kernel_constraint=None`;
const DEPTH_TAIL = `activation=None, use_bias=True, depthwise_initializer='', bias_initializer='', depthwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, ${DEPTH_EXTRA}`;
const SEPARABLE_TAIL = DEPTH_TAIL.replace(/\bdepthwise_(\w+=\w+|\w+='')/g, 'depthwise_$1, pointwise_$1');
const FORMS = {
  conv: `filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, groups=1, ${TAIL}`,
  transpose: `filters, kernel_size, strides=1, padding='valid', output_padding=None, data_format=None, dilation_rate=1, ${TAIL}`,
  // Of volumes Keras has these two the other way round.
  transposeVolume: `filters, kernel_size, strides=1, padding='valid', data_format=None, output_padding=None, dilation_rate=1, ${TAIL}`,
  depthwise: `kernel_size, strides=1, padding='valid', depth_multiplier=1, data_format=None, dilation_rate=1, ${DEPTH_TAIL}`,
  separable: `filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, depth_multiplier=1, ${SEPARABLE_TAIL}`,
} as const;

type Form = Exclude<keyof typeof FORMS, 'transposeVolume'>;

function setupOf(bound: Bound, form: Form, rank: number, inChannels: Size): ConvSetup | undefined {
  const kernel = bound.sizes('kernel_size', rank);
  const stride = bound.sizes('strides', rank);
  const dilation = bound.sizes('dilation_rate', rank);
  const padding = bound.text('padding')?.toLowerCase();
  const layout = layoutOf(bound);
  if (!layout || !kernel || !stride || !dilation || padding === undefined) return undefined;
  const outputPadding =
    form === 'transpose' && !bound.isNone('output_padding') ? bound.sizes('output_padding', rank) : undefined;
  const multiplier = form === 'depthwise' || form === 'separable' ? bound.size('depth_multiplier') : 1;
  const outChannels = form === 'depthwise' ? multiply(inChannels, multiplier) : bound.size('filters');
  const groups = form === 'conv' ? bound.size('groups') : form === 'depthwise' ? inChannels : 1;
  return {
    kind: form === 'transpose' ? 'convTranspose' : 'conv',
    rank,
    layout,
    groups,
    outChannels,
    bias: bound.flag('use_bias'),
    torchRules: false,
    parameters: bound.values,
    weightShape: (channels) => {
      if (form === 'transpose') return [...kernel, outChannels, channels];
      if (form === 'depthwise' || form === 'separable') return [...kernel, channels, multiplier];
      return [...kernel, perGroup(channels, groups), outChannels];
    },
    ...(form === 'separable'
      ? { extraParameters: (channels: Size) => product([channels, multiplier, outChannels]) }
      : {}),
    ...(form === 'conv' ? { refuse: () => groupProblem(inChannels, groups) } : {}),
    axis: (input, index): ConvAxis => {
      const window = { input, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      return form === 'transpose'
        ? kerasTransposedAxis(window, padding === 'same' ? 'same' : 'valid', outputPadding?.[index])
        : kerasAxis(window, padding);
    },
  };
}

function groupProblem(channels: Size, groups: Size): Problem | undefined {
  if (!isKnown(channels) || !isKnown(groups) || groups < 1 || channels % groups === 0) return undefined;
  return problem({
    code: 'groups-divide',
    field: 'groups',
    template: '{0} groups do not divide {1} = {2}.',
    args: [groups, 'in', channels],
    framework: `The number of input channels must be evenly divisible by the number of groups. Received groups=${groups}, but the input has ${channels} channels`,
  });
}

function apply(call: LayerApplied, form: Form, rank: number): Value {
  const input = call.args.positional[0] ?? call.args.keywords.get('inputs') ?? unknown();
  const x = call.machine.asTensor(input);
  const layout = layoutOf(call.bound);
  const shape = x && layout && (x.cell.shape ?? call.machine.withRank(x, rank + 2, layout));
  const channels = shape?.[layout === 'last' ? shape.length - 1 : 1];
  const setup = channels === undefined ? undefined : setupOf(call.bound, form, rank, channels);
  return setup
    ? applyConvolution(call.machine, call.layer.site, setup, input, call.at)
    : input.kind === 'unknown'
      ? input
      : unknown();
}

function describe(name: string, form: Form, rank: number): LayerSpec {
  return {
    callee: `keras.layers.${name}`,
    framework: 'keras',
    family: form === 'transpose' ? 'convTranspose' : 'conv',
    rank,
    inherits: inheritsDataFormat,
    signature: signature(FORMS[form === 'transpose' && rank === 3 ? 'transposeVolume' : form]),
    check: (bound) => kerasProblems(bound, rank, form),
    apply: (call) => apply(call, form, rank),
  };
}

/** `Conv*D`, `Conv*DTranspose`, `DepthwiseConv*D`, `SeparableConv*D`. */
export const kerasConvolutions: readonly LayerSpec[] = [
  ...[1, 2, 3].flatMap((rank) => [
    describe(`Conv${rank}D`, 'conv', rank),
    describe(`Conv${rank}DTranspose`, 'transpose', rank),
  ]),
  ...[1, 2].flatMap((rank) => [
    describe(`DepthwiseConv${rank}D`, 'depthwise', rank),
    describe(`SeparableConv${rank}D`, 'separable', rank),
  ]),
];
