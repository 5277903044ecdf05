import { convOutput, sameOutput } from '../../../core/formulas';
import { siteOf } from '../../findings/record';
import { times } from '../../model/arithmetic';
import { iterate } from '../../model/iterate';
import type { Applied, FunctionSpec } from '../../model/library';
import { list, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf, derived, forgotten, tensor } from '../../model/tensor';
import {
  type ArrayOp,
  expansion,
  joining,
  padding,
  reduction,
  renamed,
  repetition,
  sections,
  tiling,
  transposition,
} from '../../shapes/arrayOps';
import { broadcast, matrixProduct } from '../../shapes/elementwise';
import { reshapeTo } from '../../shapes/reshape';
import { shapeOfData, tensorOfShape } from '../../shapes/sizesGiven';
import { applySpatial, inFormula } from '../../shapes/spatial';
import { tensorOps } from '../../shapes/tensorOps';
import { SIZES } from '../../sizes/axis';
import { divideExactly, isKnown, multiply, type Size } from '../../sizes/size';
import { declared } from '../keras/model';
import { either, isFirst, spatial, tensorflowConvolutions } from './convolutions';

const func = (callee: string, form: string, apply: ArrayOp): FunctionSpec => ({
  callee: `tensorflow.${callee}`,
  framework: 'tensorflow',
  signature: signature(form),
  apply: (call) => asArrayOf('tensorflow', apply(call)),
});

const created: ArrayOp = ({ machine, bound }) => tensorOfShape(machine, bound.get('shape'));
const same: ArrayOp = ({ machine, bound }) => {
  const value = bound.get('x') ?? unknown();
  return value.kind === 'tensor'
    ? forgotten(value)
    : machine.asTensor(value) && value.kind !== 'number'
      ? value
      : unknown();
};

const reshaped: ArrayOp = (call) => {
  const x = call.bound.tensor('tensor');
  const sizes = call.bound.items('shape')?.map((each) => call.machine.sizeOf(each));
  return x && sizes ? reshapeTo(x, x.cell.shape, sizes, call) : unknown();
};

const resized: ArrayOp = ({ machine, bound }) => {
  const x = bound.tensor('images');
  const size = bound.sizes('size', 2);
  const shape = x && (x.cell.shape ?? machine.withRank(x, 4, 'last'));
  return x && size && shape && shape.length >= 3
    ? derived(x, [...shape.slice(0, -3), ...size, shape.at(-1)!], [])
    : unknown();
};

/** A picture out of a file: as many axes are sure as there are, a GIF's `decode_image` apart. */
const picture: ArrayOp = ({ machine, bound }) => {
  const channels = bound.size('channels');
  const depth = isKnown(channels) && channels > 0 ? channels : machine.freshSize('C');
  return tensor([machine.freshSize('H'), machine.freshSize('W'), depth], 'symbolic');
};

/** Places that are named in a list go one by one; without any, all axes of one element. */
const squeezed = (axis: string): ArrayOp => renamed(tensorOps.get('squeeze')!.apply, { input: 'input', dim: axis });

/** Blocks of `block_size` by `block_size` pixels for channels, or the other way round. */
const blocks =
  (deeper: boolean): ArrayOp =>
  ({ machine, bound }) => {
    const x = bound.tensor('input');
    const shape = x?.cell.shape;
    const [side, format] = [bound.size('block_size'), bound.text('data_format') ?? ''];
    if (!x || shape?.length !== 4 || format !== 'NHWC') return unknown();
    const area = machine.simple(() => multiply(side, side));
    const [n, h, w, c] = shape;
    const smaller = (size: Size, by: Size): Size | undefined => divideExactly(size, by);
    const sizes = deeper
      ? [smaller(h, side), smaller(w, side), times(machine, c, area)]
      : [times(machine, h, side), times(machine, w, side), smaller(c, area)];
    return sizes.every((size) => size !== undefined) ? derived(x, [n, ...sizes], []) : unknown();
  };

/** Sizes that are put together stay numbers, as which shapes are made of them. */
const stacked: ArrayOp = (call) => {
  const items = call.bound.items('values');
  return items?.every((item) => item.kind === 'number')
    ? list([...items])
    : renamed(tensorOps.get('stack')!.apply, { tensors: 'values', dim: 'axis' })(call);
};

const gathered: ArrayOp = ({ bound }) => {
  const indices = bound.get('indices');
  const [x, places] = [bound.tensor('params')?.cell.shape, indices && shapeOfData(indices)];
  const at = bound.isNone('axis') ? 0 : bound.int('axis');
  const from = at !== undefined && x && at < 0 ? at + x.length : at;
  return x && places && from !== undefined
    ? derived(bound.tensor('params')!, [...x.slice(0, from), ...places, ...x.slice(from + 1)], [])
    : unknown();
};

