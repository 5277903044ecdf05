import { type Problem, problem } from '../../../core/problem';
import { siteOf } from '../../findings/record';
import { times } from '../../model/arithmetic';
import { iterate } from '../../model/iterate';
import type { Applied, Bound, FunctionSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applyConvolution, type ConvSetup } from '../../shapes/convolution';
import type { Layout } from '../../sizes/axis';
import { isKnown, type Size } from '../../sizes/size';
import {
  cropProblem,
  inputDilationProblem,
  jaxAxis,
  jaxTransposedAxis,
  padOf,
  type Pads,
  wordProblem,
} from '../axes/jax';

/** Convolutions take the words in any case, transposed ones as they are and without SAME_LOWER. */
export function readPads(machine: Machine, bound: Bound, rank: number): Pads | undefined {
  const text = bound.text('padding')?.toUpperCase();
  if (text === 'SAME' || text === 'VALID' || text === 'SAME_LOWER') return text;
  const items = bound.items('padding');
  if (items?.length !== rank) return undefined;
  const pairs = items.map(
    (item) => iterate(item)?.map((size) => machine.sizeOf(size)) ?? [machine.sizeOf(item), machine.sizeOf(item)],
  );
  return pairs.every((pair) => pair.length === 2) ? pairs.map(([a, b]) => [a, b] as const) : undefined;
}

/** A text that the function takes for no padding. */
export function textProblem(bound: Bound, transposed: boolean, more: readonly string[] = []): Problem | undefined {
  const text = bound.text('padding');
  if (text === undefined || more.includes(text)) return undefined;
  if (transposed) return text === 'SAME' || text === 'VALID' ? undefined : wordProblem();
  if (['SAME', 'VALID', 'SAME_LOWER'].includes(text.toUpperCase())) return undefined;
  return problem({
    code: 'padding-text',
    field: 'padding',
    template: 'padding is {0}; it must be {1}.',
    args: [text, 'SAME, SAME_LOWER, VALID'],
    framework: `Unrecognized padding type: expected 'VALID', 'SAME', or 'SAME_LOWER', got ${text.toUpperCase()}.`,
  });
}

/** Groups that do not divide the channels that come out, or, as only layers ask, those that come in. */
export function featureGroupProblem(groups: Size, input: Size, out: Size): Problem | undefined {
  if (!isKnown(groups) || groups < 1) return undefined;
  const wrong = (channels: Size): boolean => isKnown(channels) && channels % groups !== 0;
  if (!wrong(input) && !wrong(out)) return undefined;
  const name = wrong(input) ? 'in' : 'out';
  return problem({
    code: 'groups-divide',
    field: 'groups',
    template: '{0} groups do not divide {1} = {2}.',
    args: [groups, name, Number(name === 'in' ? input : out)],
    ...(name === 'in'
      ? {}
      : {
          framework: `conv_general_dilated rhs output feature dimension size must be a multiple of feature_group_count, but ${Number(out)} is not a multiple of ${groups}.`,
        }),
  });
}

interface Orders {
  readonly layout: Layout;
  /** The output's, where it is not the input's: which is not modelled. */
  readonly moves: boolean;
  readonly kernel: readonly Size[];
  readonly in: Size;
  readonly out: Size;
}

/** `dimension_numbers=('NHWC', 'HWIO', 'NHWC')`; without it lax takes NCHW and OIHW, conv_transpose NHWC and HWIO. */
function ordersOf(bound: Bound, fallback: Layout, weight: readonly Size[]): Orders | undefined {
  const given = bound.isNone('dimension_numbers') ? undefined : bound.items('dimension_numbers');
  const texts = given?.map((each) => (each.kind === 'string' ? each.value : ''));
  if (!bound.isNone('dimension_numbers') && texts?.length !== 3) return undefined;
  const spatial = 'DHW'.slice(5 - weight.length);
  const layout: Layout | undefined = !texts
    ? fallback
    : texts[0].startsWith('NC')
      ? 'first'
      : /^N.*C$/.test(texts[0])
        ? 'last'
        : undefined;
  const order = texts?.[1] ?? (fallback === 'first' ? `OI${spatial}` : `${spatial}IO`);
  if (!layout || order.length !== weight.length || !order.includes('O') || !order.includes('I')) return undefined;
  return {
    layout,
    moves: texts !== undefined && texts[2] !== texts[0],
    kernel: weight.filter((_, axis) => !'IO'.includes(order[axis])),
    in: weight[order.indexOf('I')],
    out: weight[order.indexOf('O')],
  };
}

/** The strides: a sequence with one for each axis. */
function stridesOf(bound: Bound, rank: number): readonly Size[] | 'refused' | undefined {
  const value = bound.get('strides') ?? bound.get('window_strides');
  if (value?.kind === 'number') return 'refused';
  if (value?.kind !== 'list' && value?.kind !== 'tuple') return undefined;
  return value.open
    ? undefined
    : value.items.length === rank
      ? bound.sizes(bound.get('strides') ? 'strides' : 'window_strides', rank)
      : 'refused';
}

