import { holding, numbersOf, tensorOf } from '../../model/contents';
import type { Applied, FunctionSpec } from '../../model/library';
import { knownInt, list, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { asArrayOf, derived, forgotten, tensor, type TensorValue } from '../../model/tensor';
import type { Arguments, Value } from '../../model/value';
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
import { numbersAfter } from '../../shapes/numbers';
import { tensorOfShape } from '../../shapes/sizesGiven';
import { tensorOps } from '../../shapes/tensorOps';
import type { Size } from '../../sizes/size';

/** An array, also of a list of numbers. */
function arrayOf({ machine }: Applied, value: Value): TensorValue | undefined {
  if (value.kind === 'tensor') return value;
  const numbers = value.kind === 'list' || value.kind === 'tuple' ? numbersOf(value) : undefined;
  return numbers && { ...tensorOf({ ...numbers, numpy: true }, machine.evidence), of: 'numpy' };
}

/** What a function makes of numbers where its first argument is one. */
export type OfNumbers = (call: Applied) => Value;

/** `np.exp(x)` of an array is what its method makes, with what it holds; of a number what `otherwise` says. */
export const asMethod =
  (name: string, otherwise: OfNumbers = () => unknown()): OfNumbers =>
  (call) => {
    const values = call.bound.items('values');
    const [first, ...rest] = values ?? [];
    const x = first && arrayOf(call, first);
    if (!x) return otherwise(call);
    const keywords: Arguments['keywords'] = new Map([...call.bound.values].filter(([each]) => each !== 'values'));
    const method = call.machine.attribute(x, name);
    return call.machine.call(method, { positional: rest, keywords, open: false }, call.at);
  };

const func = (name: string, form: string, apply: ArrayOp): FunctionSpec => ({
  callee: /^(scipy|cv2)\./.test(name) ? name : `numpy.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply,
});

/** Without an axis the sum of all, of which the method knows the value. */
const reduced =
  (name: string, keeps: ArrayOp): ArrayOp =>
  (call) => {
    const { bound, machine, at } = call;
    const value = bound.get('a');
    const x = value && arrayOf(call, value);
    if (!x || !bound.isNone('axis') || bound.flag('keepdims') !== false) return keeps(call);
    return machine.call(machine.attribute(x, name), { positional: [], keywords: new Map(), open: false }, at);
  };

const outer: ArrayOp = ({ machine, bound }) => {
  const [a, b] = [numbersOf(bound.get('a')), numbersOf(bound.get('b'))];
  if (a?.shape.length === 1 && b?.shape.length === 1) {
    const items = a.items.flatMap((x) => b.items.map((y) => x * y));
    const dtype = a.dtype === 'int' && b.dtype === 'int' ? 'int' : 'float64';
    return tensorOf({ shape: [...a.shape, ...b.shape], items, dtype, numpy: true }, machine.evidence);
  }
  const [x, y] = [bound.tensor('a')?.cell.shape, bound.tensor('b')?.cell.shape];
  return x?.length === 1 && y?.length === 1 ? tensor([x[0], y[0]], machine.evidence) : unknown();
};

const elementwise: ArrayOp = ({ machine, bound, at }) => {
  const [x, y] = [bound.tensor('x1'), bound.tensor('x2')];
  return x && y && (x.cell.shape?.length !== 0 || y.cell.shape?.length !== 0)
    ? broadcast(machine, [x, y], at)
    : unknown();
};

const product: ArrayOp = ({ machine, bound, at }) => {
  const [a, b] = [bound.tensor('a'), bound.tensor('b')];
  return a && b && a.cell.shape?.length !== 0 && b.cell.shape?.length !== 0
    ? matrixProduct(machine, a, b, at)
    : unknown();
};

const created: ArrayOp = ({ machine, bound }) => tensorOfShape(machine, bound.get('shape'));
const like: ArrayOp = ({ bound }) => {
  const x = bound.tensor('a');
  return x ? derived(x, x.cell.shape) : unknown();
};
const row =
  (name: string): ArrayOp =>
  ({ machine, bound }) =>
    tensor([bound.size(name)], machine.evidence);
const square =
  (count: (call: Applied) => readonly [Size, Size]): ArrayOp =>
  (call) =>
    tensor(count(call), call.machine.evidence);

const asTorch = (name: string, own: Readonly<Record<string, string>>): ArrayOp =>
  renamed(tensorOps.get(name)!.apply, own);

const keepsAll = reduction('a', 'keepdims');

type Row = readonly [names: string, form: string, apply: ArrayOp];

const ROWS: readonly Row[] = [
  ['outer', 'a, b, out=None', outer],
  ['reshape', 'a, *shape', asTorch('reshape', { input: 'a' })],
  ['repeat', 'a, repeats, axis=None', repetition('a')],
  ['tile', 'A, reps', tiling('A', 'reps')],
  ['expand_dims', 'a, axis', expansion('a')],
  ['squeeze', 'a, axis=None', asTorch('squeeze', { input: 'a', dim: 'axis' })],
  ['transpose', 'a, axes=None', transposition('a')],
  ['moveaxis', 'a, source, destination', asTorch('moveaxis', { input: 'a' })],
  ['swapaxes', 'a, axis1, axis2', asTorch('transpose', { input: 'a', dim0: 'axis1', dim1: 'axis2' })],
  ['concatenate', 'arrays, axis=0, **~', joining('arrays')],
  ['stack', 'arrays, axis=0, **~', asTorch('stack', { tensors: 'arrays', dim: 'axis' })],
  ['split array_split', 'ary, indices_or_sections, axis=0', splitting('ary', 'indices_or_sections')],
  ['pad', "array, pad_width, ~mode='constant', **~", padding('array', 'pad_width')],
  ['broadcast_to', 'array, shape', asTorch('expand', { input: 'array', sizes: 'shape' })],
  ['dot matmul', 'a, b, **~', product],
  ['add subtract multiply divide maximum minimum', 'x1, x2, **~', elementwise],
  ['zeros ones empty', 'shape, ~dtype=None, **~', created],
  ['full', 'shape, ~fill_value, **~', created],
  ['zeros_like ones_like empty_like full_like', 'a, *~rest, **~', like],
  ['linspace logspace', '~start, ~stop, num=50, **~', row('num')],
  ['hanning hamming blackman bartlett', 'M', row('M')],
  ['kaiser', 'M, ~beta', row('M')],
  [
    'eye',
    'N, M=None, **~',
    square(({ bound }) => [bound.size('N'), bound.isNone('M') ? bound.size('N') : bound.size('M')]),
  ],
  ['identity', 'n, **~', square(({ bound }) => [bound.size('n'), bound.size('n')])],
  ['scipy.signal.windows.gaussian scipy.signal.gaussian', 'M, ~std, **~', row('M')],
  ['scipy.signal.windows.kaiser scipy.signal.kaiser', 'M, ~beta, **~', row('M')],
  ['scipy.signal.windows.hann scipy.signal.hann scipy.signal.windows.hamming', 'M, ~sym=True', row('M')],
  ['scipy.signal.get_window scipy.signal.windows.get_window', '~window, Nx, ~fftbins=True', row('Nx')],
  ['scipy.signal.firwin', 'numtaps, **~', row('numtaps')],
  ['cv2.getGaussianKernel', 'ksize, ~sigma, **~', square(({ bound }) => [bound.size('ksize'), 1])],
];

const ranged: ArrayOp = ({ machine, bound }) => {
  const items = bound.items('values')?.map(knownInt);
  if (!items?.every((item) => item !== undefined) || items.length < 1 || items.length > 3) return unknown();
  const [from, to, step] = items.length === 1 ? [0, items[0], 1] : [items[0], items[1], items[2] ?? 1];
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  if (count > MOST_LOOKED_AT) return tensor([count], machine.evidence);
  const numbers = Array.from({ length: count }, (_, at) => from + at * step);
  return tensorOf({ shape: [count], items: numbers, dtype: 'int', numpy: true }, machine.evidence);
};

/** Longer ranges are positions or indices, whose values decide no shape. */
const MOST_LOOKED_AT = 64;

const meshed: ArrayOp = ({ bound, machine }) => {
  const rows = bound.items('xi')?.map((each) => machine.asTensor(each)?.cell.shape);
  const indexing = bound.text('indexing');
  if (rows?.length !== 2 || !rows.every((each) => each?.length === 1)) return unknown();
  const sizes = rows.map((each) => each![0]);
  const shape = indexing === 'ij' ? sizes : indexing === 'xy' ? sizes.toReversed() : undefined;
  return shape ? list(rows.map(() => tensor(shape, machine.evidence))) : unknown();
};

/** What NumPy's arrays have for methods of their own; the others are PyTorch's as well. */
const METHODS: readonly Row[] = [
  ['mean std var', 'a, axis=None, ~dtype=None, out=None, keepdims=False, **~', keepsAll],
  ['transpose', 'a, *axes', transposition('a')],
  ['repeat', 'a, repeats, axis=None', repetition('a')],
  [
    'astype',
    'input, *~rest, **~',
    (call) => {
      const x = call.bound.tensor('input');
      return x ? holding(forgotten(x), numbersAfter('astype', call)) : unknown();
    },
  ],
];

/** Arrays come out of NumPy's functions. */
export const ofNumpy = (spec: FunctionSpec): FunctionSpec =>
  spec.callee.startsWith('numpy.') ? { ...spec, apply: (call) => asArrayOf('numpy', spec.apply(call)) } : spec;

const ownFunctions: readonly FunctionSpec[] = [
  ...ROWS.flatMap(([names, form, apply]) => names.split(' ').map((name) => func(name, form, apply))),
  ...'sum mean max min std var any all prod amax amin'
    .split(' ')
    .flatMap((name) =>
      name === 'prod'
        ? []
        : [func(name, 'a, axis=None, ~dtype=None, out=None, keepdims=False, **~', reduced(name, keepsAll))],
    ),
  ...'cumsum square flip fliplr flipud round around copy roll clip sign negative'
    .split(' ')
    .map((name) =>
      func(name, '*values, **', asMethod(name === 'around' ? 'round' : name === 'negative' ? 'neg' : name)),
    ),
  func('arange', '*values, **', ranged),
  func('meshgrid', "*xi, indexing='xy', **", meshed),
  ...METHODS.flatMap(([names, form, apply]) => names.split(' ').map((name) => func(`Tensor.${name}`, form, apply))),
];

export const numpyFunctions: readonly FunctionSpec[] = ownFunctions.map(ofNumpy);
