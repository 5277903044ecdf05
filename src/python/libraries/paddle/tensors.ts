import { iterate } from '../../model/iterate';
import type { Applied, FunctionSpec } from '../../model/library';
import { list, number, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf, derived, forgotten } from '../../model/tensor';
import type { Value } from '../../model/value';
import {
  type ArrayOp,
  expansion,
  joining,
  reduction,
  renamed,
  repetition,
  sections,
  tiling,
  transposition,
} from '../../shapes/arrayOps';
import { matrixProduct } from '../../shapes/elementwise';
import { padShape } from '../../shapes/padding';
import { reshapeTo } from '../../shapes/reshape';
import { openTensor, sizesArgument, tensorOfShape } from '../../shapes/sizesGiven';
import { tensorOps } from '../../shapes/tensorOps';
import { isKnown, type Size } from '../../sizes/size';
import { torchFunctions } from '../torch/functions';

/** A size of 0 is the input's on that axis. */
function reshaped(call: Applied): Value {
  const x = call.bound.tensor('x');
  const values = sizesArgument(call, 'shape');
  if (!x || !values) return openTensor(x);
  const shape = x.cell.shape;
  const sizes = values.map((value, axis): Size => {
    const size = call.machine.sizeOf(value);
    return size === 0 ? (shape?.[axis] ?? call.machine.freshSize()) : size;
  });
  return reshapeTo(x, shape, sizes, call);
}

/** Four numbers pad the last two axes of four, the last first; with numbers for every axis the first comes first. */
function padded({ machine, bound }: Applied): Value {
  const x = bound.tensor('x');
  const amounts = bound.items('pad')?.map((each) => machine.sizeOf(each));
  const shape = x?.cell.shape;
  if (!x || !amounts || !shape) return openTensor(x);
  const whole = amounts.length === 2 * shape.length;
  if (whole && bound.flag('pad_from_left_axis') !== true) return openTensor(x);
  const pairs = amounts.flatMap((_, at) => (at % 2 === 0 ? [[amounts[at], amounts[at + 1]]] : []));
  if (whole) return padShape(machine, x, pairs.toReversed().flat());
  const format = bound.isNone('data_format') ? 'NC' : (bound.text('data_format') ?? '');
  if (format.startsWith('NC')) return padShape(machine, x, amounts);
  return /^N[DHWL]+C$/.test(format) ? padShape(machine, x, [0, 0, ...amounts]) : openTensor(x);
}

function gathered({ bound }: Applied): Value {
  const [x, index] = [bound.tensor('x'), bound.tensor('index')];
  const [shape, places] = [x?.cell.shape, index?.cell.shape];
  const axis = bound.int('axis') ?? (bound.isNone('axis') ? 0 : undefined);
  const at = shape && axis !== undefined ? (axis < 0 ? axis + shape.length : axis) : -1;
  return x && shape && places?.length === 1 && at >= 0 && at < shape.length
    ? derived(x, shape.with(at, places[0]), [])
    : openTensor(x);
}

function product({ machine, bound, at }: Applied): Value {
  const turned = (name: string, transpose: string): ReturnType<typeof bound.tensor> => {
    const x = bound.tensor(name);
    const shape = x?.cell.shape;
    if (bound.flag(transpose) !== true || !x || !shape || shape.length < 2) return x;
    return derived(x, [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!], []);
  };
  const [x, y] = [turned('x', 'transpose_x'), turned('y', 'transpose_y')];
  return x && y ? matrixProduct(machine, x, y, at) : openTensor(x);
}

const unbound: ArrayOp = ({ bound }) => {
  const x = bound.tensor('x');
  const shape = x?.cell.shape;
  const axis = bound.int('axis');
  const at = shape && axis !== undefined ? (axis < 0 ? axis + shape.length : axis) : -1;
  const count = shape?.[at];
  return x && shape && count !== undefined && isKnown(count) && count <= 256
    ? list(Array.from({ length: count }, () => derived(x, shape.toSpliced(at, 1), [])))
    : unknown();
};

const like = (names: string, own: Readonly<Record<string, string>>): ArrayOp =>
  renamed(tensorOps.get(names)!.apply, own);

/** Same shape as what comes in, whatever else is given. */
const keeping: ArrayOp = ({ bound }) => {
  const x = bound.tensor('x');
  return x ? forgotten(x) : unknown();
};

const KEEPING =
  'abs neg exp expm1 log log2 log10 log1p sqrt rsqrt sin cos tan asin acos atan sinh cosh tanh erf floor ceil round trunc sign reciprocal square clip cumsum cumprod flip roll tril triu isnan isinf isfinite logical_not cast astype clone detach cuda cpu contiguous fill_ zero_ scale pow scatter ' +
  'relu relu6 leaky_relu elu selu celu gelu silu swish mish sigmoid log_sigmoid hardsigmoid hardswish hardtanh softplus softsign softshrink tanhshrink softmax log_softmax dropout dropout2d dropout3d alpha_dropout normalize layer_norm batch_norm instance_norm group_norm rms_norm local_response_norm prelu rrelu thresholded_relu zeros_like ones_like full_like randn_like rand_like empty_like assign';

type Row = readonly [names: string, form: string, apply: ArrayOp];