const moments: ArrayOp = (call) => {
  const one = reduction('x', 'keepdims', 'axes')(call);
  return tuple([one, one]);
};

function pooling(name: string, rank: number): FunctionSpec {
  const spec: FunctionSpec = {
    callee: `tensorflow.nn.${name}`,
    framework: 'tensorflow',
    family: 'pool',
    rank,
    signature: signature('input=None, ksize=None, strides=None, padding=None, data_format=None, name=None, value=None'),
    apply: ({ machine, bound, at }) => {
      const [kernel, stride] = [spatial(bound, 'ksize', rank), spatial(bound, 'strides', rank)];
      const pad = bound.text('padding');
      const input = either(bound, 'input', 'value') ?? unknown();
      if (!kernel || !stride || (pad !== 'SAME' && pad !== 'VALID')) return unknown();
      const setup: Parameters<typeof applySpatial>[2] = {
        rank,
        layout: isFirst(bound) ? 'first' : 'last',
        parameters: bound.values,
        unbatched: false,
        axis: (size, index) => {
          const [k, s] = [kernel[index], stride[index]];
          const window = { input: size, stride: s, padBegin: 0, padEnd: 0, extent: k };
          return pad === 'SAME'
            ? {
                output: machine.simple(() => sameOutput(SIZES, size, s)),
                formula: '⌈i / s⌉',
                substituted: `⌈${inFormula(size)} / ${inFormula(s)}⌉`,
              }
            : {
                output: machine.simple(() => convOutput(SIZES, window)),
                formula: '⌊(i − k) / s⌋ + 1',
                substituted: `⌊(${inFormula(size)} − ${inFormula(k)}) / ${inFormula(s)}⌋ + 1`,
              };
        },
      };
      return asArrayOf('tensorflow', applySpatial(machine, siteOf(machine, spec, at), setup, input, at));
    },
  };
  return spec;
}

const elementwise: ArrayOp = ({ machine, bound, at }) => {
  const [a, b] = [bound.tensor('x'), bound.tensor('y')];
  return a && b ? broadcast(machine, [a, b], at) : unknown();
};

const product: ArrayOp = ({ machine, bound, at }) => {
  const turned = (name: string, flag: string): ReturnType<typeof bound.tensor> => {
    const x = bound.tensor(name);
    const shape = x?.cell.shape;
    if (bound.flag(flag) !== true || !x || !shape || shape.length < 2) return x;
    return derived(x, [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!], []);
  };
  const [a, b] = [turned('a', 'transpose_a'), turned('b', 'transpose_b')];
  return a && b ? matrixProduct(machine, a, b, at) : unknown();
};

const KEEPING =
  'convert_to_tensor cast identity stop_gradient function abs square sqrt exp tanh sigmoid clip_by_value zeros_like ones_like negative floor ceil round sign math.square math.sqrt math.exp math.tanh math.sigmoid math.abs math.log math.pow ' +
  'nn.relu nn.relu6 nn.leaky_relu nn.elu nn.selu nn.gelu nn.silu nn.swish nn.sigmoid nn.tanh nn.softmax nn.log_softmax nn.softplus nn.dropout nn.bias_add nn.l2_normalize nn.batch_normalization nn.local_response_normalization nn.lrn';
const REDUCING = 'mean sum max min prod any all std variance logsumexp';
const BINARY = 'add subtract multiply divide maximum minimum';
const DRAWN =
  'random.normal random.uniform random.truncated_normal zeros ones keras.backend.zeros random_normal random_uniform truncated_normal';

