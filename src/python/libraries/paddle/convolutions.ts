import type { Sides } from '../../../core/formulas';
import { type Problem, problem } from '../../../core/problem';
import { siteOf } from '../../findings/record';
import { times } from '../../model/arithmetic';
import type { Bound, FunctionSpec, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applyConvolution, type ConvSetup, perGroup } from '../../shapes/convolution';
import { type ConvAxis, sizedAxis } from '../../sizes/axis';
import { print } from '../../sizes/print';
import { isKnown, multiply, type Size } from '../../sizes/size';
import { paddleAxis, paddleProblem, paddleTransposedAxis } from '../axes/paddle';
import {
  constructorProblem,
  flatPadding,
  groupsProblem,
  type Kind,
  leastProblem,
  lengthProblem,
  paddingProblem,
  reflectionProblem,
} from './checks';

export const RANKS = [1, 2, 3] as const;
const DEVICE = '~device=None, ~dtype=None';
/** By position the versions before 3 took what 3 takes by name only. */
const CONV = `kernel_size, stride=1, padding=0, dilation=1, groups=1, padding_mode='zeros', weight_attr=None, bias_attr=None, data_format='NCHW', bias=True, ${DEVICE}`;
/** In one dimension, and in the function of three, the groups stand before the dilation. */
const order = (groupsFirst: boolean): string => (groupsFirst ? 'groups=1, dilation=1' : 'dilation=1, groups=1');
const transposed = (rank: number): string =>
  `kernel_size, stride=1, padding=0, output_padding=0, ${order(rank === 1)}, weight_attr=None, bias_attr=None, data_format='NCHW'`;

/** Where `data_format` has the channels; `undefined`: not known, or not one of this rank. */
export function layoutOf(bound: Bound, rank: number): ConvSetup['layout'] | undefined {
  if (bound.isNone('data_format')) return 'first';
  const text = bound.text('data_format');
  const spatial = ['L', 'HW', 'DHW'][rank - 1];
  if (text === 'NCHW' && !bound.isGiven('data_format')) return 'first';
  return text === `NC${spatial}` ? 'first' : text === `N${spatial}C` ? 'last' : undefined;
}

/** One size an axis of a number or a list of that many; Paddle stretches no list. */
export function sizesOf(bound: Bound, name: string, rank: number): readonly Size[] | undefined {
  return lengthProblem(name, bound.get(name), rank) ? undefined : bound.sizes(name, rank);
}

/** One number, one per axis, begin and end of every axis in turn, pairs for every axis of the input, or a word. */
export function paddings(
  machine: Machine,
  bound: Bound,
  rank: number,
  layout: ConvSetup['layout'],
): readonly Sides<Size>[] | 'same' | undefined {
  const text = bound.text('padding')?.toUpperCase();
  if (text === 'SAME') return 'same';
  if (text === 'VALID') return Array.from({ length: rank }, () => [0, 0] as const);
  const value = bound.get('padding');
  const flat = flatPadding(value, rank, layout === 'last')?.map((each) => machine.sizeOf(each, 'padding'));
  if (!flat && (value?.kind === 'list' || value?.kind === 'tuple')) return undefined;
  const sizes = flat ?? bound.sizes('padding', rank);
  return sizes?.length === 2 * rank
    ? Array.from({ length: rank }, (_, axis) => [sizes[2 * axis], sizes[2 * axis + 1]] as const)
    : sizes?.map((size) => [size, size] as const);
}

interface Channels {
  readonly in: Size;
  readonly out: Size;
  readonly kernel: readonly Size[] | undefined;
  readonly bias: boolean | undefined;
}

