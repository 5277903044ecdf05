import { convOutput } from '../../../core/formulas';
import { type Problem, problem } from '../../../core/problem';
import type { Bound, FunctionSpec, LayerApplied, LayerSpec } from '../../model/library';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf, derived } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applyConvolution, type ConvSetup, perGroup } from '../../shapes/convolution';
import { applySpatial, inFormula } from '../../shapes/spatial';
import { SIZES } from '../../sizes/axis';
import { isKnown, type Size } from '../../sizes/size';
import { equinoxAxis, equinoxTransposedAxis } from '../axes/equinox';
import { padOf, type Pads } from '../axes/jax';
import { featureGroupProblem, readPads } from './lax';

const RANKS = [1, 2, 3] as const;
const inputOf = ({ args }: LayerApplied): Value => args.positional[0] ?? args.keywords.get('x') ?? unknown();

/** A word, one number for every side, one an axis, or pairs. */
function padsOf({ machine, bound }: LayerApplied, rank: number): Pads | undefined {
  const size = bound.int('padding');
  if (size !== undefined) return Array.from({ length: rank }, () => [size, size] as const);
  return readPads(machine, bound, rank);
}

const MODES: Readonly<Record<string, NonNullable<ConvSetup['paddingMode']>>> = {
  REFLECT: 'reflect',
  REPLICATE: 'replicate',
  CIRCULAR: 'circular',
};

function outputPaddingProblem(added: readonly Size[], stride: readonly Size[]): Problem | undefined {
  const at = added.findIndex((size, axis) => isKnown(size) && isKnown(stride[axis]) && size >= stride[axis]);
  if (at < 0 || added[at] === 0) return undefined;
  return problem({
    code: 'output-padding-large',
    field: 'outputPadding',
    template: 'Output padding {0} must be smaller than the stride {1}.',
    args: [Number(added[at]), Number(stride[at])],
    framework: 'Must have `output_padding < stride` (elementwise).',
    repair: { field: 'outputPadding', value: Number(stride[at]) - 1 },
  });
}

function groupProblem(channels: Size, groups: Size): Problem | undefined {
  if (!isKnown(channels) || !isKnown(groups) || groups < 1 || channels % groups === 0) return undefined;
  return problem({
    code: 'groups-divide',
    field: 'groups',
    template: '{0} groups do not divide {1} = {2}.',
    args: [groups, 'in_channels', channels],
    framework: `\`in_channels\` (=${channels}) must be divisible by \`groups\` (=${groups}).`,
  });
}

