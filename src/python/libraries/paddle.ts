import type { Sides } from '../../core/formulas';
import { problem } from '../../core/problem';
import { siteOf } from '../findings/record';
import { times } from '../model/arithmetic';
import type { Bound, FunctionSpec, LayerSpec } from '../model/library';
import { unknown } from '../model/make';
import { signature } from '../model/signature';
import type { Value } from '../model/value';
import { applyConvolution, type ConvSetup, perGroup } from '../shapes/convolution';
import { tensorOps } from '../shapes/tensorOps';
import { type ConvAxis, sizedAxis } from '../sizes/axis';
import type { Size } from '../sizes/size';
import { paddleAxis, paddleProblem, paddleTransposedAxis } from './axes/paddle';
import { torchFunctions } from './torch/functions';
import { torchLayers } from './torch/layers';
import { torchFunctionalPooling, torchPooling } from './torch/pooling';
import { torchFunctionalResizing, torchResizing } from './torch/resizing';

const DIGITS = [1, 2, 3] as const;
const CONV =
  "kernel_size, stride=1, padding=0, dilation=1, groups=1, padding_mode='zeros', weight_attr=None, bias_attr=None, data_format='NCHW'";
/** In two dimensions only the dilation stands before the groups. */
const transposedOrder = (rank: number): string => (rank === 2 ? 'dilation=1, groups=1' : 'groups=1, dilation=1');
const transposed = (rank: number): string =>
  `kernel_size, stride=1, padding=0, output_padding=0, ${transposedOrder(rank)}, weight_attr=None, bias_attr=None, data_format='NCHW'`;

/** One number, one per axis, begin and end of every axis in turn, or a word. */
function paddings(bound: Bound, rank: number): readonly Sides<Size>[] | 'same' | undefined {
  const text = bound.text('padding')?.toLowerCase();
  if (text === 'same') return 'same';
  if (text === 'valid') return Array.from({ length: rank }, () => [0, 0] as const);
  const items = bound.items('padding');
  if (items?.length === 2 * rank && rank > 0 && items.every((item) => item.kind === 'number')) {
    const sizes = bound.sizes('padding', 2 * rank)!;
    return Array.from({ length: rank }, (_, axis) => [sizes[2 * axis], sizes[2 * axis + 1]] as const);
  }
  return bound.sizes('padding', rank)?.map((size) => [size, size] as const);
}