const ROWS: readonly Row[] = [
  [KEEPING, 'x, *~rest, **~', keeping],
  [
    'mean max min amax amin any all logsumexp nanmean nansum',
    'x, axis=None, keepdim=False, name=None',
    reduction('x', 'keepdim'),
  ],
  ['sum', 'x, axis=None, dtype=None, keepdim=False, name=None', reduction('x', 'keepdim')],
  ['prod argmax argmin', 'x, axis=None, keepdim=False, dtype=None, name=None', reduction('x', 'keepdim')],
  ['std var', 'x, axis=None, ~unbiased=True, keepdim=False, name=None', reduction('x', 'keepdim')],
  ['norm linalg.norm', 'x, ~p=None, axis=None, keepdim=False, name=None', reduction('x', 'keepdim')],
  ['reshape', 'x, *shape', reshaped],
  ['transpose', 'x, perm, name=None', transposition('x', 'perm')],
  ['moveaxis', 'x, source, destination, name=None', like('moveaxis', { input: 'x' })],
  [
    'flatten',
    'x, start_axis=0, stop_axis=-1, name=None',
    like('flatten', { input: 'x', start_dim: 'start_axis', end_dim: 'stop_axis' }),
  ],
  ['squeeze', 'x, axis=None, name=None', like('squeeze', { input: 'x', dim: 'axis' })],
  ['unsqueeze', 'x, axis, name=None', expansion('x')],
  ['split', 'x, num_or_sections, axis=0, name=None', sections('x', 'num_or_sections')],
  ['chunk', 'x, chunks, axis=0, name=None', sections('x', 'chunks')],
  ['concat', 'x, axis=0, name=None', joining('x')],
  ['stack', 'x, axis=0, name=None', like('stack', { tensors: 'x', dim: 'axis' })],
  ['unbind unstack', 'x, axis=0, **', unbound],
  ['tile', 'x, repeat_times, name=None', tiling('x', 'repeat_times')],
  ['expand broadcast_to', 'x, shape, name=None', like('expand', { input: 'x', sizes: 'shape' })],
  ['repeat_interleave', 'x, repeats, axis=None, name=None', repetition('x')],
  ['gather index_select', 'x, index, axis=0, name=None', gathered],
  ['matmul bmm mm', 'x, y, transpose_x=False, transpose_y=False, name=None', product],
  ['topk', 'x, k, axis=-1, **', like('topk', { input: 'x', dim: 'axis' })],
  [
    'add subtract multiply divide maximum minimum fmax fmin remainder mod floor_divide pow equal not_equal less_than less_equal greater_than greater_equal logical_and logical_or',
    'x, y, name=None',
    like('add', { input: 'x', other: 'y' }),
  ],
  ['pad', "x, pad, ~mode='constant', ~value=0.0, data_format=None, pad_from_left_axis=True, name=None", padded],
  ['shape', 'x', ({ machine, bound }) => machine.shapeValue(bound.get('x') ?? unknown()) ?? unknown()],
];

const func = (callee: string, form: string, apply: ArrayOp): FunctionSpec => ({
  callee,
  framework: 'paddle',
  signature: signature(form),
  apply: (call) => asArrayOf('paddle', apply(call)),
});

const created: ArrayOp = ({ machine, bound }) => tensorOfShape(machine, bound.get('shape'));

/** What stands behind a list of sizes is a type; behind a size it may be another, `paddle.zeros(2, 3)`. */
const createdAs: ArrayOp = (call) => {
  const [shape, second] = ['shape', 'dtype'].map((name) => call.bound.get(name));
  const listed = shape?.kind === 'list' || shape?.kind === 'tuple';
  return listed || second?.kind === 'none' || second?.kind === 'string' ? created(call) : unknown();
};

/** Of PyTorch's functions those that Paddle has under the same name and with the same meaning. */
const ALIKE: Readonly<Record<string, string>> = {
  arange: 'arange',
  where: 'where',
  tensor: 'to_tensor',
  einsum: 'einsum',
};

export const paddleTensorFunctions: readonly FunctionSpec[] = [
  ...ROWS.flatMap(([names, form, apply]) =>
    names
      .split(' ')
      .flatMap((name) =>
        ['paddle', 'paddle.nn.functional', 'paddle.Tensor'].map((prefix) => func(`${prefix}.${name}`, form, apply)),
      ),
  ),
  ...'zeros ones empty rand randn standard_normal'
    .split(' ')
    .map((name) => func(`paddle.${name}`, 'shape, dtype=None, ~name=None, **', createdAs)),
  func('paddle.full', 'shape, ~fill_value, **', created),
  func('paddle.uniform', 'shape, ~dtype=None, ~min=-1, ~max=1, **', created),
  func('paddle.normal', '~mean=0, ~std=1, shape=None, **', created),
  func('paddle.randint', '~low=0, ~high=None, shape=1, **', created),
  func('paddle.linspace', '~start, ~stop, num, **', ({ machine, bound }) =>
    tensorOfShape(machine, number(bound.size('num'))),
  ),
  ...Object.entries(ALIKE).flatMap(([name, own]) => {
    const spec = torchFunctions.find((each) => each.callee === `torch.${name}`);
    return spec
      ? [
          {
            ...spec,
            framework: 'paddle' as const,
            callee: `paddle.${own}`,
            apply: (call: Applied) => asArrayOf('paddle', spec.apply(call)),
          },
        ]
      : [];
  }),
];

/** Begin and end of each axis from the last on, as a list or as one number. */
export const padLayer =
  (rank: number): ((call: Applied & { readonly input: Value }) => Value) =>
  ({ machine, bound, input }) => {
    const x = machine.asTensor(input);
    const value = bound.get('padding');
    const items =
      value &&
      (iterate(value) ?? (value.kind === 'number' ? Array.from({ length: 2 * rank }, () => value) : undefined));
    const format = bound.text('data_format');
    if (!x || items?.length !== 2 * rank || format === undefined) return openTensor(x);
    const amounts = items.map((each) => machine.sizeOf(each, 'padding'));
    return asArrayOf('paddle', padShape(machine, x, format.endsWith('C') ? [0, 0, ...amounts] : amounts, rank));
  };
