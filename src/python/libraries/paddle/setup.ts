import type { Sides } from '../../../core/formulas';
import { type Problem, problem } from '../../../core/problem';
import type { Bound } from '../../model/library';
import type { Machine } from '../../model/machine';
import { unknown } from '../../model/make';
import { asArrayOf } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applyConvolution, type ConvSetup, perGroup } from '../../shapes/convolution';
import { type ConvAxis, sizedAxis } from '../../sizes/axis';
import { print } from '../../sizes/print';
import { isKnown, multiply, type Size } from '../../sizes/size';
import { paddleAxis, paddleProblem, paddleTransposedAxis } from '../axes/paddle';
import { flatPadding, groupsProblem, type Kind, leastProblem, lengthProblem, reflectionProblem } from './checks';

export const RANKS = [1, 2, 3] as const;
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

export function setupOf(
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
export function sharedOut(
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

/** The size that the caller states for the output. */
export function wantedOf(
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

export const addedProblem = (bound: Bound, kind: Kind, rank: number): Problem | undefined =>
  kind === 'conv' ? undefined : lengthProblem('output_padding', bound.get('output_padding'), rank);

/** Applies the convolution, or tells what is refused before its sizes are looked at. */
export function run(
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
export const BOTH = problem({
  code: 'output-size-and-padding',
  field: 'outputPadding',
  template: 'Paddle takes output padding or an output size, not both.',
  framework: 'output_padding option is mutually exclusive with output_size',
});

export function statesPadding(bound: Bound): boolean {
  const value = bound.get('output_padding');
  if (value?.kind === 'list' || value?.kind === 'tuple') return true;
  const added = bound.int('output_padding');
  return added !== undefined && added !== 0;
}

export function biasLength(bound: Bound, out: Size): Problem | undefined {
  const shape = bound.isNone('bias') ? undefined : bound.tensor('bias')?.cell.shape;
  return shape?.length === 1 && isKnown(shape[0]) && shape[0] !== 1
    ? biasProblem({ in: 0, out: shape[0], kernel: undefined, bias: true }, out)
    : undefined;
}