/** `tf.nn`, and what of `tf` changes shapes; with the names of TensorFlow 1. */
export const tensorflowFunctions: readonly FunctionSpec[] = [
  ...tensorflowConvolutions,
  ...['max', 'avg'].flatMap((name) => [1, 2, 3].map((rank) => pooling(`${name}_pool${rank}d`, rank))),
  ...['max', 'avg'].map((name) => pooling(`${name}_pool`, 2)),
  ...DRAWN.split(' ').map((name) => func(name, 'shape, **~', created)),
  func('fill', 'dims, ~value, **', ({ machine, bound }) => tensorOfShape(machine, bound.get('dims'))),
  func('Variable', 'x, **~', ({ bound }) => bound.get('x') ?? unknown()),
  func('get_variable', '~name, shape=None, **~', ({ machine, bound }) =>
    bound.isNone('shape') ? unknown() : tensorOfShape(machine, bound.get('shape')),
  ),
  func('placeholder', '~dtype, shape=None, ~name=None', ({ machine, bound }) => {
    const shape = bound.get('shape');
    return shape && shape.kind !== 'none' && (iterate(shape)?.length ?? 0) > 0
      ? declared(machine, shape, undefined, true)
      : unknown();
  }),
  func('constant', 'x, ~dtype=None, shape=None, ~name=None', ({ machine, bound }) => {
    const x = bound.get('x');
    if (!bound.isNone('shape')) return tensorOfShape(machine, bound.get('shape'));
    const shape = x && shapeOfData(x);
    return shape ? tensor(shape, machine.evidence, { data: x }) : unknown();
  }),
  ...KEEPING.split(' ').map((name) => func(name, 'x, *~rest, **~', same)),
  ...REDUCING.split(' ').flatMap((name) =>
    [`reduce_${name}`, `math.reduce_${name}`].map((each) =>
      func(each, 'input_tensor, axis=None, keepdims=False, name=None', reduction('input_tensor', 'keepdims')),
    ),
  ),
  ...['argmax', 'argmin', 'math.argmax'].map((name) =>
    func(name, 'input, axis=0, ~output_type=None, ~name=None, keepdims=False', reduction('input', 'keepdims')),
  ),
  func('nn.moments', 'x, axes, ~shift=None, keepdims=False, ~name=None', moments),
  func('norm', "tensor, ord='euclidean', axis=None, keepdims=False, ~name=None", (call) =>
    call.bound.isGiven('ord') && call.bound.isNone('axis') ? unknown() : reduction('tensor', 'keepdims')(call),
  ),
  func('concat', 'values, axis, name=None', joining('values')),
  func('stack', 'values, axis=0, name=None', stacked),
  func('unstack', 'value, num=None, axis=0, name=None', ({ bound }) => {
    const x = bound.tensor('value');
    const [shape, axis] = [x?.cell.shape, bound.int('axis')];
    const at = shape && axis !== undefined ? (axis < 0 ? axis + shape.length : axis) : -1;
    const count = shape?.[at];
    return x && shape && count !== undefined && isKnown(count) && count <= 256
      ? list(Array.from({ length: count }, () => derived(x, shape.toSpliced(at, 1), [])))
      : unknown();
  }),
  func('split', 'value, num_or_size_splits, axis=0, ~num=None, ~name=None', sections('value', 'num_or_size_splits')),
  func('reshape', 'tensor, shape, name=None', reshaped),
  func('transpose', 'a, perm=None, ~conjugate=False, ~name=None', transposition('a', 'perm')),
  func('expand_dims', 'input, axis, name=None', expansion('input')),
  func('squeeze', 'input, axis=None, name=None', squeezed('axis')),
  func('tile', 'input, multiples, name=None', tiling('input', 'multiples')),
  func('repeat', 'input, repeats, axis=None, name=None', repetition('input')),
  func('gather', 'params, indices, ~validate_indices=None, axis=None, **', gathered),
  func('pad', "tensor, paddings, ~mode='CONSTANT', ~constant_values=0, ~name=None", padding('tensor', 'paddings')),
  ...['shape', 'keras.backend.int_shape'].map((name) =>
    func(
      name,
      'input, **~',
      ({ machine, bound }: Applied) => machine.shapeValue(bound.get('input') ?? unknown()) ?? unknown(),
    ),
  ),
  ...['nn.depth_to_space', 'depth_to_space'].map((name) =>
    func(name, "input, block_size, data_format='NHWC', name=None", blocks(false)),
  ),
  ...['nn.space_to_depth', 'space_to_depth'].map((name) =>
    func(name, "input, block_size, data_format='NHWC', name=None", blocks(true)),
  ),
  ...['decode_jpeg', 'decode_png', 'decode_bmp'].flatMap((name) =>
    ['io', 'image'].map((module) => func(`${module}.${name}`, '~contents, channels=0, **~', picture)),
  ),
  ...['resize', 'resize_bilinear', 'resize_nearest_neighbor', 'resize_bicubic'].map((name) =>
    func(
      `image.${name}`,
      'images, size, ~method=None, ~antialias=False, ~align_corners=False, ~half_pixel_centers=False, **',
      resized,
    ),
  ),
  ...BINARY.split(' ').flatMap((name) =>
    [name, `math.${name}`].map((each): FunctionSpec => func(each, 'x, y, name=None', elementwise)),
  ),
  ...['matmul', 'linalg.matmul'].map((name) => func(name, 'a, b, transpose_a=False, transpose_b=False, **', product)),
];
