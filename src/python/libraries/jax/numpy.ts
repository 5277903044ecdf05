import type { Applied, FunctionSpec } from '../../model/library';
import { builtin, NO_ARGUMENTS, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf, derived, forgotten, type TensorValue } from '../../model/tensor';
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
import { broadcast, matrixProduct } from '../../shapes/elementwise';
import { reshapeTo } from '../../shapes/reshape';
import { openTensor, sizesArgument, tensorOfShape } from '../../shapes/sizesGiven';
import { tensorOps } from '../../shapes/tensorOps';
import { multiply, type Size } from '../../sizes/size';
import { jaxConvolutions } from './lax';

type Row = readonly [names: string, form: string, apply: ArrayOp];

const same: ArrayOp = ({ bound }) => {
  const x = bound.tensor('a');
  return x ? forgotten(x) : unknown();
};

const elementwise: ArrayOp = ({ machine, bound, at }) => {
  const [x, y] = [bound.tensor('x1'), bound.tensor('x2')];
  return x && y ? broadcast(machine, [x, y], at) : unknown();
};

const product: ArrayOp = ({ machine, bound, at }) => {
  const [a, b] = [bound.tensor('a'), bound.tensor('b')];
  return a && b ? matrixProduct(machine, a, b, at) : unknown();
};

const reshaped: ArrayOp = (call) => {
  const x = call.bound.tensor('a');
  const sizes = sizesArgument(call, 'shape')?.map((each) => call.machine.sizeOf(each));
  return x && sizes ? reshapeTo(x, x.cell.shape, sizes, call) : openTensor(x);
};

const flattened: ArrayOp = ({ machine, bound }) => {
  const x = bound.tensor('a');
  const shape = x?.cell.shape;
  return x && shape ? derived(x, [machine.simple(() => shape.reduce(multiply, 1))], []) : openTensor(x);
};

const like = (name: string, own: Readonly<Record<string, string>>): ArrayOp => renamed(tensorOps.get(name)!.apply, own);

const KEEPING =
  'abs absolute negative square sqrt exp log log1p sin cos tan tanh floor ceil round sign clip cumsum cumprod flip roll astype copy zeros_like ones_like full_like nan_to_num isnan asarray array';

/** What JAX's arrays have for methods as well as `jax.numpy` for functions. */
const BOTH: readonly Row[] = [
  ['mean sum prod', 'a, axis=None, dtype=None, out=None, keepdims=False, **~', reduction('a', 'keepdims')],
  ['max min any all amax amin', 'a, axis=None, out=None, keepdims=False, **~', reduction('a', 'keepdims')],
  ['std var', 'a, axis=None, dtype=None, out=None, ~ddof=0, keepdims=False, **~', reduction('a', 'keepdims')],
  ['argmax argmin', 'a, axis=None, out=None, keepdims=False', reduction('a', 'keepdims')],
  ['reshape', 'a, *shape', reshaped],
  ['squeeze', 'a, axis=None', like('squeeze', { input: 'a', dim: 'axis' })],
  ['swapaxes', 'a, axis1, axis2', like('transpose', { input: 'a', dim0: 'axis1', dim1: 'axis2' })],
  ['ravel', "a, ~order='C'", flattened],
  ['repeat', 'a, repeats, axis=None, **~', repetition('a')],
  ['dot matmul', 'a, b, **~', product],
];

const FUNCTIONS: readonly Row[] = [
  [KEEPING, 'a, *~rest, **~', same],
  ['add subtract multiply divide true_divide maximum minimum power', 'x1, x2', elementwise],
  ['concatenate', 'arrays, axis=0, ~dtype=None', joining('arrays')],
  ['stack', 'arrays, axis=0, **~', like('stack', { tensors: 'arrays', dim: 'axis' })],
  ['split array_split', 'ary, indices_or_sections, axis=0', splitting('ary', 'indices_or_sections')],
  ['transpose', 'a, axes=None', transposition('a')],
  ['expand_dims', 'a, axis', expansion('a')],
  ['moveaxis', 'a, source, destination', like('moveaxis', { input: 'a' })],
  ['tile', 'A, reps', tiling('A', 'reps')],
  ['pad', "array, pad_width, ~mode='constant', **~", padding('array', 'pad_width')],
  ['broadcast_to', 'array, shape', like('expand', { input: 'array', sizes: 'shape' })],
];

