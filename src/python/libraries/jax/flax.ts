import type { Problem } from '../../../core/problem';
import { convOutput } from '../../../core/formulas';
import { siteOf } from '../../findings/record';
import { iterate } from '../../model/iterate';
import type { Applied, Bound, FunctionSpec, LayerApplied, LayerSpec } from '../../model/library';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf, derived } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applyConvolution, type ConvSetup, perGroup } from '../../shapes/convolution';
import { applySpatial, inFormula } from '../../shapes/spatial';
import { type ConvAxis, SIZES } from '../../sizes/axis';
import { isKnown, type Size } from '../../sizes/size';
import {
  cropProblem,
  flaxAxis,
  type FlaxPads,
  flaxTransposedAxis,
  inputDilationProblem,
  jaxAxis,
  padOf,
  type Pads,
} from '../axes/jax';
import { featureGroupProblem, readPads, textProblem } from './lax';

type Library = 'linen' | 'nnx';

const COMMON =
  'use_bias=True, mask=None, dtype=None, param_dtype=None, precision=None, kernel_init=None, bias_init=None, ~promote_dtype=None, preferred_element_type=None';
/** What only one of the two has behind that. */
const OWN: Readonly<Record<Library, string>> = {
  linen: '~name=None, ~parent=None',
  nnx: '~conv_general_dilated=None, rngs, ~kernel_metadata=None, ~bias_metadata=None',
};
const FEATURES: Readonly<Record<Library, string>> = { linen: 'features', nnx: 'in_features, out_features' };

const inputOf = ({ args }: LayerApplied): Value =>
  args.positional[0] ?? args.keywords.get('inputs') ?? args.keywords.get('x') ?? unknown();

/** One entry an axis; a number stands for all of them, None for ones. */
function perAxis(bound: Bound, name: string, rank: number): readonly Size[] | undefined {
  return bound.isNone(name) ? Array.from({ length: rank }, (): Size => 1) : bound.sizes(name, rank);
}

const WORDS = ['CIRCULAR', 'REFLECT', 'CAUSAL'] as const;

/** A word, one number for every side, one an axis, or pairs. */
function padsOf({ machine, bound }: Applied, rank: number): FlaxPads | undefined {
  const text = bound.text('padding');
  const word = WORDS.find((each) => each === text);
  if (word) return word;
  const size = bound.int('padding');
  if (size !== undefined) return Array.from({ length: rank }, () => [size, size] as const);
  return readPads(machine, bound, rank);
}

/**
 * The rank of Flax's layers is that of `kernel_size`, of which a number is a kernel of one dimension; channels are
 * last, and any number of axes before the spatial ones is a batch, none too.
 */
