import { numbersOf, tensorOf } from '../../model/contents';
import type { Applied, FunctionSpec } from '../../model/library';
import { number, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, tensor } from '../../model/tensor';
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
import { tensorOfShape } from '../../shapes/sizesGiven';
import { tensorOps } from '../../shapes/tensorOps';
import type { Size } from '../../sizes/size';

/** What a function makes of numbers where its first argument is one. */
export type OfNumbers = (call: Applied) => Value;

/** `np.exp(x)` of an array is what its method makes, with what it holds; of a number what `otherwise` says. */
export const asMethod =
  (name: string, otherwise: OfNumbers = () => unknown()): OfNumbers =>
  (call) => {
    const values = call.bound.items('values');
    const [x, ...rest] = values ?? [];
    if (x?.kind !== 'tensor') return otherwise(call);
    const keywords: Arguments['keywords'] = new Map([...call.bound.values].filter(([each]) => each !== 'values'));
    const method = call.machine.attribute(x, name);
    return call.machine.call(method, { positional: rest, keywords, open: false }, call.at);
  };

const func = (name: string, form: string, apply: ArrayOp): FunctionSpec => ({
  callee: name.includes('.') ? name : `numpy.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply,
});

/** Without an axis the sum of all, of which the method knows the value. */
const reduced =
  (name: string, keeps: ArrayOp): ArrayOp =>
  (call) => {
    const { bound, machine, at } = call;
    const x = bound.tensor('a');
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
  ['cv2.getGaussianKernel', 'ksize, ~sigma, **~', square(({ bound }) => [bound.size('ksize'), number(1).size])],
];

export const numpyFunctions: readonly FunctionSpec[] = [
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
];
