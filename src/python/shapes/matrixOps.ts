import { times } from '../model/arithmetic';
import { numbersOf } from '../model/contents';
import { iterate } from '../model/iterate';
import type { Applied } from '../model/library';
import type { Machine } from '../model/machine';
import { derived, forgotten, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { add, equal, extreme, isKnown, type Size } from '../sizes/size';
import { broadcast } from './elementwise';
import { axisAmong, axisOf, onTensor, type OpRow } from './onTensor';
import { openTensor, sizesArgument } from './sizesGiven';

/** How many elements lie on a diagonal of a matrix. */
function diagonalOf(machine: Machine, rows: Size, columns: Size, offset: number): Size | undefined {
  if (offset === 0) return equal(rows, columns) === true ? rows : machine.simple(() => extreme('min', rows, columns));
  if (!isKnown(rows) || !isKnown(columns)) return undefined;
  return Math.max(0, Math.min(rows - Math.max(-offset, 0), columns - Math.max(offset, 0)));
}

/** `torch.diag`: a matrix of a vector, or the diagonal of a matrix. */
function diag(x: TensorValue, shape: readonly Size[] | undefined, { bound, machine }: Applied): Value {
  const offset = bound.int('diagonal');
  if (!shape || offset === undefined) return openTensor(x);
  const [rows, columns] = shape;
  if (shape.length === 1) {
    const side = add(rows, Math.abs(offset));
    return derived(x, [side, side], []);
  }
  const length = shape.length === 2 ? diagonalOf(machine, rows, columns, offset) : undefined;
  return length === undefined ? openTensor(x) : derived(x, [length], []);
}

/** The axes that one tensor and another are summed over in `tensordot`, from the front. */
function contracted(call: Applied, ranks: readonly [number, number]): readonly (readonly number[])[] | undefined {
  const [rank, other] = ranks;
  const count = call.bound.int('dims');
  if (count !== undefined)
    return [Array.from({ length: count }, (_, at) => rank - count + at), Array.from({ length: count }, (_, at) => at)];
  const pair = call.bound.items('dims');
  const lists = pair?.map((each) => (iterate(each) ?? [each]).map((axis) => call.machine.knownSize(axis)));
  if (lists?.length !== 2 || !lists.flat().every((each) => typeof each === 'number')) return undefined;
  return lists.map((axes, which) =>
    axes.map((axis) => (Number(axis) < 0 ? Number(axis) + (which === 0 ? rank : other) : Number(axis))),
  );
}

/** The axes of both that are not summed over, those of the first before. */
function tensordot(call: Applied): Value {
  const [a, b] = ['input', 'other'].map((name) => call.bound.tensor(name));
  const [one, other] = [a?.cell.shape, b?.cell.shape];
  const axes = one && other && contracted(call, [one.length, other.length]);
  if (!a || !axes) return openTensor(a);
  const left = (shape: readonly Size[], gone: readonly number[]): Size[] => shape.filter((_, at) => !gone.includes(at));
  return derived(a, [...left(one, axes[0]), ...left(other, axes[1])], []);
}

/** `torch.inner`: sums over the last axis of both. */
function inner({ bound }: Applied): Value {
  const [a, b] = ['input', 'other'].map((name) => bound.tensor(name));
  const [one, other] = [a?.cell.shape, b?.cell.shape];
  if (!a || !one || !other) return openTensor(a);
  // A number scales.
  if (one.length === 0 || other.length === 0) return derived(a, one.length === 0 ? other : one, []);
  return derived(a, [...one.slice(0, -1), ...other.slice(0, -1)], []);
}

/** Between each row of the one and each of the other: (…, P, M), (…, R, M) → (…, P, R). */
function cdist({ bound }: Applied): Value {
  const [a, b] = ['x1', 'x2'].map((name) => bound.tensor(name));
  const [one, other] = [a?.cell.shape, b?.cell.shape];
  const isPlain =
    one &&
    other &&
    one.length === other.length &&
    one.slice(0, -2).every((size, at) => equal(size, other[at]) === true);
  return isPlain ? derived(a!, [...one.slice(0, -1), other.at(-2)!], []) : openTensor(a);
}

/** Compares along an axis, which goes or is kept with one element. */
export function compareAlong(
  { machine, at }: Pick<Applied, 'machine' | 'at'>,
  pair: readonly (TensorValue | undefined)[],
  dim: number | undefined,
  keeps: boolean | undefined,
): Value {
  const [a, b] = pair;
  if (!a?.cell.shape || !b?.cell.shape || dim === undefined || keeps === undefined) return openTensor(a);
  const both = broadcast(machine, [a, b], at);
  const shape = both.kind === 'tensor' ? both.cell.shape : undefined;
  if (both.kind !== 'tensor' || !shape) return both;
  const axis = axisAmong({ machine, at }, dim, shape.length);
  return derived(both, keeps ? shape.with(axis, 1) : shape.toSpliced(axis, 1), []);
}

const pairOf = ({ bound }: Applied): readonly (TensorValue | undefined)[] => [bound.tensor('x1'), bound.tensor('x2')];

/** Of each row with each other one; of a vector one number. */
const ofRows = onTensor((x, shape) => {
  if (!shape || shape.length > 2) return openTensor(x);
  return derived(x, shape.length === 2 ? [shape[0], shape[0]] : [], []);
});

/** `repeat_interleave`: so often each element of an axis, or of all there are; counts may differ. */
function interleaved(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const { bound, machine } = call;
  const at = shape && !bound.isNone('dim') ? axisOf(call, 'dim', shape.length) : undefined;
  if (!shape || (at === undefined && !bound.isNone('dim'))) return openTensor(x);
  const size = at === undefined ? shape.reduce<Size>((all, each) => times(machine, all, each), 1) : shape[at];
  const given = bound.get('repeats');
  const counts = given?.kind === 'tensor' || given?.kind === 'list' ? numbersOf(given) : undefined;
  const made =
    given?.kind === 'number'
      ? times(machine, size, bound.size('repeats'))
      : counts && (counts.shape.length === 1 || counts.shape.length === 0)
        ? counts.items.length === 1
          ? times(machine, size, counts.items[0])
          : counts.items.reduce((all, each) => all + each, 0)
        : machine.freshSize();
  return derived(x, at === undefined ? [made] : shape.with(at, made), at === undefined ? [] : undefined);
}

/** Operations on matrices and between the rows of two, and those that go from element to element. */
export const matrixOps: readonly OpRow[] = [
  ['diag', 'input, diagonal=0', onTensor(diag)],
  [
    'diag_embed',
    'input, offset=0, dim1=-2, dim2=-1',
    onTensor((x, shape, { bound }) => {
      const offset = bound.int('offset');
      const isPlain = bound.int('dim1') === -2 && bound.int('dim2') === -1;
      if (!shape || shape.length === 0 || offset === undefined || !isPlain) return openTensor(x);
      const side = add(shape.at(-1)!, Math.abs(offset));
      return derived(x, [...shape.slice(0, -1), side, side], []);
    }),
  ],
  ['trace', 'input', onTensor((x) => derived(x, [], []))],
  ['cov', 'input, *, ~correction=1, ~fweights=None, ~aweights=None', ofRows],
  ['corrcoef', 'input', ofRows],
  [
    'as_strided',
    'input, size, ~stride, ~storage_offset=None',
    onTensor((x, _shape, call) => {
      const sizes = sizesArgument(call, 'size')?.map((each) => call.machine.sizeOf(each));
      return sizes ? derived(x, sizes, []) : openTensor(x);
    }),
  ],
  [
    'scatter scatter_add scatter_reduce index_add index_copy index_fill index_reduce',
    'input, ~dim, ~index, *~rest, **~',
    onTensor((x) => forgotten(x)),
  ],
  ['index_put masked_scatter', 'input, ~indices, ~values, *~rest, **~', onTensor((x) => forgotten(x))],
  ['repeat_interleave', 'input, repeats, dim=None, **', onTensor(interleaved)],
  ['tensordot', 'input, other, dims=2, ~out=None', tensordot],
  ['inner', 'input, other', inner],
  [
    'cross',
    'input, other, ~dim=None',
    (call) => {
      const [a, b] = ['input', 'other'].map((name) => call.bound.tensor(name));
      return a && b ? broadcast(call.machine, [a, b], call.at) : openTensor(a);
    },
  ],
  ['bucketize', 'input, ~boundaries, **', onTensor((x, shape) => derived(x, shape, []))],
  ['histc', 'input, bins=100, *~rest, **', onTensor((x, _shape, { bound }) => derived(x, [bound.size('bins')], []))],
  [
    'trapezoid trapz',
    'y, ~x=None, *, ~dx=None, dim=-1',
    (call) => {
      const y = call.bound.tensor('y');
      const shape = y?.cell.shape;
      const at = shape && axisOf(call, 'dim', shape.length);
      return shape && at !== undefined ? derived(y, shape.toSpliced(at, 1), []) : openTensor(y);
    },
  ],
];

/** Between two tensors, which `torch.nn.functional` has beside `torch`. */
export const distanceOps: readonly OpRow[] = [
  [
    'cosine_similarity',
    'x1, x2, dim=1, ~eps=1e-8',
    (call) => compareAlong(call, pairOf(call), call.bound.int('dim'), false),
  ],
  [
    'pairwise_distance',
    'x1, x2, ~p=2, ~eps=1e-6, keepdim=False',
    (call) => compareAlong(call, pairOf(call), -1, call.bound.flag('keepdim')),
  ],
  ['cdist', 'x1, x2, ~p=2, ~compute_mode=None', cdist],
  [
    'pdist',
    'input, ~p=2',
    onTensor((x, shape) => {
      const count = shape?.[0];
      if (count === undefined || !isKnown(count)) return openTensor(x);
      return derived(x, [(count * (count - 1)) / 2], []);
    }),
  ],
];