function convolve(call: LayerApplied, library: Library, transposed: boolean): Value {
  const { machine, bound, at, layer } = call;
  const size = bound.get('kernel_size');
  const rank = size?.kind === 'number' ? 1 : size && iterate(size)?.length;
  if (rank === undefined || rank < 1 || rank > 3) return unknown();
  const input = inputOf(call);
  const x = machine.asTensor(input);
  const shape = x && (x.cell.shape ?? machine.withRank(x, rank + 2, 'last'));
  const [kernel, stride, dilation] = ['kernel_size', 'strides', 'kernel_dilation'].map((name) =>
    perAxis(bound, name, rank),
  );
  const inputDilation = bound.get('input_dilation') ? perAxis(bound, 'input_dilation', rank) : [];
  const refused = textProblem(bound, transposed, transposed ? ['CIRCULAR'] : WORDS);
  const pads = refused ? 'VALID' : padsOf(call, rank);
  if (!shape || !kernel || !stride || !dilation || !inputDilation || !pads) return unknown();
  if ((pads === 'CAUSAL' && rank > 1) || stride.some((each) => isKnown(each) && each < 1)) return unknown();
  const groups: Size = transposed ? 1 : bound.size('feature_group_count');
  const features = bound.size(library === 'linen' ? 'features' : 'out_features');
  const channels = library === 'linen' ? shape.at(-1)! : bound.size('in_features');
  const swapped = transposed && bound.flag('transpose_kernel') === true;
  const mode = pads === 'CIRCULAR' ? 'circular' : pads === 'REFLECT' ? 'reflect' : undefined;
  const setup: ConvSetup = {
    kind: transposed ? 'convTranspose' : 'conv',
    rank,
    layout: 'last',
    ...(library === 'nnx' ? { inChannels: channels } : {}),
    outChannels: features,
    groups,
    bias: bound.flag('use_bias'),
    torchRules: false,
    empty: 'clipped',
    batch: 'any',
    parameters: bound.values,
    weightShape: () => (swapped ? [...kernel, features, channels] : [...kernel, perGroup(channels, groups), features]),
    ...(mode && !transposed ? { paddingMode: mode } : {}),
    axis: (each, index): ConvAxis => {
      const window = { input: each, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      const pad = padOf(pads, index);
      return transposed
        ? flaxTransposedAxis(window, pad === 'REFLECT' || pad === 'CAUSAL' ? 'VALID' : pad)
        : flaxAxis(window, pad, inputDilation[index] ?? 1);
    },
    refuse: (axes): Problem | undefined =>
      refused ??
      (transposed ? cropProblem(axes) : undefined) ??
      inputDilationProblem(pads, inputDilation) ??
      (transposed ? undefined : featureGroupProblem(groups, channels, features)),
  };
  return asArrayOf('jax', applyConvolution(machine, layer.site, setup, input, at));
}

const layer = (library: Library, name: string, form: string, apply: (call: LayerApplied) => Value): LayerSpec => ({
  callee: `flax.${library}.${name}`,
  framework: 'flax',
  signature: signature(form),
  apply: (call) => asArrayOf('jax', apply(call)),
});

function convolutions(library: Library): LayerSpec[] {
  const [features, own, keywords] = [FEATURES[library], OWN[library], library === 'nnx' ? '*, ' : ''];
  const conv = `${features}, kernel_size, strides=1, ${keywords}padding='SAME', input_dilation=1, kernel_dilation=1, feature_group_count=1, ${COMMON}, ${own}`;
  const transposed = `${features}, kernel_size, strides=None, ${keywords}padding='SAME', kernel_dilation=None, ${COMMON}, transpose_kernel=False, ${own}`;
  return [
    {
      ...layer(library, 'Conv', conv, (call) => convolve(call, library, false)),
      family: 'conv',
      rank: 2,
    },
    {
      ...layer(library, 'ConvTranspose', transposed, (call) => convolve(call, library, true)),
      family: 'convTranspose',
      rank: 2,
    },
  ];
}

const widened =
  (name: string) =>
  (call: LayerApplied): Value => {
    const x = call.machine.asTensor(inputOf(call));
    return x?.cell.shape && x.cell.shape.length > 0
      ? derived(x, [...x.cell.shape.slice(0, -1), call.bound.size(name)], [])
      : unknown();
  };

const embedded = (call: LayerApplied): Value => {
  const x = call.machine.asTensor(inputOf(call));
  return x?.cell.shape ? derived(x, [...x.cell.shape, call.bound.size('features')], []) : unknown();
};

const KEEPING = 'BatchNorm LayerNorm GroupNorm InstanceNorm RMSNorm Dropout SpectralNorm WeightNorm PReLU';

export const flaxLayers: readonly LayerSpec[] = (['linen', 'nnx'] as const).flatMap((library): LayerSpec[] => [
  ...convolutions(library),
  ...(library === 'linen'
    ? [layer(library, 'Dense', 'features, *~rest, **~', widened('features'))]
    : [layer(library, 'Linear', 'in_features, out_features, **~', widened('out_features'))]),
  layer(library, 'Embed', 'num_embeddings, features, *~rest, **~', embedded),
  ...KEEPING.split(' ').map((name) => layer(library, name, '*~rest, **~', inputOf)),
]);

/** VALID, SAME, or pairs of numbers. */
function poolPads(call: Applied, rank: number): Pads | undefined {
  const text = call.bound.text('padding');
  return text === undefined || text === 'SAME' || text === 'VALID'
    ? readPads(call.machine, call.bound, rank)
    : undefined;
}

/** `nn.max_pool(x, (2, 2), strides=(2, 2), padding='VALID')` */
const pooling = (library: Library, name: string): FunctionSpec => {
  const spec: FunctionSpec = {
    callee: `flax.${library}.${name}`,
    framework: 'flax',
    family: 'pool',
    rank: 2,
    signature: signature("inputs, window_shape, strides=None, padding='VALID', ~count_include_pad=True"),
    apply: (call: Applied) => {
      const { machine, bound, at } = call;
      const rank = bound.items('window_shape')?.length ?? 0;
      const [kernel, stride] = [bound.sizes('window_shape', rank), perAxis(bound, 'strides', rank)];
      const pads = poolPads(call, rank);
      if (rank < 1 || rank > 3 || !kernel || !stride || !pads) return unknown();
      const input = bound.get('inputs') ?? unknown();
      const shape = machine.asTensor(input)?.cell.shape;
      return asArrayOf(
        'jax',
        applySpatial(
          machine,
          siteOf(machine, { ...spec, rank }, at),
          {
            rank,
            layout: 'last',
            parameters: bound.values,
            unbatched: true,
            batches: shape !== undefined && shape.length > rank + 2,
            axis: (size, index) => {
              const window = { input: size, kernel: kernel[index], stride: stride[index], dilation: 1 };
              const axis = jaxAxis(window, padOf(pads, index));
              const [begin, end] = [axis.padBegin, axis.padEnd];
              const { output } = axis;
              return {
                output:
                  output ??
                  machine.simple(() =>
                    convOutput(SIZES, {
                      input: size,
                      stride: stride[index],
                      padBegin: begin,
                      padEnd: end,
                      extent: kernel[index],
                    }),
                  ),
                formula: pads === 'SAME' ? '⌈i / s⌉' : '⌊(i + p₀ + p₁ − k) / s⌋ + 1',
                substituted:
                  pads === 'SAME'
                    ? `⌈${inFormula(size)} / ${inFormula(stride[index])}⌉`
                    : `⌊(${inFormula(size)} + ${inFormula(begin)} + ${inFormula(end)} − ${inFormula(kernel[index])}) / ${inFormula(stride[index])}⌋ + 1`,
              };
            },
          },
          input,
          at,
        ),
      );
    },
  };
  return spec;
};

const ACTIVATIONS =
  'relu relu6 sigmoid gelu silu swish tanh elu selu celu leaky_relu softplus soft_sign softmax log_softmax hard_tanh';

export const flaxFunctions: readonly FunctionSpec[] = (['linen', 'nnx'] as const).flatMap((library): FunctionSpec[] => [
  ...['max_pool', 'avg_pool', 'min_pool'].map((name) => pooling(library, name)),
  ...ACTIVATIONS.split(' ').map((name): FunctionSpec => ({
    callee: `flax.${library}.${name}`,
    framework: 'flax',
    signature: signature('x, *~rest, **~'),
    apply: ({ bound }) => bound.get('x') ?? unknown(),
  })),
  {
    callee: `flax.${library}.Rngs`,
    framework: 'flax',
    signature: signature('*~rest, **~'),
    apply: () => unknown('rngs'),
  },
]);
