import { siteOf } from '../../findings/record';
import { times } from '../../model/arithmetic';
import type { Applied, Bound, FunctionSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, forgotten } from '../../model/tensor';
import type { Value } from '../../model/value';
import {
  type ArrayOp,
  expansion,
  joining,
  padding,
  reduction,
  renamed,
  repetition,
  splitting,
  tiling,
  transposition,
} from '../../shapes/arrayOps';
import { applyConvolution, type ConvSetup } from '../../shapes/convolution';
import { broadcast, matrixProduct } from '../../shapes/elementwise';
import { reshapeTo } from '../../shapes/reshape';
import { shapeOfData, tensorOfShape } from '../../shapes/sizesGiven';
import { tensorOps } from '../../shapes/tensorOps';
import { convOutput, type ConvAxis, type Layout } from '../../sizes/axis';
import { divideExactly, product, type Size } from '../../sizes/size';
import { kerasAxis, kerasTransposedAxis } from '../axes/keras';
import { currentLayout, layoutOf } from './dataFormat';

type Form = 'conv' | 'transpose' | 'depthwise';

const layoutHere = ({ machine, bound }: Applied): Layout | undefined =>
  bound.isNone('data_format') ? currentLayout(machine) : layoutOf(bound);

const stated = (bound: Bound, name: string, rank: number): readonly Size[] | undefined =>
  bound.isNone(name) ? undefined : bound.sizes(name, rank);

/**
 * Kernels `(k…, in, out)`, transposed `(k…, out, in)`, depthwise `(k…, in, multiplier)`. The channels of the input over
 * those of the kernel are groups; the layers' checks of strides and dilation together are not made.
 */
function convolve(call: Applied, spec: FunctionSpec, form: Form): Value {
  const { machine, bound, at } = call;
  const kernel = bound.tensor('kernel')?.cell.shape;
  const rank = (kernel?.length ?? 0) - 2;
  const layout = layoutHere(call);
  const pad = bound.text('padding')?.toLowerCase();
  if (!kernel || !layout || rank < 1 || rank > 3 || (pad !== 'same' && pad !== 'valid')) return unknown();
  const [stride, dilation] = ['strides', 'dilation_rate'].map((name) => bound.sizes(name, rank));
  const added =
    form === 'transpose' && !bound.isNone('output_padding') ? stated(bound, 'output_padding', rank) : undefined;
  if (!stride || !dilation || (form === 'transpose' && !bound.isNone('output_padding') && !added)) return unknown();
  const [a, b] = kernel.slice(rank);
  const input = bound.get('inputs') ?? unknown();
  const shape = machine.asTensor(input)?.cell.shape;
  const channels = shape?.length === rank + 2 ? shape[layout === 'last' ? rank + 1 : 1] : undefined;
  const groups = form === 'conv' && channels !== undefined ? divideExactly(channels, a) : 1;
  if (groups === undefined) return unknown();
  const setup: ConvSetup = {
    kind: form === 'transpose' ? 'convTranspose' : 'conv',
    rank,
    layout,
    inChannels: form === 'transpose' ? b : form === 'conv' ? (channels ?? a) : a,
    outChannels: form === 'transpose' ? a : form === 'depthwise' ? times(machine, a, b) : b,
    groups: form === 'depthwise' ? a : groups,
    bias: false,
    torchRules: false,
    empty: 'unknown',
    parameters: bound.values,
    weightShape: () => kernel,
    axis: (size, index): ConvAxis => {
      const window = { input: size, kernel: kernel[index], stride: stride[index], dilation: dilation[index] };
      return form === 'transpose' ? kerasTransposedAxis(window, pad, added?.[index]) : kerasAxis(window, pad);
    },
  };
  return applyConvolution(machine, siteOf(machine, { ...spec, rank }, at), setup, input, at);
}

function convolution(name: string, form: Form, args: string): FunctionSpec {
  const spec: FunctionSpec = {
    callee: `keras.ops.${name}`,
    framework: 'keras',
    family: form === 'transpose' ? 'convTranspose' : 'conv',
    rank: 2,
    signature: signature(args),
    apply: (call) => convolve(call, spec, form),
  };
  return spec;
}

const same: ArrayOp = ({ bound }) => {
  const x = bound.tensor('x');
  return x ? forgotten(x) : unknown();
};

