import { siteOf } from '../findings/record';
import { times } from '../model/arithmetic';
import { iterate } from '../model/iterate';
import type { Applied, Bound, FunctionSpec } from '../model/library';
import { unknown } from '../model/make';
import { signature } from '../model/signature';
import { derived, tensor } from '../model/tensor';
import type { Value } from '../model/value';
import { applyConvolution, type ConvSetup } from '../shapes/convolution';
import { broadcast, matrixProduct } from '../shapes/elementwise';
import { concatenate } from '../shapes/joinOps';
import { reshapeTo } from '../shapes/reshape';
import { shapeOfData, tensorOfShape } from '../shapes/sizesGiven';
import { tensorOps } from '../shapes/tensorOps';
import { type ConvAxis, paddedAxis, sameAxis } from '../sizes/axis';
import { add, type Size } from '../sizes/size';
import { tensorflowProblem, tensorflowTransposedAxis } from './axes/tensorflow';

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'tensorflow',
  signature: signature(form),
  apply,
});

const isFirst = (bound: Bound): boolean => /^NC/.test(bound.text('data_format') ?? '');

/** `strides` and `dilations` have one entry per spatial axis, or one for each of the input's axes. */
function spatial(bound: Bound, name: string, rank: number): readonly Size[] | undefined {
  if (bound.isNone(name)) return Array.from({ length: rank }, () => 1);
  const whole = bound.items(name)?.length === rank + 2 ? bound.sizes(name, rank + 2) : undefined;
  return whole ? (isFirst(bound) ? whole.slice(2) : whole.slice(1, -1)) : bound.sizes(name, rank);
}

