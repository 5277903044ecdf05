import type { Sides } from '../../../core/formulas';
import { type Problem, problem } from '../../../core/problem';
import { siteOf } from '../../findings/record';
import { times } from '../../model/arithmetic';
import { iterate } from '../../model/iterate';
import type { Applied, Bound, FunctionSpec } from '../../model/library';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applyConvolution, type ConvSetup } from '../../shapes/convolution';
import { type ConvAxis, paddedAxis, sameAxis } from '../../sizes/axis';
import { print } from '../../sizes/print';
import { divideExactly, isKnown, type Size } from '../../sizes/size';
import { tensorflowProblem, tensorflowTransposedAxis } from '../axes/tensorflow';

export const isFirst = (bound: Bound): boolean => /^NC/.test(bound.text('data_format') ?? '');

/** The argument under the name of TensorFlow 2 or, of its predecessor, another. */
export const either = (bound: Bound, ...names: readonly string[]): Value | undefined =>
  names.map((name) => bound.get(name)).find((value) => value && value.kind !== 'none');

/**
 * `strides` and `dilations` have one entry per spatial axis, or one for each of the input's axes, of which those of the
 * batch and the channels are 1.
 */
export function spatial(bound: Bound, name: string, rank: number): readonly Size[] | undefined {
  if (bound.isNone(name)) return Array.from({ length: rank }, () => 1);
  const whole = bound.items(name)?.length === rank + 2 ? bound.sizes(name, rank + 2) : undefined;
  if (!whole) return bound.sizes(name, rank);
  const others = isFirst(bound) ? whole.slice(0, 2) : [whole[0], whole[rank + 1]];
  if (others.some((size) => isKnown(size) && size !== 1)) return undefined;
  return isFirst(bound) ? whole.slice(2) : whole.slice(1, -1);
}

type Form = 'conv' | 'transpose' | 'depthwise';

/** SAME, VALID, or pairs for each of the input's axes, of which those of the batch and the channels are zeros. */
function paddingOf({ machine, bound }: Applied, rank: number): 'SAME' | 'VALID' | readonly Sides<Size>[] | undefined {
  const text = bound.text('padding');
  if (text === 'SAME' || text === 'VALID') return text;
  const pairs = bound.items('padding')?.map((each) => iterate(each)?.map((size) => machine.sizeOf(size)));
  if (pairs?.length !== rank + 2 || !pairs.every((pair) => pair?.length === 2)) return undefined;
  const sides = pairs as [Size, Size][];
  const [inner, outer] = isFirst(bound)
    ? [sides.slice(2), sides.slice(0, 2)]
    : [sides.slice(1, -1), [sides[0], sides[rank + 1]]];
  return outer.flat().every((size) => size === 0) ? inner : undefined;
}

/** A text that is neither of the two, in capitals. */
function textProblem(bound: Bound): Problem | undefined {
  const text = bound.text('padding');
  if (text === undefined || text === 'SAME' || text === 'VALID' || text === 'EXPLICIT') return undefined;
  return problem({
    code: 'padding-text',
    field: 'padding',
    template: 'padding is {0}; it must be {1}.',
    args: [text, 'SAME, VALID'],
    framework: `Value for attr 'padding' of "${text}" is not in the list of allowed values: "SAME", "VALID", "EXPLICIT"`,
  });
}

function strideProblem(axes: readonly ConvAxis[]): Problem | undefined {
  const wrong = axes.map((axis) => axis.stride).find((size) => isKnown(size) && size < 1);
  if (wrong === undefined || !isKnown(wrong)) return undefined;
  return problem({
    code: 'stride-range',
    field: 'stride',
    template: '{0} is {1}; it must be at least {2}.',
    args: ['strides', wrong, 1],
    framework: `Stride must be > 0, but got ${wrong}`,
    repair: { field: 'stride', value: 1 },
  });
}

interface Channels {
  readonly in: Size;
  readonly out: Size;
  readonly groups: Size;
  readonly problem?: Problem;
}

const indivisible = (name: string, channels: Size, filter: Size, framework: string): Problem =>
  problem({
    code: 'channels-mismatch',
    field: 'weight',
    template: 'The {0} channels of the {1} are no multiple of the {2} of the filter.',
    args: [print(channels), name, print(filter)],
    framework,
  });

const MULTIPLE = 'input depth must be evenly divisible by filter depth';
const GROUPS = 'output depth must be evenly divisible by number of groups';

/** Groups follow from the channels: the input has so many times those of the filter, of a transposed one the output. */
function channelsOf(
  form: Form,
  input: Size | undefined,
  filter: readonly Size[],
  asked: Size | undefined,
  call: Applied,
): Channels {
  const [a, b] = filter;
  if (form === 'depthwise') return { in: a, out: times(call.machine, a, b), groups: a };
  const [inner, whole] = form === 'conv' ? [a, input] : [a, asked];
  const groups = whole === undefined ? 1 : divideExactly(whole, inner);
  const plain = form === 'conv' ? { in: a, out: b, groups: 1 } : { in: b, out: asked ?? a, groups: 1 };
  if (groups === undefined || !isKnown(groups)) {
    const wrong = whole !== undefined && isKnown(whole) && isKnown(inner);
    const name = form === 'conv' ? 'input' : 'output';
    return wrong ? { ...plain, problem: indivisible(name, whole, inner, MULTIPLE) } : plain;
  }
  const others = form === 'conv' ? b : (input ?? b);
  const uneven =
    isKnown(others) && groups > 0 && others % groups !== 0
      ? problem({
          code: 'groups-divide',
          field: 'groups',
          template: '{0} groups do not divide {1} = {2}.',
          args: [groups, form === 'conv' ? 'out' : 'in', others],
          framework: GROUPS,
        })
      : undefined;
  return { ...plain, in: form === 'conv' ? whole! : plain.in, groups, problem: uneven };
}