function setupOf(
  machine: Machine,
  bound: Bound,
  kind: Kind,
  rank: number,
  channels: Channels,
  wanted?: readonly Size[],
): ConvSetup | undefined {
  const { kernel } = channels;
  const layout = layoutOf(bound, rank);
  const [stride, dilation] = ['stride', 'dilation'].map((name) => sizesOf(bound, name, rank));
  const padding = layout && paddings(machine, bound, rank, layout);
  const added =
    kind === 'conv' || wanted ? Array.from({ length: rank }, (): Size => 0) : sizesOf(bound, 'output_padding', rank);
  if (!layout || !kernel || !stride || !dilation || !padding || !added) return undefined;
  const groups = bound.size('groups');
  const mode = bound.text('padding_mode');
  // A transposed layer makes as many channels as whole groups of them have room for.
  const made = kind === 'conv' ? channels.out : multiply(perGroup(channels.out, groups), groups);
  const reflects = mode === 'reflect' || mode === 'replicate' || mode === 'circular';
  return {
    kind,
    rank,
    layout,
    groups,
    inChannels: channels.in,
    outChannels: made,
    bias: channels.bias,
    torchRules: false,
    empty: 'runs',
    paddingMode: reflects ? mode : 'zeros',
    parameters: bound.values,
    weightShape: () =>
      kind === 'conv'
        ? [channels.out, perGroup(channels.in, groups), ...kernel]
        : [channels.in, perGroup(channels.out, groups), ...kernel],
    axis: (input, index): ConvAxis => {
      const window = { input, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      const pad = padding === 'same' ? 'same' : padding[index];
      if (kind === 'conv') {
        const axis = paddleAxis(window, pad);
        // PyTorch wraps around once at most.
        const wraps = mode === 'circular' && isKnown(input) && isKnown(axis.padBegin) && axis.padBegin > input;
        return wraps ? { ...axis, sizeOnly: true } : axis;
      }
      const made = paddleTransposedAxis(window, pad, added[index]);
      const axis = isKnown(made.dilation) && made.dilation < 1 ? { ...made, sizeOnly: true } : made;
      return wanted ? sizedAxis(axis, wanted[index]) : axis;
    },
    refuse: (axes) =>
      stepProblem(kind, axes) ??
      (mode === 'reflect' ? reflectionProblem(axes) : undefined) ??
      (kind === 'convTranspose' ? paddleProblem(axes, wanted) : undefined) ??
      (kind === 'convTranspose' ? biasProblem(channels, made) : undefined),
  };
}

/** A transposed layer takes any dilation. */
function stepProblem(kind: Kind, axes: readonly ConvAxis[]): Problem | undefined {
  for (const name of kind === 'conv' ? (['dilation', 'stride'] as const) : (['stride'] as const)) {
    const wrong = axes.map((axis) => axis[name]).find((size) => isKnown(size) && size <= 0);
    if (wrong !== undefined && isKnown(wrong))
      return leastProblem(
        name,
        wrong,
        1,
        `The ${name} of Op(Conv) should be larger than 0, but received ${name} is ${wrong}.`,
      );
  }
  return undefined;
}

/** The bias has as many entries as the layer was asked for channels, whatever its groups make of them. */
function biasProblem({ out, bias }: Channels, made: Size): Problem | undefined {
  if (bias !== true || !isKnown(out) || !isKnown(made) || out === made || made === 1) return undefined;
  return problem({
    code: 'groups-divide',
    field: 'groups',
    template: 'The bias has shape {0}; it needs one entry for each of the {1} output channels.',
    args: [`[${out}]`, made],
    framework: `Broadcast dimension mismatch. Operands could not be broadcast together`,
  });
}

const ZERO: Readonly<Record<Kind, readonly string[]>> = {
  conv: [
    'The groups of conv1d should not be zero',
    'The groups of conv2d should be not be zero.',
    'The groups of conv3d should not be 0.',
  ],
  convTranspose: RANKS.map((rank) => `The groups of conv${rank}d_transpose should not be zero.`),
};

/** What the functions check of the groups, and the layers that call them; convolutions of images do not. */
function sharedOut(
  kind: Kind,
  rank: number,
  groups: Size,
  input: Size,
  filters: Size,
  calls: boolean,
): Problem | undefined {
  const zero = ZERO[kind][rank - 1];
  const divide =
    kind === 'convTranspose' && rank === 3
      ? 'The number of input channels must be divisible by Attr(groups).'
      : `${kind === 'conv' ? 'The' : 'the'} channel of input must be divisible by groups,received: the channel of input is ${print(input)}`;
  const found = groupsProblem(groups, input, 'in_channels', { zero, divide });
  if (found || kind !== 'conv') return found;
  const words = calls
    ? `The number of filters must be divisible by groups,received: the number of filters is ${print(filters)}`
    : `The number of output's channels (filter's first dimension) of Op(Conv) should be divided by groups. But received: the output channels is ${print(filters)}`;
  return groupsProblem(groups, filters, 'out_channels', { zero, divide: words });
}

const biasOf = (bound: Bound): boolean | undefined => {
  if (bound.flag('bias') === false) return false;
  return bound.isNone('bias_attr') ? true : bound.flag('bias_attr') === false ? false : undefined;
};

const inputOf = ({
  positional,
  keywords,
}: {
  positional: readonly Value[];
  keywords: ReadonlyMap<string, Value>;
}): Value => positional[0] ?? keywords.get('x') ?? keywords.get('input') ?? unknown();

/** The size that the caller states for the output. */
function wantedOf(
  machine: Machine,
  value: Value | undefined,
  rank: number,
): { readonly sizes?: readonly Size[]; readonly problem?: Problem } | undefined {
  if (!value || value.kind === 'none') return {};
  const wrong = lengthProblem('output_size', value, rank);
  if (wrong) return { problem: wrong };
  // In a tensor the sizes are not looked at, and nothing else is taken.
  const listed = value.kind === 'list' || value.kind === 'tuple' || value.kind === 'number';
  const sizes = listed ? machine.sizesOf(value, rank, 'output_size') : undefined;
  return sizes ? { sizes } : undefined;
}

function layer(kind: Kind, rank: number): LayerSpec {
  return {
    callee: `paddle.nn.Conv${rank}D${kind === 'conv' ? '' : 'Transpose'}`,
    framework: 'paddle',
    family: kind,
    rank,
    signature: signature(`in_channels, out_channels, ${kind === 'conv' ? CONV : transposed(rank)}`),
    check: (bound) => {
      const found = constructorProblem(bound, kind, rank, layoutOf(bound, rank) === 'last');
      return found ? [found] : [];
    },
    apply: ({ machine, bound, layer: made, args, at }) => {
      const wanted = wantedOf(machine, args.keywords.get('output_size') ?? args.positional[1], rank);
      const [input, output] = [bound.size('in_channels'), bound.size('out_channels')];
      const channels = { in: input, out: output, kernel: sizesOf(bound, 'kernel_size', rank), bias: biasOf(bound) };
      const groups = bound.size('groups');
      const setup = wanted && setupOf(machine, bound, kind, rank, channels, wanted.sizes);
      const early =
        (rank === 1 ? paddingProblem(bound, rank, layoutOf(bound, rank) === 'last') : undefined) ??
        sharedOut(kind, rank, groups, input, output, kind === 'convTranspose' || rank === 1) ??
        (rank === 1 && wanted?.sizes && statesPadding(bound) ? BOTH : undefined) ??
        wanted?.problem ??
        (wanted?.sizes ? undefined : addedProblem(bound, kind, rank));
      return run(machine, made.site, setup, early, inputOf(args), at);
    },
  };
}

const addedProblem = (bound: Bound, kind: Kind, rank: number): Problem | undefined =>
  kind === 'conv' ? undefined : lengthProblem('output_padding', bound.get('output_padding'), rank);

/** Applies the convolution, or tells what is refused before its sizes are looked at. */
function run(
  machine: Machine,
  site: Parameters<typeof applyConvolution>[1],
  setup: ConvSetup | undefined,
  early: Problem | undefined,
  input: Value,
  at: Parameters<typeof applyConvolution>[4],
): Value {
  if (!setup) {
    if (early) machine.recorder.problem(site, { problem: early, arguments: [], place: at, repairs: [] });
    return unknown();
  }
  const { refuse } = setup;
  const result = applyConvolution(machine, site, { ...setup, refuse: (axes) => early ?? refuse?.(axes) }, input, at);
  return asArrayOf('paddle', result);
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

function func(kind: Kind, rank: number): FunctionSpec {
  const form =
    kind === 'conv'
      ? "x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, data_format='NCHW', name=None"
      : `x, weight, bias=None, stride=1, padding=0, output_padding=0, ${order(rank !== 2)}, output_size=None, data_format='NCHW', name=None`;
  const spec: FunctionSpec = {
    callee: `paddle.nn.functional.conv${rank}d${kind === 'conv' ? '' : '_transpose'}`,
    framework: 'paddle',
    family: kind,
    rank,
    signature: signature(form),
    apply: ({ machine, bound, at }): Value => {
      const shape = bound.tensor('weight')?.cell.shape;
      if (shape?.length !== rank + 2) return unknown();
      const groups = bound.size('groups');
      const other = times(machine, shape[1], groups);
      const wanted = wantedOf(machine, kind === 'convTranspose' ? bound.get('output_size') : undefined, rank);
      const channels = {
        in: kind === 'conv' ? other : shape[0],
        out: kind === 'conv' ? shape[0] : other,
        kernel: shape.slice(2),
        bias: !bound.isNone('bias'),
      };
      const layout = layoutOf(bound, rank);
      const x = bound.tensor('x')?.cell.shape;
      const given = x?.length === rank + 2 && layout ? x[layout === 'last' ? rank + 1 : 1] : channels.in;
      const setup = wanted && setupOf(machine, bound, kind, rank, channels, wanted.sizes);
      const early =
        sharedOut(kind, rank, groups, given, shape[0], true) ??
        paddingProblem(bound, rank, layout === 'last') ??
        ['stride', 'dilation'].map((name) => lengthProblem(name, bound.get(name), rank)).find((each) => each) ??
        (wanted?.sizes && statesPadding(bound) ? BOTH : undefined) ??
        wanted?.problem ??
        (wanted?.sizes ? undefined : addedProblem(bound, kind, rank)) ??
        biasLength(bound, channels.out);
      return run(machine, siteOf(machine, spec, at), setup, early, bound.get('x') ?? unknown(), at);
    },
  };
  return spec;
}

function biasLength(bound: Bound, out: Size): Problem | undefined {
  const shape = bound.isNone('bias') ? undefined : bound.tensor('bias')?.cell.shape;
  return shape?.length === 1 && isKnown(shape[0]) && shape[0] !== 1
    ? biasProblem({ in: 0, out: shape[0], kernel: undefined, bias: true }, out)
    : undefined;
}

export const paddleConvolutions: readonly LayerSpec[] = RANKS.flatMap((rank) => [
  layer('conv', rank),
  layer('convTranspose', rank),
]);

export const paddleConvolutionFunctions: readonly FunctionSpec[] = RANKS.flatMap((rank) => [
  func('conv', rank),
  func('convTranspose', rank),
]);
