import type { FunctionSpec, LayerApplied, LayerSpec } from '../../model/library';
import { FAILED, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf, derived } from '../../model/tensor';
import type { Value } from '../../model/value';
import { renamed } from '../../shapes/arrayOps';
import { flatten } from '../../shapes/flatten';
import { torchFunctionalResizing, torchResizing } from '../torch/resizing';
import { paddleConvolutionFunctions, paddleConvolutions } from './convolutions';
import { paddlePooling, paddlePoolingFunctions } from './pooling';
import { RANKS } from './setup';
import { padLayer, paddleTensorFunctions } from './tensors';

const layer = (name: string, form: string, apply: (call: LayerApplied) => Value): LayerSpec => ({
  callee: `paddle.nn.${name}`,
  framework: 'paddle',
  signature: signature(form),
  apply: (call) => asArrayOf('paddle', apply(call)),
});

const inputOf = ({ args }: LayerApplied): Value => args.positional[0] ?? args.keywords.get('x') ?? unknown();

function linear(call: LayerApplied): Value {
  const input = inputOf(call);
  const shape = call.machine.asTensor(input)?.cell.shape;
  if (!shape || shape.length === 0) return input.kind === 'unknown' && input.failed ? FAILED : unknown();
  return derived(call.machine.asTensor(input)!, [...shape.slice(0, -1), call.bound.size('out_features')], []);
}

const KEEPING =
  'BatchNorm BatchNorm1D BatchNorm2D BatchNorm3D SyncBatchNorm InstanceNorm1D InstanceNorm2D InstanceNorm3D LayerNorm GroupNorm LocalResponseNorm SpectralNorm RMSNorm ' +
  'ReLU ReLU6 LeakyReLU PReLU RReLU ELU SELU CELU GELU Silu Swish Mish Sigmoid LogSigmoid Hardsigmoid Hardswish Hardtanh Hardshrink Softplus Softshrink Softsign Tanh Tanhshrink ThresholdedReLU Softmax Softmax2D LogSoftmax ' +
  'Identity Dropout Dropout2D Dropout3D AlphaDropout FeatureAlphaDropout ChannelShuffle';

/** `nn.Upsample` and its like, whose own names and whose sizes are PyTorch's; a layout of their own is not modelled. */
const RESIZE =
  "~mode='nearest', ~align_corners=False, ~align_mode=0, data_format=None, recompute_scale_factor=None, ~antialias=False, ~name=None";
const UNFOLDS = {
  kernel_size: 'kernel_sizes',
  dilation: 'dilations',
  padding: 'paddings',
  stride: 'strides',
  output_size: 'output_sizes',
};
const LAYER_FORMS: Readonly<
  Record<string, readonly [name: string, form: string, names?: Readonly<Record<string, string>>]>
> = {
  Upsample: ['Upsample', `size=None, scale_factor=None, ${RESIZE}`],
  UpsamplingNearest2d: ['UpsamplingNearest2D', 'size=None, scale_factor=None, data_format=None, name=None'],
  UpsamplingBilinear2d: ['UpsamplingBilinear2D', 'size=None, scale_factor=None, data_format=None, name=None'],
  PixelShuffle: ['PixelShuffle', 'upscale_factor, data_format=None, name=None'],
  PixelUnshuffle: ['PixelUnshuffle', 'downscale_factor, data_format=None, name=None'],
  Unfold: ['Unfold', 'kernel_sizes, dilations=1, paddings=0, strides=1, name=None', UNFOLDS],
  Fold: ['Fold', 'output_sizes, kernel_sizes, dilations=1, paddings=0, strides=1, name=None', UNFOLDS],
};
const FUNCTION_FORMS: typeof LAYER_FORMS = {
  interpolate: ['interpolate', `x, size=None, scale_factor=None, ${RESIZE}`],
  upsample: ['upsample', `x, size=None, scale_factor=None, ${RESIZE}`],
  pixel_shuffle: ['pixel_shuffle', 'x, upscale_factor, data_format=None, name=None'],
  pixel_unshuffle: ['pixel_unshuffle', 'x, downscale_factor, data_format=None, name=None'],
  unfold: ['unfold', 'x, kernel_sizes, strides=1, paddings=0, dilations=1, name=None', UNFOLDS],
  fold: ['fold', 'x, output_sizes, kernel_sizes, strides=1, paddings=0, dilations=1, name=None', UNFOLDS],
};

const first = (format: Value | undefined): boolean =>
  !format || format.kind === 'none' || (format.kind === 'string' && format.value.startsWith('NC'));

const resizing = torchResizing.flatMap((spec): LayerSpec[] => {
  const found = LAYER_FORMS[spec.callee.replace('torch.nn.', '')];
  if (!found) return [];
  const [name, form, names = {}] = found;
  return [
    {
      ...spec,
      framework: 'paddle',
      callee: `paddle.nn.${name}`,
      signature: signature(form),
      apply: (call) => {
        if (!first(call.bound.get('data_format'))) return unknown();
        return asArrayOf('paddle', renamed((inner) => spec.apply({ ...call, ...inner }), names)(call));
      },
    },
  ];
});

const resizingFunctions = torchFunctionalResizing.flatMap((spec): FunctionSpec[] => {
  const found = FUNCTION_FORMS[spec.callee.replace('torch.nn.functional.', '')];
  if (!found) return [];
  const [name, form, names = {}] = found;
  const apply = renamed(spec.apply, { input: 'x', ...names });
  return [
    {
      ...spec,
      framework: 'paddle',
      callee: `paddle.nn.functional.${name}`,
      signature: signature(form),
      apply: (call) => (first(call.bound.get('data_format')) ? asArrayOf('paddle', apply(call)) : unknown()),
    },
  ];
});

export const paddleLayers: readonly LayerSpec[] = [
  ...paddleConvolutions,
  ...paddlePooling,
  ...resizing,
  ...KEEPING.split(' ').map((name) => layer(name, '*~rest, **~', inputOf)),
  layer('Linear', 'in_features, out_features, ~weight_attr=None, ~bias_attr=None, ~name=None, ~bias=True, **~', linear),
  layer('Flatten', 'start_axis=1, stop_axis=-1', (call) =>
    flatten(call.machine, inputOf(call), call.bound.int('start_axis'), call.bound.int('stop_axis')),
  ),
  layer('Embedding', 'num_embeddings, embedding_dim, *~rest, **~', (call) => {
    const x = call.machine.asTensor(inputOf(call));
    return x?.cell.shape ? derived(x, [...x.cell.shape, call.bound.size('embedding_dim')], []) : unknown();
  }),
  ...RANKS.flatMap((rank) =>
    [
      ['Pad', "padding, ~mode='constant', ~value=0.0, data_format='NCHW', name=None"],
      ['ZeroPad', "padding, data_format='NCHW', ~name=None"],
    ].map(([name, form]) =>
      layer(`${name}${rank}D`, form, (call) => padLayer(rank)({ ...call, input: inputOf(call) })),
    ),
  ),
];

export const paddleFunctions: readonly FunctionSpec[] = [
  ...paddleConvolutionFunctions,
  ...paddlePoolingFunctions,
  ...resizingFunctions,
  ...paddleTensorFunctions,
];
