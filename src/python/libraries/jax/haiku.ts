import { type Problem, problem } from '../../../core/problem';
import { convOutput } from '../../../core/formulas';
import { siteOf } from '../../findings/record';
import type { Applied, Bound, FunctionSpec, LayerApplied, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { builtin, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf, derived } from '../../model/tensor';
import type { CallPlace, Value } from '../../model/value';
import { applyConvolution, type ConvSetup, perGroup } from '../../shapes/convolution';
import { flatten } from '../../shapes/flatten';
import { applySpatial, inFormula } from '../../shapes/spatial';
import { type ConvAxis, SIZES } from '../../sizes/axis';
import { isKnown, multiply, type Size } from '../../sizes/size';
import { jaxAxis, jaxTransposedAxis, padOf, type Pads } from '../axes/jax';
import { tensorflowProblem, tensorflowTransposedAxis } from '../axes/tensorflow';
import { readPads, textProblem } from './lax';

const inputOf = ({ args }: LayerApplied): Value => args.positional[0] ?? args.keywords.get('inputs') ?? unknown();

type Form = 'conv' | 'transpose' | 'depthwise';

const layoutOf = (bound: Bound): ConvSetup['layout'] | undefined => {
  const text = bound.text('data_format') ?? '';
  if (text === 'channels_first' || /^NC[DHW]+$/.test(text)) return 'first';
  return text === 'channels_last' || /^N[DHW]+C$/.test(text) ? 'last' : undefined;
};

/** With an output shape the padding is that of TensorFlow's transposed convolution, and so is what it admits. */
function convolve(call: LayerApplied, rank: number, form: Form): Value {
  const { machine, bound, at, layer } = call;
  const layout = layoutOf(bound);
  const [kernel, stride] = ['kernel_shape', 'stride'].map((name) => bound.sizes(name, rank));
  const dilation = form === 'transpose' ? kernel?.map((): Size => 1) : bound.sizes('rate', rank);
  const asked = form === 'transpose' && !bound.isNone('output_shape') ? bound.sizes('output_shape', rank) : undefined;
  const refused = textProblem(bound, form === 'transpose');
  const pads: Pads | undefined = refused ? 'VALID' : readPads(machine, bound, rank);
  const input = inputOf(call);
  const shape = machine.asTensor(input)?.cell.shape;
  if (!layout || !kernel || !stride || !dilation || !pads || !shape) return unknown();
  if (form === 'transpose' && !bound.isNone('output_shape') && (!asked || typeof pads !== 'string')) return unknown();
  const channels = shape[layout === 'last' ? shape.length - 1 : shape.length - rank - 1] ?? 1;
  const groups = form === 'depthwise' ? channels : form === 'conv' ? bound.size('feature_group_count') : 1;
  const out =
    form === 'depthwise'
      ? machine.simple(() => multiply(channels, bound.size('channel_multiplier')))
      : bound.size('output_channels');
  const words = pads === 'SAME' ? 'SAME' : 'VALID';
  const setup: ConvSetup = {
    kind: form === 'transpose' ? 'convTranspose' : 'conv',
    rank,
    layout,
    outChannels: out,
    groups,
    bias: bound.flag('with_bias'),
    torchRules: false,
    empty: 'clipped',
    batch: 'few',
    parameters: bound.values,
    weightShape: () =>
      form === 'transpose' ? [...kernel, out, channels] : [...kernel, perGroup(channels, groups), out],
    axis: (size, index): ConvAxis => {
      const window = { input: size, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      const pad = padOf(pads, index);
      if (form !== 'transpose') return jaxAxis(window, pad);
      // The kernel is mirrored, and its channels are the other way round: no layout of a weight fits.
      const axis = asked
        ? tensorflowTransposedAxis(window, words, asked[index])
        : jaxTransposedAxis(window, pad, false);
      return { ...axis, sizeOnly: true };
    },
    refuse: (axes) =>
      refused ?? groupProblem(channels, groups) ?? (asked ? sizeProblem(axes, words, asked) : undefined),
  };
  return asArrayOf('jax', applyConvolution(machine, layer.site, setup, input, at));
}

function sizeProblem(axes: readonly ConvAxis[], words: 'SAME' | 'VALID', asked: readonly Size[]): Problem | undefined {
  const found = tensorflowProblem(axes, words, asked);
  return found && { ...found, framework: 'The expected input size with the current set of input parameters is' };
}

function groupProblem(channels: Size, groups: Size): Problem | undefined {
  if (!isKnown(channels) || !isKnown(groups) || groups < 1 || channels % groups === 0) return undefined;
  return problem({
    code: 'groups-divide',
    field: 'groups',
    template: '{0} groups do not divide {1} = {2}.',
    args: [groups, 'in', channels],
    framework: `Inputs channels ${channels} should be a multiple of feature_group_count ${groups}`,
  });
}

const layer = (name: string, form: string, apply: (call: LayerApplied) => Value): LayerSpec => ({
  callee: `haiku.${name}`,
  framework: 'flax',
  signature: signature(form),
  // Its metaclass binds the values with `inspect.getcallargs`, which knows no class and puts no comma before 'and'.
  misfit: (words) => `__init__() ${words.replace(/, and (?=')/, ' and ')}`,
  apply: (call) => asArrayOf('jax', apply(call)),
});

/** SAME, VALID, or pairs; the window and its steps for the spatial axes, or for all of them. */
function pool(machine: Machine, bound: Bound, site: ReturnType<typeof siteOf>, input: Value, at: CallPlace): Value {
  const shape = machine.asTensor(input)?.cell.shape;
  const text = bound.text('padding');
  if (!shape || bound.int('channel_axis') !== -1 || (text !== 'SAME' && text !== 'VALID')) return unknown();
  const whole = (name: string): readonly Size[] | undefined => {
    const items = bound.items(name);
    const value = bound.get(name);
    if (value?.kind === 'number') return [1, ...shape.slice(1, -1).map(() => machine.sizeOf(value)), 1];
    const sizes = items?.map((item) => machine.sizeOf(item));
    if (sizes?.length === shape.length) return sizes;
    return sizes?.length === shape.length - 1 ? [1, ...sizes] : undefined;
  };
  const [kernel, stride] = [whole('window_shape'), whole('strides')];
  const rank = shape.length - 2;
  if (!kernel || !stride || rank < 1 || rank > 3) return unknown();
  if (kernel[0] !== 1 || kernel.at(-1) !== 1 || stride[0] !== 1 || stride.at(-1) !== 1) return unknown();
  const result = applySpatial(
    machine,
    site,
    {
      rank,
      layout: 'last',
      parameters: bound.values,
      unbatched: false,
      axis: (size, index) => {
        const [k, s] = [kernel[index + 1], stride[index + 1]];
        const { padBegin, padEnd } = jaxAxis({ input: size, kernel: k, stride: s, dilation: 1 }, text);
        return {
          output: machine.simple(() => convOutput(SIZES, { input: size, stride: s, padBegin, padEnd, extent: k })),
          formula: '⌊(i + p₀ + p₁ − k) / s⌋ + 1',
          substituted: `⌊(${inFormula(size)} + ${inFormula(padBegin)} + ${inFormula(padEnd)} − ${inFormula(k)}) / ${inFormula(s)}⌋ + 1`,
        };
      },
    },
    input,
    at,
  );
  return asArrayOf('jax', result);
}

const TAIL = 'with_bias=True, ~w_init=None, ~b_init=None';
const conv = (rank: number): string =>
  `output_channels, kernel_shape, stride=1, rate=1, padding='SAME', ${TAIL}, data_format='N${'DHW'.slice(3 - rank)}C', mask=None, feature_group_count=1, name=None`;
const transposed = (rank: number): string =>
  `output_channels, kernel_shape, stride=1, output_shape=None, padding='SAME', ${TAIL}, data_format='N${'DHW'.slice(3 - rank)}C', mask=None, name=None`;
const DEPTHWISE = `channel_multiplier, kernel_shape, stride=1, rate=1, padding='SAME', ${TAIL}, data_format='NHWC', name=None`;
const POOL = 'window_shape, strides, padding, channel_axis=-1, name=None';

const poolLayer = (name: string): LayerSpec => ({
  ...layer(name, POOL, ({ machine, bound, layer: made, args, at }) =>
    pool(machine, bound, made.site, args.positional[0] ?? unknown(), at),
  ),
  family: 'pool',
  rank: 2,
});

export const haikuLayers: readonly LayerSpec[] = [
  ...[1, 2, 3].flatMap((rank): LayerSpec[] => [
    { ...layer(`Conv${rank}D`, conv(rank), (call) => convolve(call, rank, 'conv')), family: 'conv', rank },
    {
      ...layer(`Conv${rank}DTranspose`, transposed(rank), (call) => convolve(call, rank, 'transpose')),
      family: 'convTranspose',
      rank,
    },
  ]),
  { ...layer('DepthwiseConv2D', DEPTHWISE, (call) => convolve(call, 2, 'depthwise')), family: 'conv', rank: 2 },
  poolLayer('MaxPool'),
  poolLayer('AvgPool'),
  layer('Linear', 'output_size, *~rest, **~', (call) => {
    const x = call.machine.asTensor(inputOf(call));
    return x?.cell.shape && x.cell.shape.length > 0
      ? derived(x, [...x.cell.shape.slice(0, -1), call.bound.size('output_size')], [])
      : unknown();
  }),
  layer('Flatten', 'preserve_dims=1, name=None', (call) =>
    flatten(call.machine, inputOf(call), call.bound.int('preserve_dims'), -1),
  ),
  ...['BatchNorm', 'LayerNorm', 'GroupNorm', 'InstanceNorm', 'RMSNorm'].map((name) =>
    layer(name, '*~rest, **~', inputOf),
  ),
];

/** `hk.transform(f)`: `init(key, …)` and `apply(params, key, …)` run `f`; without a key where that was taken away. */
function transformed(callee: Value, keys: number, state: boolean): Value {
  const run = (skip: number, result: (value: Value) => Value): Value =>
    builtin('transform', (inner, args, at) =>
      result(inner.call(callee, { ...args, positional: args.positional.slice(skip) }, at)),
    );
  const lead = state ? 2 : 1;
  const given = run(lead + keys, (value) => (state ? tuple([value, unknown()]) : value));
  const pair = tuple([run(1, () => unknown('params')), given]);
  return { ...pair, fields: ['init', 'apply'] };
}

const func = (name: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `haiku.${name}`,
  framework: 'flax',
  signature: signature(form),
  apply,
});

/** What a transformation was made of. */
const sources = new WeakMap<Value, { readonly callee: Value; readonly state: boolean }>();

const transform =
  (state: boolean) =>
  ({ bound }: Applied): Value => {
    const callee = bound.get('f') ?? unknown();
    const made = transformed(callee, 1, state);
    sources.set(made, { callee, state });
    return made;
  };

export const haikuFunctions: readonly FunctionSpec[] = [
  func('transform', 'f, **~', transform(false)),
  func('transform_with_state', 'f, **~', transform(true)),
  func('without_apply_rng', 'f', ({ bound }) => {
    const source = sources.get(bound.get('f') ?? unknown());
    return source ? transformed(source.callee, 0, source.state) : unknown();
  }),
  ...['max_pool', 'avg_pool'].map((name): FunctionSpec => {
    const spec: FunctionSpec = {
      callee: `haiku.${name}`,
      framework: 'flax',
      family: 'pool',
      rank: 2,
      signature: signature(`value, ${POOL}`),
      apply: ({ machine, bound, at }) =>
        pool(machine, bound, siteOf(machine, spec, at), bound.get('value') ?? unknown(), at),
    };
    return spec;
  }),
];