const elementwise: ArrayOp = ({ machine, bound, at }) => {
  const [a, b] = [bound.tensor('x1'), bound.tensor('x2')];
  return a && b ? broadcast(machine, [a, b], at) : unknown();
};

const reshaped: ArrayOp = (call) => {
  const x = call.bound.tensor('x');
  const sizes = call.bound.items('newshape')?.map((each) => call.machine.sizeOf(each));
  return x && sizes ? reshapeTo(x, x.cell.shape, sizes, call) : unknown();
};

const taken: ArrayOp = ({ bound }) => {
  const x = bound.tensor('x');
  const indices = bound.get('indices');
  const [shape, places, axis] = [x?.cell.shape, indices && shapeOfData(indices), bound.int('axis')];
  const at = shape && axis !== undefined ? (axis < 0 ? axis + shape.length : axis) : -1;
  return x && shape && places && at >= 0
    ? derived(x, [...shape.slice(0, at), ...places, ...shape.slice(at + 1)], [])
    : unknown();
};

const resized: ArrayOp = (call) => {
  const x = call.bound.tensor('images');
  const size = call.bound.sizes('size', 2);
  const layout = layoutHere(call);
  const shape = x?.cell.shape;
  if (!x || !size || !layout || !shape || shape.length < 3 || shape.length > 4) return unknown();
  const from = shape.length - (layout === 'last' ? 3 : 2);
  return derived(x, [...shape.slice(0, from), ...size, ...shape.slice(from + 2)], []);
};

/** `max_pool`, `average_pool`: windows over what lies between the batch and the channels. */
const pooled: ArrayOp = (call) => {
  const { machine, bound } = call;
  const x = bound.tensor('inputs');
  const layout = layoutHere(call);
  const shape = x?.cell.shape;
  const pad = bound.text('padding')?.toLowerCase();
  const rank = (shape?.length ?? 0) - 2;
  const kernel = bound.sizes('pool_size', rank);
  const stride = bound.isNone('strides') ? kernel : bound.sizes('strides', rank);
  if (!x || !shape || !layout || !kernel || !stride || rank < 1 || (pad !== 'same' && pad !== 'valid'))
    return unknown();
  const from = layout === 'last' ? 1 : 2;
  const sizes = kernel.map((size, index) =>
    windowed(machine, { input: shape[from + index], kernel: size, stride: stride[index], dilation: 1 }, pad),
  );
  return derived(x, [...shape.slice(0, from), ...sizes, ...shape.slice(from + rank)], []);
};

/** `image.extract_patches`: each window's elements, one after the other, as channels. */
const patches: ArrayOp = (call) => {
  const { machine, bound } = call;
  const x = bound.tensor('images');
  const shape = x?.cell.shape;
  const pad = bound.text('padding')?.toLowerCase();
  const kernel = bound.sizes('size', 2);
  const stride = bound.isNone('strides') ? kernel : bound.sizes('strides', 2);
  const plain = layoutHere(call) === 'last' && bound.int('dilation_rate') === 1;
  if (!x || shape?.length !== 4 || !kernel || !stride || !plain || (pad !== 'same' && pad !== 'valid'))
    return unknown();
  const sizes = kernel.map((size, index) =>
    windowed(machine, { input: shape[1 + index], kernel: size, stride: stride[index], dilation: 1 }, pad),
  );
  return derived(x, [shape[0], ...sizes, machine.simple(() => product([...kernel, shape[3]]))], []);
};

const windowed = (machine: Machine, window: Parameters<typeof kerasAxis>[0], pad: 'same' | 'valid'): Size =>
  machine.simple(() => convOutput('conv', kerasAxis(window, pad)));

/** Other axes as PyTorch's functions of the same name have them. */
const like = (name: string, own: Readonly<Record<string, string>>): ArrayOp => renamed(tensorOps.get(name)!.apply, own);

const KEEPING =
  'abs absolute square sqrt exp log sin cos tanh sigmoid negative floor ceil round sign clip cast convert_to_tensor stop_gradient zeros_like ones_like full_like flip roll cumsum normalize relu relu6 leaky_relu elu selu gelu silu swish softplus softsign softmax log_softmax hard_sigmoid hard_silu';

type Row = readonly [names: string, form: string, apply: ArrayOp];

