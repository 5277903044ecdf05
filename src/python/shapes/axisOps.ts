import { floorSteps, halved } from '../model/arithmetic';
import { holding, numbersOf } from '../model/contents';
import { iterate } from '../model/iterate';
import type { Applied } from '../model/library';
import { tuple, unknown } from '../model/make';
import { derived, forgotten, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { print } from '../sizes/print';
import { add, isKnown, multiply, type Size } from '../sizes/size';
import { inOrder } from './numbers';
import { axisAmong, axisOf, onTensor, type OpRow, refuse } from './onTensor';
import { indexRefusal } from './refusals/check';
import { openTensor } from './sizesGiven';

type Act = (x: TensorValue, shape: readonly Size[], at: number, call: Applied) => Value;

/** An operation along the axis that an argument names. */
const along = (name: string, act: Act, otherwise: (x: TensorValue) => Value = openTensor): OpRow[2] =>
  onTensor((x, shape, call) => {
    const at = shape && axisOf(call, name, shape.length);
    return shape && at !== undefined ? act(x, shape, at, call) : otherwise(x);
  });

function moved(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  if (!shape) return openTensor(x);
  const [from, to] = ['source', 'destination'].map((name) => {
    const value = call.bound.get(name);
    return (value && iterate(value) ? iterate(value)! : [value]).map((each) => call.machine.knownSize(each));
  });
  const known = (each: Size | undefined): each is number => typeof each === 'number';
  if (!from.every(known) || !to.every(known) || from.length !== to.length) return openTensor(x);
  const sources = from.map((each) => axisAmong(call, each, shape.length));
  const targets = to.map((each) => axisAmong(call, each, shape.length));
  const rest = shape.map((_, axis) => axis).filter((axis) => !sources.includes(axis));
  const order = shape.map((_, axis) => (targets.includes(axis) ? sources[targets.indexOf(axis)] : rest.shift()!));
  return derived(
    x,
    order.map((axis) => shape[axis]),
    [],
  );
}

const narrowed: Act = (x, shape, at, call) => derived(x, shape.with(at, call.bound.size('length')));

function pair(values: Value): Value {
  const indices = values.kind === 'tensor' ? forgotten(values) : values;
  return { kind: 'tuple', items: [values, indices], open: false, fields: ['values', 'indices'] };
}

const sorted: Act = (x, _shape, _at, { bound }) => {
  const descending = bound.flag('descending');
  return pair(holding(forgotten(x), descending === undefined ? undefined : inOrder(numbersOf(x), descending)));
};

const places: Act = (x, _shape, _at, { bound }) => {
  const descending = bound.flag('descending');
  const known = descending !== undefined && bound.flag('stable') === true;
  return holding(forgotten(x), known ? inOrder(numbersOf(x), descending, true) : undefined);
};

const fft = (name: string, act: (size: Size, call: Applied) => Size | undefined): OpRow => [
  name,
  'input, n=None, dim=-1, ~norm=None',
  along('dim', (x, shape, at, call) => {
    const size = call.bound.isNone('n') ? shape[at] : call.bound.size('n');
    const wanted = act(size, call);
    return wanted === undefined ? openTensor(x) : derived(x, shape.with(at, wanted), []);
  }),
];

/** Shapes side by side: one-dimensional ones are first given the axes that the function needs. */
const atLeast = (rank: number): OpRow[2] =>
  onTensor((x, shape) => {
    if (!shape || shape.length >= rank) return x;
    const padded =
      shape.length === 0
        ? Array.from({ length: rank }, (): Size => 1)
        : shape.length === 1
          ? rank === 2
            ? [1, shape[0]]
            : [1, shape[0], 1]
          : [...shape, 1];
    return derived(x, padded, []);
  });

/** Operations along one axis, or two. */
export const axisOps: readonly OpRow[] = [
  ['movedim moveaxis', 'input, source, destination', onTensor(moved)],
  [
    'unfold',
    'input, dimension, size, step',
    along('dimension', (x, shape, at, call) => {
      const [size, step] = [call.bound.int('size'), call.bound.int('step')];
      if (size === undefined || step === undefined) return openTensor(x);
      return derived(x, [...shape.with(at, floorSteps(call.machine, shape[at], size, step)), size], []);
    }),
  ],
  [
    'unbind',
    'input, dim=0',
    along(
      'dim',
      (x, shape, at) => {
        const count = shape[at];
        return isKnown(count) && count <= 256
          ? tuple(Array.from({ length: count }, () => derived(x, shape.toSpliced(at, 1), [])))
          : unknown();
      },
      () => unknown(),
    ),
  ],
  ['select', 'input, dim, index', along('dim', (x, shape, at) => derived(x, shape.toSpliced(at, 1), []))],
  ['narrow narrow_copy', 'input, dim, start, length', along('dim', narrowed)],
  [
    'index_select',
    'input, dim, index',
    along('dim', (x, shape, at, call) => {
      const index = call.bound.tensor('index');
      const numbers = numbersOf(index);
      const size = shape[at];
      const bad = isKnown(size) ? numbers?.items.find((each) => each >= size || each < 0) : undefined;
      if (bad !== undefined) {
        const words = `index ${bad} is out of bounds for dimension ${at} with size ${print(size)}`;
        refuse(call, indexRefusal(bad, Number(size), words));
      }
      const count = index?.cell.shape?.[0];
      return count === undefined ? openTensor(x) : derived(x, shape.with(at, count), []);
    }),
  ],
  [
    'gather',
    'input, dim, index, ~sparse_grad=False',
    along('dim', (x, _shape, _at, call) => derived(x, call.bound.tensor('index')?.cell.shape, [])),
  ],
  [
    'topk',
    'input, k, dim=-1, ~largest=True, ~sorted=True, **',
    along(
      'dim',
      (x, shape, at, call) => {
        return pair(derived(x, shape.with(at, call.bound.size('k')), []));
      },
      (x) => pair(openTensor(x)),
    ),
  ],
  [
    'diff',
    'input, n=1, dim=-1',
    along('dim', (x, shape, at, call) => {
      const times = call.bound.int('n');
      const size = times === undefined ? undefined : add(shape[at], -times);
      return size === undefined ? openTensor(x) : derived(x, shape.with(at, isKnown(size) ? Math.max(size, 0) : size));
    }),
  ],
  ['sort', 'input, dim=-1, descending=False, ~stable=False', along('dim', sorted, (x) => pair(forgotten(x)))],
  [
    'cummax cummin',
    'input, dim',
    along(
      'dim',
      (x) => pair(forgotten(x)),
      (x) => pair(forgotten(x)),
    ),
  ],
  ['argsort', 'input, dim=-1, descending=False, stable=False', along('dim', places, (x) => forgotten(x))],
  [
    'rot90',
    'input, k=1, dims=None',
    onTensor((x, shape, call) => {
      const dims = call.bound.isNone('dims')
        ? [0, 1]
        : call.bound.items('dims')?.map((each) => call.machine.knownSize(each));
      const turns = call.bound.int('k');
      if (!shape || turns === undefined || dims?.length !== 2) return openTensor(x);
      const [a, b] = dims;
      if (typeof a !== 'number' || typeof b !== 'number') return openTensor(x);
      const [one, other] = [axisAmong(call, a, shape.length), axisAmong(call, b, shape.length)];
      return turns % 2 === 0
        ? derived(x, shape)
        : derived(x, shape.with(one, shape[other]).with(other, shape[one]), []);
    }),
  ],
  [
    'diagonal',
    'input, offset=0, dim1=0, dim2=1',
    onTensor((x, shape, call) => {
      const offset = call.bound.int('offset');
      const axes = shape && ['dim1', 'dim2'].map((name) => axisOf(call, name, shape.length));
      if (!shape || offset === undefined || !axes?.every((each) => each !== undefined)) return openTensor(x);
      const [rows, columns] = [shape[axes[0]], shape[axes[1]]];
      if (!isKnown(rows) || !isKnown(columns)) return openTensor(x);
      const length = Math.max(0, Math.min(rows - Math.max(-offset, 0), columns - Math.max(offset, 0)));
      return derived(x, [...shape.filter((_, axis) => !axes.includes(axis)), length], []);
    }),
  ],
  [
    'glu',
    'input, dim=-1',
    along('dim', (x, shape, at, call) => {
      const size = shape[at];
      if (isKnown(size) && size % 2 !== 0)
        refuse(call, {
          code: 'channels-mismatch',
          template: 'Axis {0} has the size {1}, which is not even.',
          args: [at, size],
          framework: `Halving dimension must be even, but dimension ${at} is size ${size}`,
        });
      return derived(x, shape.with(at, halved(call.machine, size)));
    }),
  ],
  ['atleast_1d', 'input', atLeast(1)],
  ['atleast_2d', 'input', atLeast(2)],
  ['atleast_3d', 'input', atLeast(3)],
  ['real imag', 'input', onTensor((x) => forgotten(x))],
  ['view_as_real', 'input', onTensor((x, shape) => derived(x, shape && [...shape, 2], []))],
  [
    'view_as_complex',
    'input',
    onTensor((x, shape) => (shape?.at(-1) === 2 ? derived(x, shape.slice(0, -1), []) : openTensor(x))),
  ],
];

const half = (size: Size, call: Applied): Size => add(floorSteps(call.machine, size, 2, 2), 1);

/** `torch.fft`: real signals have half as many frequencies, and one. */
export const fftOps: readonly OpRow[] = [
  ...['fft', 'ifft'].map((name) => fft(name, (size) => size)),
  ...['rfft', 'ihfft'].map((name) => fft(name, half)),
  ...['irfft', 'hfft'].map((name) =>
    fft(name, (size, call) => (call.bound.isNone('n') ? multiply(2, add(size, -1)) : size)),
  ),
  [
    'fft2 ifft2 fftn ifftn',
    'input, s=None, ~dim=None, ~norm=None',
    onTensor((x, _shape, call) => (call.bound.isNone('s') ? forgotten(x) : openTensor(x))),
  ],
  [
    'rfft2 rfftn',
    'input, s=None, dim=None, ~norm=None',
    onTensor((x, shape, call) =>
      shape && call.bound.isNone('s') && !call.bound.isGiven('dim')
        ? derived(x, shape.with(-1, half(shape.at(-1)!, call)), [])
        : openTensor(x),
    ),
  ],
  [
    'irfft2 irfftn',
    'input, s=None, dim=None, ~norm=None',
    onTensor((x, shape, call) =>
      shape && call.bound.isNone('s') && !call.bound.isGiven('dim')
        ? derived(x, shape.with(-1, multiply(2, add(shape.at(-1)!, -1))), [])
        : openTensor(x),
    ),
  ],
  ['fftshift ifftshift', 'input, ~dim=None', onTensor((x) => forgotten(x))],
];
