import { siteOf } from '../../findings/record';
import type { Applied, FunctionSpec, LayerApplied, LayerSpec } from '../../model/library';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived } from '../../model/tensor';
import type { Value } from '../../model/value';
import { applyConvolution, type ConvSetup, perGroup } from '../../shapes/convolution';
import { applySpatial, inFormula } from '../../shapes/spatial';
import { convOutput } from '../../sizes/axis';
import type { Size } from '../../sizes/size';
import { flaxAxis, flaxTransposedAxis, inputDilationProblem, jaxAxis, padOf } from '../axes/jax';
import { readPads } from './jax';

const COMMON =
  'use_bias=True, dtype=None, param_dtype=None, precision=None, kernel_init=None, bias_init=None, name=None, parent=None, promote_dtype=None, preferred_element_type=None';

/** The rank of Flax's layers is that of `kernel_size`; channels are last, and the input's decide the weight's. */
function convolve(call: LayerApplied, transposed: boolean): Value {
  const { machine, bound, at, layer } = call;
  const rank = bound.items('kernel_size')?.length ?? 1;
  const input = call.args.positional[0] ?? unknown();
  const x = machine.asTensor(input);
  const shape = x && (x.cell.shape ?? machine.withRank(x, rank + 2, 'last'));
  const kernel = bound.sizes('kernel_size', rank);
  const stride = bound.isNone('strides') ? Array.from({ length: rank }, (): Size => 1) : bound.sizes('strides', rank);
  const dilation = bound.isNone('kernel_dilation')
    ? Array.from({ length: rank }, (): Size => 1)
    : bound.sizes('kernel_dilation', rank);
  const inputDilation = bound.get('input_dilation')
    ? bound.sizes('input_dilation', rank)
    : Array.from({ length: rank }, (): Size => 1);
  const circular = bound.text('padding') === 'CIRCULAR';
  const pads = circular ? 'CIRCULAR' : (readPads(machine, bound, rank) ?? onePad(call, rank));
  if (!shape || !kernel || !stride || !dilation || !inputDilation || !pads || rank > 3) return unknown();
  const groups: Size = transposed ? 1 : bound.size('feature_group_count');
  const features = bound.size('features');
  const channels = shape.at(-1)!;
  const swapped = transposed && bound.flag('transpose_kernel') === true;
  const setup: ConvSetup = {
    kind: transposed ? 'convTranspose' : 'conv',
    rank,
    layout: 'last',
    outChannels: features,
    groups,
    bias: bound.flag('use_bias'),
    torchRules: false,
    parameters: bound.values,
    weightShape: () => (swapped ? [...kernel, features, channels] : [...kernel, perGroup(channels, groups), features]),
    ...(circular && !transposed ? { paddingMode: 'circular' as const } : {}),
    axis: (input, index) => {
      const window = { input, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      const pad = padOf(pads, index);
      return transposed ? flaxTransposedAxis(window, pad) : flaxAxis(window, pad, inputDilation[index]);
    },
    refuse: () => inputDilationProblem(pads, inputDilation),
  };
  return applyConvolution(machine, layer.site, setup, input, at);
}

/** A single number pads every axis on both sides. */
function onePad(call: LayerApplied, rank: number): readonly (readonly [Size, Size])[] | undefined {
  const size = call.bound.int('padding');
  return size === undefined ? undefined : Array.from({ length: rank }, () => [size, size] as const);
}

const layer = (name: string, form: string, apply: (call: LayerApplied) => Value): LayerSpec => ({
  callee: `flax.linen.${name}`,
  framework: 'flax',
  signature: signature(form),
  apply,
});
const same = (call: LayerApplied): Value => call.args.positional[0] ?? unknown();

export const flaxLayers: readonly LayerSpec[] = [
  {
    ...layer(
      'Conv',
      `features, kernel_size, strides=1, padding='SAME', input_dilation=1, kernel_dilation=1, feature_group_count=1, ${COMMON}`,
      (call) => convolve(call, false),
    ),
    family: 'conv',
    rank: 2,
  },
  {
    ...layer(
      'ConvTranspose',
      `features, kernel_size, strides=None, padding='SAME', kernel_dilation=None, ${COMMON}, transpose_kernel=False`,
      (call) => convolve(call, true),
    ),
    family: 'convTranspose',
    rank: 2,
  },
  layer('Dense', `features, ${COMMON}`, (call) => {
    const x = call.machine.asTensor(same(call));
    return x?.cell.shape ? derived(x, [...x.cell.shape.slice(0, -1), call.bound.size('features')], []) : unknown();
  }),
  ...['BatchNorm', 'LayerNorm', 'GroupNorm', 'InstanceNorm', 'RMSNorm', 'Dropout', 'SpectralNorm', 'WeightNorm'].map(
    (name) => layer(name, '*~rest, **~', same),
  ),
];

/** `nn.max_pool(x, (2, 2), strides=(2, 2), padding='VALID')` */
export const flaxFunctions: readonly FunctionSpec[] = ['max_pool', 'avg_pool', 'min_pool'].map((name) => {
  const spec: FunctionSpec = {
    callee: `flax.linen.${name}`,
    framework: 'flax',
    family: 'pool',
    rank: 2,
    signature: signature("inputs, window_shape, strides=None, padding='VALID', count_include_pad=True"),
    apply: ({ machine, bound, at }: Applied) => {
      const rank = bound.items('window_shape')?.length ?? 0;
      const kernel = bound.sizes('window_shape', rank);
      const stride = bound.isNone('strides')
        ? Array.from({ length: rank }, (): Size => 1)
        : bound.sizes('strides', rank);
      const padding = bound.text('padding')?.toUpperCase();
      if (rank < 1 || rank > 3 || !kernel || !stride || (padding !== 'SAME' && padding !== 'VALID')) return unknown();
      return applySpatial(
        machine,
        siteOf(machine, { ...spec, rank }, at),
        {
          rank,
          layout: 'last',
          parameters: bound.values,
          unbatched: true,
          axis: (size, index) => ({
            output: machine.simple(() =>
              convOutput(
                'conv',
                jaxAxis({ input: size, kernel: kernel[index], stride: stride[index], dilation: 1 }, padding),
              ),
            ),
            formula: padding === 'SAME' ? '⌈i / s⌉' : '⌊(i − k) / s⌋ + 1',
            substituted:
              padding === 'SAME'
                ? `⌈${inFormula(size)} / ${inFormula(stride[index])}⌉`
                : `⌊(${inFormula(size)} − ${inFormula(kernel[index])}) / ${inFormula(stride[index])}⌋ + 1`,
          }),
        },
        bound.get('inputs') ?? unknown(),
        at,
      );
    },
  };
  return spec;
});