function convolve(call: Applied, spec: FunctionSpec, transposed: boolean): Value {
  const { machine, bound, at } = call;
  const weight = bound.tensor('rhs')?.cell.shape;
  const rank = (weight?.length ?? 0) - 2;
  if (!weight || rank < 1 || rank > 3) return unknown();
  const read = ordersOf(bound, transposed ? 'last' : 'first', weight);
  const stride = stridesOf(bound, rank);
  const ones = Array.from({ length: rank }, (): Size => 1);
  const dilation = bound.isNone('rhs_dilation') ? ones : bound.sizes('rhs_dilation', rank);
  const inputDilation = bound.isNone('lhs_dilation') ? ones : bound.sizes('lhs_dilation', rank);
  const refused = stride === 'refused' ? strideProblem(bound, rank, transposed) : textProblem(bound, transposed);
  const pads = refused ? 'VALID' : readPads(machine, bound, rank);
  const groups: Size = bound.get('feature_group_count') ? bound.size('feature_group_count') : 1;
  const batches: Size = bound.get('batch_group_count') ? bound.size('batch_group_count') : 1;
  if (!read || read.moves || !stride || !dilation || !inputDilation || !pads || batches !== 1) return unknown();
  if (stride !== 'refused' && stride.some((each) => isKnown(each) && each < 1)) return unknown();
  const swapped = transposed && bound.flag('transpose_kernel') === true;
  const [inPer, out] = swapped ? [read.out, read.in] : [read.in, read.out];
  const setup: ConvSetup = {
    kind: transposed ? 'convTranspose' : 'conv',
    rank,
    layout: read.layout,
    inChannels: times(machine, inPer, groups),
    outChannels: out,
    groups,
    bias: false,
    torchRules: false,
    empty: 'clipped',
    parameters: bound.values,
    weightShape: () => weight,
    axis: (input, index) => {
      const step = stride === 'refused' ? 1 : stride[index];
      const window = { input, kernel: read.kernel[index], stride: step, dilation: dilation[index] };
      const pad = padOf(pads, index);
      return transposed
        ? jaxTransposedAxis(window, pad, bound.flag('use_consistent_padding') === true)
        : jaxAxis(window, pad, inputDilation[index]);
    },
    refuse: (axes) =>
      refused ??
      (transposed ? cropProblem(axes) : undefined) ??
      inputDilationProblem(pads, inputDilation) ??
      featureGroupProblem(groups, groups, out),
  };
  const site = siteOf(machine, { ...spec, rank }, at);
  return asArrayOf('jax', applyConvolution(machine, site, setup, bound.get('lhs') ?? unknown(), at));
}

function strideProblem(bound: Bound, rank: number, transposed: boolean): Problem {
  const value = bound.get('strides') ?? bound.get('window_strides');
  const name = bound.get('strides') ? 'strides' : 'window_strides';
  const count = value?.kind === 'list' || value?.kind === 'tuple' ? value.items.length : undefined;
  const words =
    count === undefined
      ? 'has no len()'
      : transposed
        ? undefined
        : `conv_general_dilated window and window_strides must have the same number of dimensions, but got ${rank} and ${count}`;
  return problem({
    code: 'stride-rank',
    field: 'stride',
    template: '{0} has {1} entries; it needs {2}.',
    args: [name, count ?? 0, rank],
    framework: words,
  });
}

function convolution(name: string, form: string, transposed: boolean): FunctionSpec {
  const spec: FunctionSpec = {
    callee: `jax.lax.${name}`,
    framework: 'jax',
    family: transposed ? 'convTranspose' : 'conv',
    rank: 2,
    signature: signature(form),
    apply: (call) => convolve(call, spec, transposed),
  };
  return spec;
}

/** `jax.lax` convolutions. */
export const jaxConvolutions: readonly FunctionSpec[] = [
  {
    callee: 'jax.lax.conv_dimension_numbers',
    framework: 'jax',
    signature: signature('~lhs_shape, ~rhs_shape, dimension_numbers'),
    // It holds places of axes, and a convolution takes it as it takes the texts.
    apply: ({ bound }) => bound.get('dimension_numbers') ?? unknown(),
  },
  convolution(
    'conv_transpose',
    'lhs, rhs, strides, padding, rhs_dilation=None, dimension_numbers=None, transpose_kernel=False, precision=None, preferred_element_type=None, use_consistent_padding=False',
    true,
  ),
  convolution(
    'conv_general_dilated',
    'lhs, rhs, window_strides, padding, lhs_dilation=None, rhs_dilation=None, dimension_numbers=None, feature_group_count=1, batch_group_count=1, precision=None, preferred_element_type=None',
    false,
  ),
  convolution('conv', 'lhs, rhs, window_strides, padding, precision=None, preferred_element_type=None', false),
  convolution(
    'conv_with_general_padding',
    'lhs, rhs, window_strides, padding, lhs_dilation=None, rhs_dilation=None, precision=None, preferred_element_type=None',
    false,
  ),
];