const METHODS: readonly Row[] = [
  ['transpose', 'a, *axes', transposition('a')],
  ['flatten', "a, ~order='C'", flattened],
  ['astype copy block_until_ready clip round', 'a, *~rest, **~', same],
];

const func = (callee: string, form: string, apply: ArrayOp): FunctionSpec => ({
  callee: `jax.${callee}`,
  framework: 'jax',
  signature: signature(form),
  apply: (call) => asArrayOf('jax', apply(call)),
});

const rows = (prefix: string, table: readonly Row[]): FunctionSpec[] =>
  table.flatMap(([names, form, apply]) => names.split(' ').map((name) => func(`${prefix}.${name}`, form, apply)));

const created: ArrayOp = ({ machine, bound }) => tensorOfShape(machine, bound.get('shape'));

/** Without its first axis, along which `vmap` goes. */
const row = (value: Value, machine: Applied['machine']): Value => {
  const x = machine.asTensor(value);
  const shape = x?.cell.shape;
  return x && shape && shape.length > 0 ? derived(x, shape.slice(1), []) : unknown();
};

const stackedBy = (count: Size, value: Value): Value => {
  if (value.kind === 'tuple' || value.kind === 'list')
    return { ...value, items: value.items.map((item) => stackedBy(count, item)) };
  const shape = value.kind === 'tensor' ? value.cell.shape : undefined;
  return value.kind === 'tensor' && shape ? derived(value, [count, ...shape], []) : unknown();
};

/** `jax.vmap(f)`: `f` of each element of the first axis of its arguments, the results on one another. */
const vmapped = ({ bound }: Applied): Value => {
  const callee = bound.get('fun') ?? unknown();
  const plain = ['in_axes', 'out_axes'].every((name) => !bound.isGiven(name) || bound.int(name) === 0);
  return plain
    ? builtin('vmap', (machine, args, at) => {
        const tensors = args.positional.map((each): TensorValue | undefined => machine.asTensor(each));
        const count = tensors[0]?.cell.shape?.[0];
        const fits = tensors.every((each) => each?.cell.shape?.[0] === count);
        if (count === undefined || !fits || args.keywords.size > 0) return unknown();
        const positional = args.positional.map((each) => row(each, machine));
        return stackedBy(count, machine.call(callee, { ...NO_ARGUMENTS, positional }, at));
      })
    : unknown();
};

const ACTIVATIONS =
  'relu relu6 sigmoid gelu silu swish tanh elu selu celu leaky_relu softplus soft_sign softmax log_softmax hard_tanh mish';

/** `jax.lax`, and what of `jax.numpy`, `jax.nn` and `jax` itself models use. */
export const jaxFunctions: readonly FunctionSpec[] = [
  ...jaxConvolutions,
  ...rows('numpy', [...BOTH, ...FUNCTIONS]),
  ...rows('Tensor', [...BOTH, ...METHODS]),
  ...['zeros', 'ones', 'empty', 'full'].map((name) => func(`numpy.${name}`, 'shape, *~rest, **~', created)),
  ...['normal', 'uniform', 'truncated_normal'].map((name) =>
    func(
      `random.${name}`,
      name === 'truncated_normal' ? '~key, ~lower, ~upper, shape, **~' : '~key, shape, **~',
      created,
    ),
  ),
  func('numpy.arange', 'start, stop=None, step=None, **~', ({ machine, bound }) => {
    const [start, stop] = [bound.int('start'), bound.int('stop')];
    if (bound.isGiven('step') || start === undefined) return unknown();
    return tensorOfShape(
      machine,
      tuple([{ kind: 'number', size: stop === undefined ? start : stop - start, float: false }]),
    );
  }),
  ...ACTIVATIONS.split(' ').map((name) =>
    func(`nn.${name}`, 'x, *~rest, **~', ({ bound }) => bound.get('x') ?? unknown()),
  ),
  func('image.resize', '~image, shape, ~method=None, **~', ({ machine, bound }) =>
    tensorOfShape(machine, bound.get('shape')),
  ),
  func('jit', 'x, **~', ({ bound }) => bound.get('x') ?? unknown()),
  { callee: 'jax.vmap', framework: 'jax', signature: signature('fun, in_axes=0, out_axes=0, **'), apply: vmapped },
];
