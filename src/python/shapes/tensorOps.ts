import { floorSteps } from '../model/arithmetic';
import { holding, numbersOf } from '../model/contents';
import { iterate } from '../model/iterate';
import type { Applied, Signature } from '../model/library';
import { FAILED, number, tuple, unknown } from '../model/make';
import { signature } from '../model/signature';
import { derived, forgotten, knownData, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { add, divideExactly, isKnown, multiply, product, type Size } from '../sizes/size';
import { broadcast, matrixProduct } from './elementwise';
import { normalAxis } from './indexing';
import { joinOps } from './joinOps';
import { ascending, numbersAfter } from './numbers';
import { refuse } from './problems';
import { expanded, repeated } from './expansion';
import { refusalOf } from './refusals/operations';
import { reduced, reducedPair } from './reductions';
import { reshape, reshapeTo } from './reshape';
import { openTensor, sizesArgument } from './sizesGiven';
import { tensorOfShape } from './sizesGiven';

export interface TensorOp {
  readonly signature: Signature;
  readonly apply: (call: Applied) => Value;
}

/** The first argument as a tensor; the operation is not told when it is none. */
export function onTensor(
  act: (x: TensorValue, shape: readonly Size[] | undefined, call: Applied) => Value,
): TensorOp['apply'] {
  return (call) => {
    const value = call.bound.get('input');
    if (value?.kind === 'unknown' && value.failed) return FAILED;
    const x = value && call.machine.asTensor(value);
    return x ? act(x, x.cell.shape, call) : unknown();
  };
}

const same: TensorOp['apply'] = onTensor((x) => forgotten(x));

/** Operations that leave the shape as it is. */
const SHAPE_KEEPING =
  'relu relu6 leaky_relu elu selu celu gelu silu mish sigmoid hardsigmoid hardswish hardtanh logsigmoid softplus softsign tanh tanhshrink softshrink softmax log_softmax softmin dropout dropout1d dropout2d dropout3d alpha_dropout feature_dropout ' +
  'abs neg exp exp2 expm1 log log2 log10 log1p sqrt rsqrt sin cos tan asin acos atan sinh cosh erf floor ceil round trunc sign reciprocal square clamp clip clamp_min clamp_max nan_to_num normalize ' +
  'contiguous clone detach requires_grad cuda cpu to float double half bfloat16 int long short bool type type_as byte copy fill_ zero_ masked_fill masked_fill_ cumsum cumprod flip fliplr flipud roll tril triu nan_to_num isnan isinf logical_not ' +
  'rms_norm layer_norm group_norm batch_norm instance_norm local_response_norm glu_ rrelu prelu threshold identity retain_grad share_memory pin_memory sort_ renorm sinc logit';

const keeping = signature('input, *~rest, **~');

/** One axis of the bound argument `name`, as an index from the front. */
export function axisOf(call: Applied, name: string, rank: number): number | undefined {
  const at = call.bound.int(name);
  return at === undefined ? undefined : normalAxis(at, rank);
}

function permuted(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const dims = dimsOf(call, 'dims');
  if (!dims) return openTensor(x);
  const known = shape ?? call.machine.withRank(x, dims.length);
  if (!known || dims.length !== known.length) return shape ? FAILED : openTensor(x);
  const order = dims.map((dim) => normalAxis(dim, known.length));
  return order.includes(undefined)
    ? openTensor(x)
    : derived(
        x,
        order.map((axis) => known[axis!]),
        [],
      );
}

function dimsOf(call: Applied, name: string): number[] | undefined {
  const sizes = sizesArgument(call, name)?.map((value) => call.machine.knownSize(value));
  return sizes?.every((size): size is number => size !== undefined && isKnown(size)) ? sizes : undefined;
}

function transposed(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  if (!shape) return openTensor(x);
  const [a, b] = [axisOf(call, 'dim0', shape.length), axisOf(call, 'dim1', shape.length)];
  if (a === undefined || b === undefined) return openTensor(x);
  return derived(
    x,
    shape.map((size, axis) => (axis === a ? shape[b] : axis === b ? shape[a] : size)),
    [],
  );
}

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

function elementwise(call: Applied): Value {
  const tensors = ['input', 'other']
    .map((name) => call.bound.get(name))
    .filter((value) => value !== undefined && value.kind !== 'number' && value.kind !== 'string')
    .map((value) => call.machine.asTensor(value))
    .filter((each) => each !== undefined);
  return tensors.length === 0 ? unknown() : broadcast(call.machine, tensors, call.at);
}

function moved(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  if (!shape) return openTensor(x);
  const [from, to] = [axisOf(call, 'source', shape.length), axisOf(call, 'destination', shape.length)];
  if (from === undefined || to === undefined) return openTensor(x);
  return derived(x, shape.toSpliced(from, 1).toSpliced(to, 0, shape[from]), []);
}

function unfolded(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const at = shape && axisOf(call, 'dimension', shape.length);
  const [size, step] = [call.bound.int('size'), call.bound.int('step')];
  if (!shape || at === undefined || size === undefined || step === undefined) return openTensor(x);
  return derived(
    x,
    [...shape.map((each, axis) => (axis === at ? floorSteps(call.machine, each, size, step) : each)), size],
    [],
  );
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

const SHAPE_OPS: readonly (readonly [names: string, form: string, apply: TensorOp['apply']])[] = [
  ['permute', 'input, *dims', onTensor(permuted)],
  ['transpose swapaxes swapdims', 'input, dim0, dim1', onTensor(transposed)],
  ['t', 'input', onTensor((x, shape) => derived(x, shape?.toReversed(), []))],
  ['movedim moveaxis', 'input, source, destination', onTensor(moved)],
  ['squeeze', 'input, dim=None', onTensor(squeezed)],
  ['unsqueeze', 'input, dim', onTensor(unsqueezed)],
  [
    'mean sum prod amax amin logsumexp argmax argmin all any nanmean count_nonzero',
    'input, dim=None, keepdim=False, **',
    onTensor(reduced),
  ],
  ['std var', 'input, dim=None, ~unbiased=True, keepdim=False, **', onTensor(reduced)],
  ['norm', "input, ~p='fro', dim=None, keepdim=False, **", onTensor(reduced)],
  ['max min median mode', 'input, dim=None, keepdim=False, **', onTensor(reducedPair)],
  ['kthvalue', 'input, ~k, dim=-1, keepdim=False', onTensor(reducedPair)],
  ['expand broadcast_to', 'input, *sizes', onTensor(expanded)],
  ['expand_as', 'input, other', onTensor((x, _shape, call) => derived(x, call.bound.tensor('other')?.cell.shape, []))],
  [
    'view_as reshape_as',
    'input, other',
    onTensor((x, shape, call) => {
      const other = call.bound.tensor('other')?.cell.shape;
      return other ? reshapeTo(x, shape, other, call) : openTensor(x);
    }),
  ],
  ['repeat', 'input, *sizes', onTensor((x, shape, call) => repeated(x, shape, call))],
  ['tile', 'input, *sizes', onTensor((x, shape, call) => repeated(x, shape, call, true))],
  ['flatten', 'input, start_dim=0, end_dim=-1', onTensor(flattened)],
  ['unflatten', 'input, dim, sizes', onTensor(unflattened)],
  [
    'ravel',
    'input',
    onTensor((x, shape, call) => derived(x, shape && [call.machine.simple(() => product(shape))], [])),
  ],
  ['view reshape', 'input, *shape', onTensor(reshape)],
  [
    'resize',
    'input, *shape',
    onTensor((x, _shape, call) => {
      const sizes = sizesArgument(call, 'shape')?.map((each) => call.machine.sizeOf(each));
      return sizes ? derived(x, sizes, []) : openTensor(x);
    }),
  ],
  ['size', 'input, dim=None', onTensor(sizeOp)],
  ['dim', 'input', onTensor((_x, shape) => (shape ? number(shape.length) : unknown()))],
  [
    'numel nelement',
    'input',
    onTensor((_x, shape, call) =>
      shape ? number(call.machine.simple(() => product(shape))) : call.machine.freshNumber(),
    ),
  ],
  [
    'add sub subtract mul multiply div divide true_divide pow maximum minimum fmax fmin remainder eq ne lt le gt ge logical_and logical_or where_ atan2 lerp floor_divide rsub',
    'input, other, **',
    elementwise,
  ],
  ['addcmul addcdiv', 'input, other, *rest, **', elementwise],
  ['matmul mm bmm __matmul__ dot mv', 'input, other', product2],
  ['unfold', 'input, dimension, size, step', onTensor(unfolded)],
  ['item tolist', 'input', held],
  [
    'new_zeros new_ones new_empty new_full',
    'input, *shape, **',
    (call) => tensorOfShape(call.machine, call.bound.get('shape')),
  ],
  [
    'unbind',
    'input, dim=0',
    onTensor((x, shape, call) => {
      const at = shape && axisOf(call, 'dim', shape.length);
      const count = at === undefined ? undefined : shape![at];
      return count !== undefined && isKnown(count) && count <= 256
        ? tuple(Array.from({ length: count }, () => derived(x, shape!.toSpliced(at!, 1), [])))
        : unknown();
    }),
  ],
  [
    'select',
    'input, dim, index',
    onTensor((x, shape, call) => {
      const at = shape && axisOf(call, 'dim', shape.length);
      return at === undefined ? openTensor(x) : derived(x, shape!.toSpliced(at, 1), []);
    }),
  ],
  [
    'narrow',
    'input, dim, start, length',
    onTensor((x, shape, call) => {
      const at = shape && axisOf(call, 'dim', shape.length);
      return at === undefined ? openTensor(x) : derived(x, shape!.with(at, call.bound.size('length')));
    }),
  ],
  [
    'topk',
    'input, k, dim=-1, **',
    onTensor((x, shape, call) => {
      const at = shape && axisOf(call, 'dim', shape.length);
      const one = at === undefined ? openTensor(x) : derived(x, shape!.with(at, call.bound.size('k')), []);
      return { kind: 'tuple', items: [one, one], open: false, fields: ['values', 'indices'] };
    }),
  ],
  [
    'repeat_interleave',
    'input, repeats, dim=None, **',
    onTensor((x, shape, call) => {
      const at = shape && !call.bound.isNone('dim') ? axisOf(call, 'dim', shape.length) : undefined;
      return at === undefined
        ? openTensor(x)
        : derived(
            x,
            shape!.with(
              at,
              call.machine.simple(() => multiply(shape![at], call.bound.size('repeats'))),
            ),
            [],
          );
    }),
  ],
  [
    'diff',
    'input, n=1, dim=-1',
    onTensor((x, shape, call) => {
      const at = shape && axisOf(call, 'dim', shape.length);
      return at === undefined ? openTensor(x) : derived(x, shape!.with(at, add(shape![at], -1)));
    }),
  ],
  // NumPy has rules, and words, of its own.
  ['numpy', 'input, *~rest, **~', onTensor((x) => ({ ...forgotten(x), torch: false }))],
  ['backward register_hook', 'input, *~rest, **~', () => unknown()],
  [
    'sort',
    'input, ~dim=-1, ~descending=False, ~stable=False',
    onTensor((x, _shape, { bound }) => {
      const plain = !['dim', 'descending', 'stable'].some((name) => bound.isGiven(name));
      const values = holding(forgotten(x), plain ? ascending(numbersOf(x)) : undefined);
      return { kind: 'tuple', items: [values, forgotten(x)], open: false, fields: ['values', 'indices'] };
    }),
  ],
];

/** What a tensor's methods and the functions of the same name do to shapes. */
export const tensorOps: ReadonlyMap<string, TensorOp> = new Map<string, TensorOp>([
  ...SHAPE_KEEPING.split(' ').map((name) => [name, { signature: keeping, apply: knowing(name, same) }] as const),
  ...[...SHAPE_OPS, ...joinOps].flatMap(([names, form, apply]) => {
    const parsed = signature(form);
    return names.split(' ').map((name) => [name, { signature: parsed, apply: knowing(name, apply) }] as const);
  }),
]);

/** A rule of shapes, with what the result holds where that is modelled. */
function knowing(name: string, apply: TensorOp['apply']): TensorOp['apply'] {
  return (call) => {
    const refusal = refusalOf(name, call);
    if (refusal) return refuse(call.machine, call.at, refusal);
    const result = apply(call);
    return result.kind === 'tensor' ? holding(result, numbersAfter(name, call)) : result;
  };
}
