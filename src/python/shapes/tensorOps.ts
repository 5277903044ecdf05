import { holding, type Numbers, numbersOf, viewing } from '../model/contents';
import { iterate } from '../model/iterate';
import type { Applied, Signature } from '../model/library';
import { FAILED, number, unknown } from '../model/make';
import { signature } from '../model/signature';
import { derived, forgotten, knownData, sureRank, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { divideExactly, isKnown, product, type Size } from '../sizes/size';
import { axisOps } from './axisOps';
import { broadcast, matrixProduct } from './elementwise';
import { normalAxis } from './indexing';
import { joinOps } from './joinOps';
import { distanceOps, matrixOps } from './matrixOps';
import { expanded, repeated, swapLast, tiled } from './expansion';
import { axisAmong, axisOf, onTensor, refusing, type TensorOp } from './onTensor';
import { underAllNames } from './native';
import { numbersAfter } from './numbers';
import { permutedNumbers } from './picking';
import { refuse } from './problems';
import { reduceOps } from './reduceOps';
import { refusalOf } from './refusals/operations';
import { reshape, reshapeTo } from './reshape';
import { signalOps } from './signal';
import { openTensor, sizesArgument } from './sizesGiven';
import { tensorOfShape } from './sizesGiven';

/** Of the operations that keep the shape, those that go along an axis that is there. */
const ALONG_AXIS = new Set(['softmax', 'log_softmax', 'softmin', 'cumsum', 'cumprod', 'logcumsumexp']);

const same = (called: string): TensorOp['apply'] =>
  onTensor((x, shape, call) => {
    const rest = call.bound.get('rest');
    const value = call.bound.get('dim') ?? (rest?.kind === 'tuple' ? rest.items[0] : undefined);
    const at = shape && ALONG_AXIS.has(called) && value ? call.machine.knownSize(value) : undefined;
    if (at !== undefined && isKnown(at)) axisAmong(call, at, shape!.length);
    return forgotten(x);
  });

/** Operations that leave the shape as it is. */
const SHAPE_KEEPING =
  'relu relu6 leaky_relu elu selu celu gelu silu mish sigmoid hardsigmoid hardswish hardtanh logsigmoid softplus softsign tanh tanhshrink softshrink softmax log_softmax softmin dropout dropout1d dropout2d dropout3d alpha_dropout feature_dropout ' +
  'abs neg exp exp2 expm1 log log2 log10 log1p sqrt rsqrt sin cos tan asin acos atan sinh cosh erf floor ceil round trunc sign reciprocal square clamp clip clamp_min clamp_max nan_to_num normalize ' +
  'contiguous clone detach requires_grad cuda cpu to float double half bfloat16 int long short bool type type_as byte copy fill zero masked_fill cumsum cumprod flip fliplr flipud msort roll tril triu nan_to_num isnan isinf logical_not ' +
  'rms_norm layer_norm group_norm batch_norm instance_norm local_response_norm rrelu prelu threshold identity retain_grad share_memory pin_memory sort_ renorm sinc logit';

const keeping = signature('input, *~rest, **~');

function permuted(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const dims = dimsOf(call, 'dims');
  if (!dims) return openTensor(x);
  const known = shape ?? call.machine.withRank(x, dims.length);
  if (!known || dims.length !== known.length) return shape ? FAILED : openTensor(x);
  const order = dims.map((dim) => axisAmong(call, dim, dims.length));
  if (new Set(order).size < order.length) return FAILED;
  return derived(
    x,
    order.map((axis) => known[axis]),
    [],
  );
}

function dimsOf(call: Applied, name: string): number[] | undefined {
  const sizes = sizesArgument(call, name)?.map((value) => call.machine.knownSize(value));
  return sizes?.every((size): size is number => size !== undefined && isKnown(size)) ? sizes : undefined;
}

const transposed =
  (one: string, other: string) =>
  (x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value => {
    if (!shape) return openTensor(x);
    const [a, b] = [axisOf(call, one, shape.length), axisOf(call, other, shape.length)];
    if (a === undefined || b === undefined) return openTensor(x);
    return derived(
      x,
      shape.map((size, axis) => (axis === a ? shape[b] : axis === b ? shape[a] : size)),
      [],
    );
  };

function squeezed(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  if (!shape) return openTensor(x);
  if (call.bound.isNone('dim'))
    return shape.every(isKnown)
      ? derived(
          x,
          shape.filter((size) => size !== 1),
          [],
        )
      : openTensor(x);
  const value = call.bound.get('dim');
  const axes = (
    value && iterate(value) ? iterate(value)!.map((each) => call.machine.knownSize(each)) : [call.bound.int('dim')]
  ).map((each) => (typeof each === 'number' ? normalAxis(each, shape.length) : undefined));
  if (axes.includes(undefined)) return openTensor(x);
  if (axes.some((axis) => !isKnown(shape[axis!]))) return openTensor(x);
  return derived(
    x,
    shape.filter((size, axis) => !(axes.includes(axis) && size === 1)),
    axes.every((axis) => shape[axis!] !== 1) ? undefined : [],
  );
}

function unsqueezed(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const at = shape && axisOf(call, 'dim', shape.length + 1);
  return at === undefined || !shape ? openTensor(x) : derived(x, shape.toSpliced(at, 0, 1), []);
}

function flattened(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  if (!shape) return openTensor(x);
  const [from, to] = [axisOf(call, 'start_dim', shape.length), axisOf(call, 'end_dim', shape.length)];
  if (from === undefined || to === undefined || from > to) return openTensor(x);
  const middle = call.machine.simple(() => product(shape.slice(from, to + 1)));
  return derived(x, [...shape.slice(0, from), middle, ...shape.slice(to + 1)], from === to ? undefined : []);
}

function unflattened(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const at = shape && axisOf(call, 'dim', shape.length);
  const sizes = call.bound.items('sizes')?.map((each) => call.machine.sizeOf(each));
  if (!shape || at === undefined || !sizes) return openTensor(x);
  const known = sizes.filter((size) => size !== -1);
  const rest = divideExactly(shape[at], product(known)) ?? call.machine.freshSize();
  return derived(
    x,
    [...shape.slice(0, at), ...sizes.map((size) => (size === -1 ? rest : size)), ...shape.slice(at + 1)],
    [],
  );
}

function sizeOp(x: TensorValue, _shape: readonly Size[] | undefined, call: Applied): Value {
  const whole = call.machine.shapeValue(x)!;
  if (call.bound.isNone('dim')) return whole;
  const at = call.bound.int('dim');
  if (at === undefined) return call.machine.freshNumber();
  return call.machine.subscript(whole, number(at));
}

/** Of three tensors, the last of which may be a number. */
function threefold({ machine, bound, at }: Applied): Value {
  const given = ['input', 'tensor1', 'end', 'tensor2', 'weight'].flatMap((name) => bound.get(name) ?? []);
  const tensors = given.filter((each) => each.kind !== 'number').map((each) => machine.asTensor(each));
  if (given.length < 3 || !tensors.every((each) => each !== undefined)) return unknown();
  return withoutContents(broadcast(machine, tensors, at));
}

const withoutContents = (value: Value): Value => (value.kind === 'tensor' ? forgotten(value) : value);

function elementwise(call: Applied): Value {
  const tensors = ['input', 'other']
    .map((name) => call.bound.get(name))
    .filter((value) => value !== undefined && value.kind !== 'number' && value.kind !== 'string')
    .map((value) => call.machine.asTensor(value))
    .filter((each) => each !== undefined);
  return tensors.length === 0 ? unknown() : broadcast(call.machine, tensors, call.at);
}

function product2(call: Applied): Value {
  const [a, b] = [call.bound.tensor('input'), call.bound.tensor('other')];
  return a && b ? matrixProduct(call.machine, a, b, call.at) : openTensor(a);
}

/** `x.item()`, `x.tolist()` */
function held(call: Applied): Value {
  const x = call.bound.tensor('input');
  return (x && knownData(x)) ?? unknown();
}

/** `x.dim()`, `x.ndim` */
export function rankOf(x: TensorValue): Value {
  const rank = sureRank(x);
  return rank === undefined ? unknown() : number(rank);
}

const SHAPE_OPS: readonly (readonly [names: string, form: string, apply: TensorOp['apply']])[] = [
  ['permute', 'input, *dims', onTensor(permuted)],
  ['transpose swapdims', 'input, dim0, dim1', onTensor(transposed('dim0', 'dim1'))],
  ['swapaxes', 'input, axis0, axis1', onTensor(transposed('axis0', 'axis1'))],
  ['adjoint', 'input', onTensor((x, shape) => derived(x, shape && swapLast(shape), []))],
  ['t', 'input', onTensor((x, shape) => (shape && shape.length > 2 ? FAILED : derived(x, shape?.toReversed(), [])))],
  ['squeeze', 'input, dim=None', onTensor(squeezed)],
  ['unsqueeze', 'input, dim', onTensor(unsqueezed)],
  ['expand', 'input, *sizes', onTensor(expanded)],
  ['expand_as', 'input, other', onTensor((x, _shape, call) => derived(x, call.bound.tensor('other')?.cell.shape, []))],
  [
    'view_as reshape_as',
    'input, other',
    onTensor((x, shape, call) => {
      const other = call.bound.tensor('other')?.cell.shape;
      return other ? reshapeTo(x, shape, other, call) : openTensor(x);
    }),
  ],
  ['repeat', 'input, *sizes', onTensor(repeated)],
  ['tile', 'input, *dims', onTensor(tiled)],
  ['flatten', 'input, start_dim=0, end_dim=-1', onTensor(flattened)],
  ['unflatten', 'input, dim, sizes', onTensor(unflattened)],
  [
    'ravel',
    'input',
    onTensor((x, shape, call) => derived(x, shape && [call.machine.simple(() => product(shape))], [])),
  ],
  ['broadcast_to', 'input, *sizes', onTensor(expanded)],
  ['view reshape', 'input, *shape', onTensor(reshape)],
  ['size', 'input, dim=None', onTensor(sizeOp)],
  ['dim', 'input', onTensor(rankOf)],
  [
    'numel nelement',
    'input',
    onTensor((_x, shape, call) =>
      shape ? number(call.machine.simple(() => product(shape))) : call.machine.freshNumber(),
    ),
  ],
  [
    'add sub subtract mul multiply div divide true_divide pow maximum minimum fmax fmin remainder eq ne lt le gt ge logical_and logical_or where_ atan2 floor_divide rsub',
    'input, other, **',
    elementwise,
  ],
  ['addcmul addcdiv', 'input, tensor1, tensor2, *, ~value=1, **', threefold],
  ['lerp', 'input, end, weight, **', threefold],
  ['matmul mm bmm __matmul__ dot mv', 'input, other', product2],
  ['item tolist', 'input', held],
  ['resize', 'input, *sizes', (call) => tensorOfShape(call.machine, call.bound.get('sizes'))],
  ['new_full', 'input, shape, fill_value, **', (call) => tensorOfShape(call.machine, call.bound.get('shape'))],
  ['new_zeros new_ones new_empty', 'input, *shape, **', (call) => tensorOfShape(call.machine, call.bound.get('shape'))],
  // NumPy has rules, and words, of its own.
  ['numpy', 'input, *~rest, **~', onTensor((x) => ({ ...forgotten(x), torch: false }))],
  ['backward register_hook', 'input, *~rest, **~', () => unknown()],
];

const method = (name: string, form: Signature, apply: TensorOp['apply']): readonly [string, TensorOp] => [
  name,
  { signature: underAllNames(`torch.Tensor.${name}`, form), apply: knowing(name, apply) },
];

/** What a tensor's methods and the functions of the same name do to shapes. */
export const tensorOps: ReadonlyMap<string, TensorOp> = new Map<string, TensorOp>([
  ...SHAPE_KEEPING.split(' ').map((name) => method(name, keeping, same(name))),
  ...[...SHAPE_OPS, ...joinOps, ...axisOps, ...matrixOps, ...distanceOps, ...reduceOps, ...signalOps].flatMap(
    ([names, form, apply]) => {
      const parsed = signature(form);
      return names.split(' ').map((name) => method(name, parsed, apply));
    },
  ),
]);

/** What puts tensors one behind the other, along the first axis. */
const JOINING = new Set(['cat', 'concat', 'concatenate', 'stack']);

function joinedNumbers(call: Applied): Numbers | undefined {
  if (call.bound.int('dim') !== 0) return undefined;
  const parts = call.bound.items('tensors')?.map(numbersOf);
  if (!parts?.every((part) => part !== undefined) || new Set(parts.map((part) => part.dtype)).size !== 1)
    return undefined;
  const items = parts.flatMap((part) => part.items);
  const [{ shape, dtype }] = parts;
  // The shape is the rule's; of other shapes nothing is held.
  const rest = shape.slice(1).reduce((all, size) => all * size, 1);
  const joined =
    call.bound.isGiven('tensors') && shape.length > 0 ? [items.length / rest, ...shape.slice(1)] : [items.length];
  return { shape: joined, items, dtype, numpy: false };
}

/** What keeps the order of the elements. */
const RESHAPING = new Set('view reshape flatten squeeze unsqueeze ravel unflatten view_as reshape_as'.split(' '));
/** What may look into the same memory as that from which it is made. */
const SHARING = new Set([
  ...RESHAPING,
  ...'permute transpose swapaxes swapdims t detach contiguous cpu cuda to type float double int long bool half expand'.split(
    ' ',
  ),
]);

function reshaped(result: TensorValue, numbers: Numbers | undefined): Numbers | undefined {
  const { shape } = result.cell;
  return numbers && shape?.every(isKnown) && product(shape) === numbers.items.length
    ? { ...numbers, shape }
    : undefined;
}

function permutedBy(name: string, call: Applied): Numbers | undefined {
  const x = ['t', 'transpose', 'swapaxes', 'swapdims', 'permute'].includes(name)
    ? numbersOf(call.bound.get('input'))
    : undefined;
  if (!x) return undefined;
  const rank = x.shape.length;
  const plain = x.shape.map((_, axis) => axis);
  if (name === 't') return permutedNumbers(x, plain.toReversed());
  if (name === 'permute') {
    const order = dimsOf(call, 'dims')?.map((dim) => normalAxis(dim, rank));
    return order?.length === rank && order.every((axis) => axis !== undefined) ? permutedNumbers(x, order) : undefined;
  }
  const [one, other] = name === 'swapaxes' ? ['axis0', 'axis1'] : ['dim0', 'dim1'];
  const [a, b] = [axisOf(call, one, rank), axisOf(call, other, rank)];
  return a === undefined || b === undefined ? undefined : permutedNumbers(x, plain.with(a, b).with(b, a));
}

/** A rule of shapes, with what the result holds where that is modelled. */
function knowing(name: string, apply: TensorOp['apply']): TensorOp['apply'] {
  return refusing((call) => {
    const refusal = refusalOf(name, call);
    if (refusal) return refuse(call.machine, call.at, refusal);
    const result = apply(call);
    if (result.kind !== 'tensor') return result;
    const x = call.bound.get('input');
    const numbers = JOINING.has(name)
      ? joinedNumbers(call)
      : RESHAPING.has(name)
        ? reshaped(result, numbersOf(x))
        : (permutedBy(name, call) ?? numbersAfter(name, call));
    return SHARING.has(name) ? viewing(result, numbers, x) : holding(result, numbers);
  });
}