/** Filters `(k…, in, out)`, transposed `(k…, out, in)`; depthwise `(h, w, in, multiplier)`. */
function convolve(call: Applied, spec: FunctionSpec, rank: number, form: Form): Value {
  const { machine, bound, at } = call;
  const weight = either(bound, 'filters', 'filter');
  const shape = weight && machine.asTensor(weight)?.cell.shape;
  const input = either(bound, 'input', 'value') ?? unknown();
  const [stride, dilation] = [bound.isNone('stride') ? 'strides' : 'stride', 'dilations'].map((name) =>
    spatial(bound, name, rank),
  );
  const padding = paddingOf(call, rank);
  const refused = textProblem(bound);
  if (shape?.length !== rank + 2 || !stride || !dilation || (!padding && !refused)) return unknown();
  const kernel = shape.slice(0, rank);
  const layout = isFirst(bound) ? 'first' : 'last';
  const given = machine.asTensor(input)?.cell.shape;
  const asked = form === 'transpose' ? outputShape(call, rank) : undefined;
  if (form === 'transpose' && !asked) return unknown();
  const inChannels = given && given.length >= rank + 2 ? given[layout === 'last' ? given.length - 1 : 1] : undefined;
  const channels = channelsOf(form, inChannels, shape.slice(rank), asked?.channels, call);
  const sides = padding ?? 'VALID';
  const setup: ConvSetup = {
    kind: form === 'transpose' ? 'convTranspose' : 'conv',
    rank,
    layout,
    inChannels: channels.in,
    outChannels: channels.out,
    groups: channels.groups,
    bias: false,
    torchRules: false,
    empty: 'unknown',
    ...(form === 'conv' ? { batch: 'more' } : {}),
    parameters: bound.values,
    weightShape: () => shape,
    axis: (size, index): ConvAxis => {
      const window = { input: size, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      const pad = typeof sides === 'string' ? sides : sides[index];
      if (asked) return tensorflowTransposedAxis(window, pad, asked.sizes[index]);
      return pad === 'SAME' ? sameAxis(window) : paddedAxis(window, pad === 'VALID' ? [0, 0] : pad);
    },
    refuse: (axes) =>
      refused ??
      strideProblem(axes) ??
      channels.problem ??
      (asked ? (batchProblem(asked.batch, given?.[0]) ?? tensorflowProblem(axes, sides, asked.sizes)) : undefined),
  };
  return asArrayOf('tensorflow', applyConvolution(machine, siteOf(machine, spec, at), setup, input, at));
}

function batchProblem(asked: Size | undefined, given: Size | undefined): Problem | undefined {
  if (asked === undefined || given === undefined || !isKnown(asked) || !isKnown(given) || asked === given)
    return undefined;
  return problem({
    code: 'output-size-range',
    field: 'outputPadding',
    template: 'output_shape has a batch of {0}, the input one of {1}.',
    args: [asked, given],
  });
}

interface OutputShape {
  readonly sizes: readonly Size[];
  readonly channels?: Size;
  readonly batch?: Size;
}

function outputShape({ machine, bound }: Applied, rank: number): OutputShape | undefined {
  const sizes = bound.items('output_shape')?.map((each) => machine.sizeOf(each, 'output_shape'));
  if (sizes?.length === rank) return { sizes };
  if (sizes?.length !== rank + 2) return undefined;
  return isFirst(bound)
    ? { batch: sizes[0], channels: sizes[1], sizes: sizes.slice(2) }
    : { batch: sizes[0], channels: sizes[rank + 1], sizes: sizes.slice(1, -1) };
}

function convolution(name: string, rank: number, form: Form, args: string): FunctionSpec {
  const spec: FunctionSpec = {
    callee: `tensorflow.nn.${name}`,
    framework: 'tensorflow',
    family: form === 'transpose' ? 'convTranspose' : 'conv',
    rank,
    signature: signature(args),
    apply: (call) => convolve(call, spec, rank, form),
  };
  return spec;
}

/** With the names that TensorFlow 1 had. */
const PLAIN =
  'input=None, filters=None, strides=None, padding=None, data_format=None, dilations=None, name=None, filter=None, value=None, ~use_cudnn_on_gpu=True';
const TRANSPOSED =
  "input=None, filters=None, output_shape=None, strides=None, padding='SAME', data_format=None, dilations=None, name=None, filter=None, value=None";

export const tensorflowConvolutions: readonly FunctionSpec[] = [
  convolution('conv1d', 1, 'conv', PLAIN.replace('strides', 'stride')),
  convolution('conv2d', 2, 'conv', PLAIN),
  convolution('conv3d', 3, 'conv', PLAIN),
  convolution('depthwise_conv2d', 2, 'depthwise', PLAIN),
  convolution('depthwise_conv2d_native', 2, 'depthwise', PLAIN),
  convolution('atrous_conv2d', 2, 'conv', 'input, filters, dilations, padding, strides=1, data_format=None, name=None'),
  ...[1, 2, 3].map((rank) => convolution(`conv${rank}d_transpose`, rank, 'transpose', TRANSPOSED)),
];