const ROWS: readonly Row[] = [
  [KEEPING, 'x, *~rest, **~', same],
  [
    'mean sum max min prod any all std var amax amin logsumexp',
    'x, axis=None, keepdims=False, ~dtype=None, **',
    reduction('x', 'keepdims'),
  ],
  ['argmax argmin', 'x, axis=None, keepdims=False', reduction('x', 'keepdims')],
  ['norm', 'x, ~ord=None, axis=None, keepdims=False', reduction('x', 'keepdims')],
  ['add subtract multiply divide true_divide maximum minimum power', 'x1, x2', elementwise],
  [
    'matmul dot',
    'x1, x2',
    ({ machine, bound, at }) => {
      const [a, b] = [bound.tensor('x1'), bound.tensor('x2')];
      return a && b ? matrixProduct(machine, a, b, at) : unknown();
    },
  ],
  ['concatenate', 'xs, axis=0', joining('xs')],
  ['stack', 'x, axis=0', like('stack', { tensors: 'x', dim: 'axis' })],
  ['split', 'x, indices_or_sections, axis=0', splitting('x', 'indices_or_sections')],
  ['reshape', 'x, newshape', reshaped],
  ['transpose', 'x, axes=None', transposition('x')],
  ['expand_dims', 'x, axis', expansion('x')],
  ['squeeze', 'x, axis=None', like('squeeze', { input: 'x', dim: 'axis' })],
  ['tile', 'x, repeats', tiling('x', 'repeats')],
  ['repeat', 'x, repeats, axis=None', repetition('x')],
  ['pad', "x, pad_width, ~mode='constant', ~constant_values=None", padding('x', 'pad_width')],
  ['swapaxes', 'x, axis1, axis2', like('transpose', { input: 'x', dim0: 'axis1', dim1: 'axis2' })],
  ['moveaxis', 'x, source, destination', like('moveaxis', { input: 'x' })],
  ['broadcast_to', 'x, shape', like('expand', { input: 'x', sizes: 'shape' })],
  ['take', 'x, indices, axis=None', taken],
  ['zeros ones empty', 'shape, ~dtype=None', ({ machine, bound }) => tensorOfShape(machine, bound.get('shape'))],
  ['full', 'shape, ~fill_value, ~dtype=None', ({ machine, bound }) => tensorOfShape(machine, bound.get('shape'))],
  [
    'image.resize',
    "images, size, ~interpolation='bilinear', ~antialias=False, ~crop_to_aspect_ratio=False, ~pad_to_aspect_ratio=False, ~fill_mode=None, ~fill_value=0, data_format=None",
    resized,
  ],
  ['max_pool average_pool', "inputs, pool_size, strides=None, padding='valid', data_format=None", pooled],
  ['image.extract_patches', "images, size, strides=None, dilation_rate=1, padding='valid', data_format=None", patches],
];

/** Of Keras' backend, which Keras 2 had for `keras.ops`, the names that mean the same. */
const BACKEND =
  'mean sum max min prod any all std var argmax argmin expand_dims squeeze reshape tile abs square sqrt exp log sign clip cast zeros_like ones_like';

export const kerasOps: readonly FunctionSpec[] = [
  ...ROWS.flatMap(([names, form, apply]) =>
    names.split(' ').map((name): FunctionSpec => ({
      callee: `keras.ops.${name}`,
      framework: 'keras',
      signature: signature(form),
      apply,
    })),
  ),
  ...ROWS.flatMap(([names, form, apply]) =>
    names
      .split(' ')
      .filter((name) => BACKEND.split(' ').includes(name))
      .map((name): FunctionSpec => ({
        callee: `keras.backend.${name}`,
        framework: 'keras',
        signature: signature(form),
        apply,
      })),
  ),
  ...['normal', 'uniform', 'truncated_normal'].map((name): FunctionSpec => ({
    callee: `keras.random.${name}`,
    framework: 'keras',
    signature: signature('shape, **~'),
    apply: ({ machine, bound }) => tensorOfShape(machine, bound.get('shape')),
  })),
  convolution('conv', 'conv', "inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1"),
  convolution(
    'conv_transpose',
    'transpose',
    "inputs, kernel, strides=1, padding='valid', output_padding=None, data_format=None, dilation_rate=1",
  ),
  convolution(
    'depthwise_conv',
    'depthwise',
    "inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1",
  ),
];