/** Nothing is batched: the input is (C, …), and `jax.vmap` goes over a batch of them. */
function convolve(call: LayerApplied, rank: number, transposed: boolean): Value {
  const { machine, bound, at, layer } = call;
  const [kernel, stride, dilation] = ['kernel_size', 'stride', 'dilation'].map((name) => sizesOf(bound, name, rank));
  const added = transposed ? sizesOf(bound, 'output_padding', rank) : [];
  const pads = padsOf(call, rank);
  const mode = bound.text('padding_mode')?.toUpperCase() ?? '';
  const plain = mode === 'ZEROS' || (!transposed && mode in MODES);
  const input = inputOf(call);
  const x = machine.asTensor(input);
  if (!kernel || !stride || !dilation || !added || !pads || !plain || !x) return unknown();
  if (!x.cell.shape) return unknown();
  const [inside, outside, groups] = ['in_channels', 'out_channels', 'groups'].map((name) => bound.size(name));
  const setup: ConvSetup = {
    kind: transposed ? 'convTranspose' : 'conv',
    rank,
    layout: 'first',
    inChannels: inside,
    outChannels: outside,
    groups,
    bias: bound.flag('use_bias'),
    torchRules: false,
    // A crop of more than there is is refused by some sizes and not by others.
    empty: transposed ? 'silent' : 'clipped',
    batch: 'none',
    parameters: bound.values,
    ...(mode in MODES ? { paddingMode: MODES[mode] } : {}),
    weightShape: () => [outside, perGroup(inside, groups), ...kernel],
    axis: (size, index) => {
      const window = { input: size, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      const pad = padOf(pads, index);
      return transposed ? equinoxTransposedAxis(window, pad, added[index]) : equinoxAxis(window, pad);
    },
    refuse: () =>
      outputPaddingProblem(added, stride) ??
      groupProblem(inside, groups) ??
      featureGroupProblem(groups, groups, outside),
  };
  return asArrayOf('jax', applyConvolution(machine, layer.site, setup, input, at));
}

const sizesOf = (bound: Bound, name: string, rank: number): readonly Size[] | undefined => {
  const items = bound.items(name);
  return items && items.length !== rank ? undefined : bound.sizes(name, rank);
};

function pool(call: LayerApplied, rank: number): Value {
  const { machine, bound, at, layer } = call;
  const [kernel, stride] = ['kernel_size', 'stride'].map((name) => sizesOf(bound, name, rank));
  const pads = padsOf(call, rank);
  const ceil = bound.flag('use_ceil');
  const input = inputOf(call);
  const shape = machine.asTensor(input)?.cell.shape;
  if (!kernel || !stride || !pads || typeof pads === 'string' || ceil === undefined || shape?.length !== rank + 1)
    return unknown();
  return asArrayOf(
    'jax',
    applySpatial(
      machine,
      layer.site,
      {
        rank,
        layout: 'first',
        parameters: bound.values,
        unbatched: true,
        axis: (size, index) => {
          const [padBegin, padEnd] = pads[index];
          const window = { input: size, stride: stride[index], padBegin, padEnd, extent: kernel[index] };
          const [left, right] = ceil ? ['⌈', '⌉'] : ['⌊', '⌋'];
          return {
            output: machine.simple(() => convOutput(SIZES, window, ceil ? 'up' : 'down')),
            formula: `${left}(i + p₀ + p₁ − k) / s${right} + 1`,
            substituted: `${left}(${inFormula(size)} + ${inFormula(padBegin)} + ${inFormula(padEnd)} − ${inFormula(kernel[index])}) / ${inFormula(stride[index])}${right} + 1`,
          };
        },
      },
      input,
      at,
    ),
  );
}

const layer = (name: string, form: string, apply: (call: LayerApplied) => Value): LayerSpec => ({
  callee: `equinox.nn.${name}`,
  framework: 'jax',
  signature: signature(form),
  apply: (call) => asArrayOf('jax', apply(call)),
});

const END = "use_bias=True, padding_mode='ZEROS', dtype=None, *, key";
const CONV = `in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, ${END}`;
const TRANSPOSED = `in_channels, out_channels, kernel_size, stride=1, output_padding=0, padding=0, dilation=1, groups=1, ${END}`;

const KEEPING = 'BatchNorm LayerNorm GroupNorm RMSNorm Dropout Identity PReLU SpectralNorm WeightNorm';

export const equinoxLayers: readonly LayerSpec[] = [
  ...RANKS.flatMap((rank): LayerSpec[] => [
    { ...layer(`Conv${rank}d`, CONV, (call) => convolve(call, rank, false)), family: 'conv', rank },
    {
      ...layer(`ConvTranspose${rank}d`, TRANSPOSED, (call) => convolve(call, rank, true)),
      family: 'convTranspose',
      rank,
    },
    ...['Max', 'Avg'].map((name): LayerSpec => ({
      ...layer(`${name}Pool${rank}d`, 'kernel_size, stride=1, padding=0, use_ceil=False', (call) => pool(call, rank)),
      family: 'pool',
      rank,
    })),
    ...['Max', 'Avg'].map((name) =>
      layer(`Adaptive${name}Pool${rank}d`, 'target_shape', (call) => {
        const x = call.machine.asTensor(inputOf(call));
        const sizes = call.bound.sizes('target_shape', rank);
        return x?.cell.shape?.length === rank + 1 && sizes ? derived(x, [x.cell.shape[0], ...sizes], []) : unknown();
      }),
    ),
  ]),
  layer('Linear', 'in_features, out_features, ~use_bias=True, ~dtype=None, ~key=None', (call) => {
    const x = call.machine.asTensor(inputOf(call));
    return x?.cell.shape?.length === 1 ? derived(x, [call.bound.size('out_features')], []) : unknown();
  }),
  ...KEEPING.split(' ').map((name) => layer(name, '*~rest, **~', inputOf)),
  layer('Lambda', 'fn', (call) =>
    call.machine.call(
      call.bound.get('fn') ?? unknown(),
      { positional: [inputOf(call)], keywords: new Map(), open: false },
      call.at,
    ),
  ),
];

export const equinoxFunctions: readonly FunctionSpec[] = ['filter_jit', 'filter_vmap'].map((name) => ({
  callee: `equinox.${name}`,
  framework: 'jax',
  signature: signature('fun, **'),
  apply: ({ bound }) => (name === 'filter_jit' ? (bound.get('fun') ?? unknown()) : unknown()),
}));