function setupOf(
  bound: Bound,
  kind: ConvSetup['kind'],
  rank: number,
  channels: {
    readonly in: Size;
    readonly out: Size;
    readonly kernel: readonly Size[] | undefined;
    readonly bias: boolean | undefined;
  },
  wanted?: readonly Size[],
): ConvSetup | undefined {
  const { kernel } = channels;
  const [stride, dilation] = ['stride', 'dilation'].map((name) => bound.sizes(name, rank));
  const padding = paddings(bound, rank);
  const outputPadding = kind === 'convTranspose' ? bound.sizes('output_padding', rank) : undefined;
  if (!kernel || !stride || !dilation || !padding || (kind === 'convTranspose' && !outputPadding)) return undefined;
  const groups = bound.size('groups');
  const mode = bound.text('padding_mode');
  return {
    kind,
    rank,
    layout: /C$/.test(bound.text('data_format') ?? '') ? 'last' : 'first',
    groups,
    inChannels: channels.in,
    outChannels: channels.out,
    bias: channels.bias,
    torchRules: false,
    paddingMode: mode === 'reflect' || mode === 'replicate' || mode === 'circular' ? mode : 'zeros',
    parameters: bound.values,
    weightShape: () =>
      kind === 'conv'
        ? [channels.out, perGroup(channels.in, groups), ...kernel]
        : [channels.in, perGroup(channels.out, groups), ...kernel],
    axis: (input, index): ConvAxis => {
      const window = { input, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      const pad = padding === 'same' ? 'same' : padding[index];
      if (!outputPadding) return paddleAxis(window, pad);
      const axis = paddleTransposedAxis(window, pad, outputPadding[index]);
      return wanted ? sizedAxis(axis, wanted[index]) : axis;
    },
    ...(kind === 'convTranspose' && { refuse: (axes) => paddleProblem(axes, wanted) }),
  };
}

const biasOf = (bound: Bound): boolean | undefined =>
  bound.isNone('bias_attr') ? true : bound.flag('bias_attr') === false ? false : undefined;

function layer(kind: ConvSetup['kind'], rank: number): LayerSpec {
  return {
    callee: `paddle.nn.Conv${rank}D${kind === 'conv' ? '' : 'Transpose'}`,
    framework: 'paddle',
    family: kind,
    rank,
    signature: signature(`in_channels, out_channels, ${kind === 'conv' ? CONV : transposed(rank)}`),
    apply: ({ machine, bound, layer: made, args, at }) => {
      const size = args.keywords.get('output_size') ?? args.positional[1];
      const wanted = size && size.kind !== 'none' ? machine.sizesOf(size, rank, 'output_size') : undefined;
      const setup = setupOf(
        bound,
        kind,
        rank,
        {
          in: bound.size('in_channels'),
          out: bound.size('out_channels'),
          kernel: bound.sizes('kernel_size', rank),
          bias: biasOf(bound),
        },
        wanted,
      );
      if (!setup) return unknown();
      const refuse = rank === 1 && wanted && statesPadding(bound) ? () => BOTH : setup.refuse;
      return applyConvolution(machine, made.site, { ...setup, refuse }, args.positional[0] ?? unknown(), at);
    },
  };
}

/**
 * Of an output padding and an output size the functions, and the layer of one dimension, take only one; a list of zeros
 * is an output padding. The other layers forget theirs where a size is given.
 */
const BOTH = problem({
  code: 'output-size-and-padding',
  field: 'outputPadding',
  template: 'Paddle takes output padding or an output size, not both.',
  framework: 'output_padding option is mutually exclusive with output_size',
});

function statesPadding(bound: Bound): boolean {
  const value = bound.get('output_padding');
  if (value?.kind === 'list' || value?.kind === 'tuple') return true;
  const added = bound.int('output_padding');
  return added !== undefined && added !== 0;
}

function func(kind: ConvSetup['kind'], rank: number): FunctionSpec {
  const form =
    kind === 'conv'
      ? "x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, data_format='NCHW', name=None"
      : `x, weight, bias=None, stride=1, padding=0, output_padding=0, ${transposedOrder(rank)}, output_size=None, data_format='NCHW', name=None`;
  const spec: FunctionSpec = {
    callee: `paddle.nn.functional.conv${rank}d${kind === 'conv' ? '' : '_transpose'}`,
    framework: 'paddle',
    family: kind,
    rank,
    signature: signature(form),
    apply: ({ machine, bound, at }): Value => {
      const shape = bound.tensor('weight')?.cell.shape;
      if (shape?.length !== rank + 2) return unknown();
      const other = times(machine, shape[1], bound.size('groups'));
      const wanted =
        kind === 'convTranspose' && !bound.isNone('output_size') ? bound.sizes('output_size', rank) : undefined;
      const setup = setupOf(
        bound,
        kind,
        rank,
        {
          in: kind === 'conv' ? other : shape[0],
          out: kind === 'conv' ? shape[0] : other,
          kernel: shape.slice(2),
          bias: !bound.isNone('bias'),
        },
        wanted,
      );
      if (!setup) return unknown();
      const refuse = wanted && statesPadding(bound) ? () => BOTH : setup.refuse;
      return applyConvolution(
        machine,
        siteOf(machine, spec, at),
        { ...setup, refuse },
        bound.get('x') ?? unknown(),
        at,
      );
    },
  };
  return spec;
}

/** Paddle's names for what PyTorch has too: `MaxPool2D`, `BatchNorm2D`. */
const asPaddle = (spec: LayerSpec): LayerSpec => ({
  ...spec,
  framework: 'paddle',
  callee: spec.callee.replace('torch.nn.', 'paddle.nn.').replace(/([123])d$/, '$1D'),
});
const shared = /^torch\.nn\.(?!Linear$|LSTM|GRU|RNN|MultiheadAttention|Unfold|Fold)/;

export const paddleLayers: readonly LayerSpec[] = [
  ...[...torchLayers, ...torchPooling, ...torchResizing].filter((spec) => shared.test(spec.callee)).map(asPaddle),
  ...torchLayers
    .filter((spec) => spec.callee === 'torch.nn.Linear')
    .map((spec): LayerSpec => ({
      ...asPaddle(spec),
      signature: signature('in_features, out_features, weight_attr=None, bias_attr=None, name=None'),
    })),
  ...DIGITS.flatMap((rank) => [layer('conv', rank), layer('convTranspose', rank)]),
];

const CREATORS = new Set([
  'torch.randn',
  'torch.rand',
  'torch.zeros',
  'torch.ones',
  'torch.empty',
  'torch.full',
  'torch.arange',
  'torch.where',
  'torch.nn.functional.pad',
]);

export const paddleFunctions: readonly FunctionSpec[] = [
  ...DIGITS.flatMap((rank) => [func('conv', rank), func('convTranspose', rank)]),
  ...torchFunctions
    .filter((spec) => CREATORS.has(spec.callee))
    .map((spec): FunctionSpec => ({ ...spec, framework: 'paddle', callee: spec.callee.replace('torch.', 'paddle.') })),
  ...[...torchFunctionalPooling, ...torchFunctionalResizing]
    .filter((spec) => spec.callee.startsWith('torch.nn.functional.'))
    .map((spec): FunctionSpec => ({ ...spec, framework: 'paddle', callee: spec.callee.replace('torch.', 'paddle.') })),
  ...[...tensorOps].flatMap(([name, op]) =>
    ['paddle', 'paddle.nn.functional'].map((prefix): FunctionSpec => ({
      callee: `${prefix}.${name}`,
      framework: 'paddle',
      ...op,
    })),
  ),
];