/** Filters `(k…, in, out)`, transposed `(k…, out, in)`; depthwise `(h, w, in, multiplier)`. */
function convolve(call: Applied, spec: FunctionSpec, rank: number, form: 'conv' | 'transpose' | 'depthwise'): Value {
  const { machine, bound, at } = call;
  const shape = bound.tensor('filters')?.cell.shape;
  const [stride, dilation] = [bound.get('strides') ? 'strides' : 'stride', 'dilations'].map((name) =>
    spatial(bound, name, rank),
  );
  const padding = bound.text('padding')?.toUpperCase();
  if (shape?.length !== rank + 2 || !stride || !dilation || (padding !== 'SAME' && padding !== 'VALID'))
    return unknown();
  const kernel = shape.slice(0, rank);
  const [a, b] = shape.slice(rank);
  const wanted = form === 'transpose' ? outputShape(call, rank) : undefined;
  if (form === 'transpose' && !wanted) return unknown();
  const setup: ConvSetup = {
    kind: form === 'transpose' ? 'convTranspose' : 'conv',
    rank,
    layout: isFirst(bound) ? 'first' : 'last',
    inChannels: form === 'transpose' ? b : a,
    outChannels: form === 'transpose' ? a : form === 'depthwise' ? times(machine, a, b) : b,
    groups: form === 'depthwise' ? a : 1,
    bias: false,
    torchRules: false,
    parameters: bound.values,
    weightShape: () => shape,
    axis: (input, index): ConvAxis => {
      const window = { input, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      if (wanted) return tensorflowTransposedAxis(window, wanted[index]);
      return padding === 'SAME' ? sameAxis(window) : paddedAxis(window, [0, 0]);
    },
    ...(wanted && { refuse: (axes) => tensorflowProblem(axes, padding, wanted) }),
  };
  return applyConvolution(machine, siteOf(machine, spec, at), setup, bound.get('input') ?? unknown(), at);
}

function outputShape({ machine, bound }: Applied, rank: number): readonly Size[] | undefined {
  const sizes = bound.items('output_shape')?.map((each) => machine.sizeOf(each, 'output_shape'));
  if (!sizes) return undefined;
  return sizes.length === rank
    ? sizes
    : sizes.length === rank + 2
      ? isFirst(bound)
        ? sizes.slice(2)
        : sizes.slice(1, -1)
      : undefined;
}

function convolution(name: string, rank: number, form: 'conv' | 'transpose' | 'depthwise', args: string): FunctionSpec {
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

const PLAIN = 'input, filters, strides, padding, data_format=None, dilations=None, name=None';
const TRANSPOSED = "input, filters, output_shape, strides, padding='SAME', data_format=None, dilations=None, name=None";

const created = ({ machine, bound }: Applied): Value => tensorOfShape(machine, bound.get('shape'));
const same = ({ bound }: Applied): Value => bound.get('x') ?? unknown();

const reshaped = (call: Applied): Value => {
  const x = call.bound.tensor('tensor');
  const sizes = call.bound.items('shape')?.map((each) => call.machine.sizeOf(each));
  return x && sizes ? reshapeTo(x, x.cell.shape, sizes, call) : unknown();
};

const transposed = ({ bound }: Applied): Value => {
  const x = bound.tensor('a');
  const order = bound
    .items('perm')
    ?.map((each) => (each.kind === 'number' && typeof each.size === 'number' ? each.size : -1));
  const shape = x?.cell.shape;
  if (!x || !shape) return unknown();
  return !order || bound.isNone('perm')
    ? derived(x, shape.toReversed(), [])
    : order.length === shape.length && !order.includes(-1)
      ? derived(
          x,
          order.map((axis) => shape[axis]),
          [],
        )
      : unknown();
};

const resized = ({ machine, bound }: Applied): Value => {
  const x = bound.tensor('images');
  const size = bound.sizes('size', 2);
  const shape = x && (x.cell.shape ?? machine.withRank(x, 4, 'last'));
  return x && size && shape && shape.length >= 3
    ? derived(x, [...shape.slice(0, -3), ...size, shape.at(-1)!], [])
    : unknown();
};

const padded = ({ machine, bound }: Applied): Value => {
  const x = bound.tensor('tensor');
  const pairs = bound.items('paddings')?.map((each) => iterate(each)?.map((size) => machine.sizeOf(size)));
  const shape = x?.cell.shape;
  if (!x || !shape || pairs?.length !== shape.length || !pairs.every((pair) => pair?.length === 2)) return unknown();
  return derived(
    x,
    shape.map((size, axis) => machine.simple(() => add(size, add(pairs[axis]![0], pairs[axis]![1])))),
  );
};

const shapeOf = ({ machine, bound }: Applied): Value => {
  const x = bound.get('input');
  return (x && machine.shapeValue(x)) ?? unknown();
};

/** `tf.nn`, and what of `tf` changes shapes. */
export const tensorflowFunctions: readonly FunctionSpec[] = [
  convolution('conv1d', 1, 'conv', PLAIN.replace('strides', 'stride')),
  convolution('conv2d', 2, 'conv', PLAIN),
  convolution('conv3d', 3, 'conv', PLAIN),
  convolution(
    'depthwise_conv2d',
    2,
    'depthwise',
    'input, filters, strides, padding, data_format=None, dilations=None, name=None',
  ),
  convolution('atrous_conv2d', 2, 'conv', 'input, filters, dilations, padding, strides=1, data_format=None, name=None'),
  ...[1, 2, 3].map((rank) => convolution(`conv${rank}d_transpose`, rank, 'transpose', TRANSPOSED)),
  ...['random.normal', 'random.uniform', 'zeros', 'ones', 'random.truncated_normal', 'keras.backend.zeros'].map(
    (name) => func(`tensorflow.${name}`, 'shape, **', created),
  ),
  func('tensorflow.Variable', 'x, **~', same),
  func('tensorflow.constant', 'x, **', ({ machine, bound }) => {
    const x = bound.get('x');
    const shape = x && shapeOfData(x);
    return shape ? tensor(shape, machine.evidence, { data: x }) : unknown();
  }),
  ...[
    'convert_to_tensor',
    'cast',
    'identity',
    'stop_gradient',
    'function',
    'nn.relu',
    'nn.relu6',
    'nn.leaky_relu',
    'nn.elu',
    'nn.selu',
    'nn.gelu',
    'nn.silu',
    'nn.swish',
    'nn.sigmoid',
    'nn.tanh',
    'tanh',
    'sigmoid',
    'nn.softmax',
    'nn.dropout',
    'nn.bias_add',
    'abs',
    'square',
    'sqrt',
    'exp',
    'clip_by_value',
    'nn.l2_normalize',
    'nn.batch_normalization',
  ].map((name) => func(`tensorflow.${name}`, 'x, *~rest, **~', same)),
  func('tensorflow.concat', 'values, axis, **', ({ machine, bound, at }) =>
    concatenate(machine, bound.get('values'), bound.int('axis'), at),
  ),
  func('tensorflow.stack', 'tensors, axis=0, **', (call) => tensorOps.get('stack')!.apply(call)),
  func('tensorflow.reshape', 'tensor, shape, **', reshaped),
  func('tensorflow.transpose', 'a, perm=None, **', transposed),
  func('tensorflow.expand_dims', 'input, axis, **', ({ bound }) => {
    const x = bound.tensor('input');
    const axis = bound.int('axis');
    const shape = x?.cell.shape;
    return x && shape && axis !== undefined
      ? derived(x, shape.toSpliced(axis < 0 ? axis + shape.length + 1 : axis, 0, 1), [])
      : unknown();
  }),
  func('tensorflow.pad', 'tensor, paddings, **', padded),
  func('tensorflow.shape', 'input, **', shapeOf),
  func('tensorflow.image.resize', 'images, size, ~method=None, **', resized),
  ...['add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum'].flatMap((name) =>
    [`tensorflow.${name}`, `tensorflow.math.${name}`].map((callee) =>
      func(callee, 'x, y, **', ({ machine, bound, at }) => {
        const [a, b] = [bound.tensor('x'), bound.tensor('y')];
        return a && b ? broadcast(machine, [a, b], at) : (a ?? unknown());
      }),
    ),
  ),
  ...['tensorflow.matmul', 'tensorflow.linalg.matmul'].map((callee) =>
    func(callee, 'a, b, **', ({ machine, bound, at }) => {
      const [a, b] = [bound.tensor('a'), bound.tensor('b')];
      return a && b ? matrixProduct(machine, a, b, at) : unknown();
    }),
  ),
];
