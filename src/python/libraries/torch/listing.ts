import { iterate } from '../../model/iterate';
import type { Applied, FunctionSpec } from '../../model/library';
import { tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, sureShape, tensor, type TensorValue } from '../../model/tensor';
import type { Value } from '../../model/value';
import { refusing } from '../../shapes/onTensor';
import { openTensor, tensorOfShape } from '../../shapes/sizesGiven';
import { add, extreme, isKnown, multiply, type Size } from '../../sizes/size';

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `torch.${callee}`,
  framework: 'torch',
  signature: signature(form),
  apply: refusing(apply),
});

/** The tensors of an argument, given one by one or as a list, where the shapes of all are known. */
function tensorsIn({ bound, machine }: Applied, name: string): readonly TensorValue[] | undefined {
  const given = bound.items(name);
  const items = given?.length === 1 && given[0].kind !== 'tensor' ? iterate(given[0]) : given;
  const tensors = items?.map((each) => machine.asTensor(each));
  return tensors && tensors.length > 0 && tensors.every((each) => each?.cell.shape)
    ? (tensors as readonly TensorValue[])
    : undefined;
}

const shapeOf = (x: TensorValue): readonly Size[] => x.cell.shape!;

/** Matrices corner to corner; a vector is a row, a number a matrix of one element. */
function blockDiagonal(call: Applied): Value {
  const tensors = tensorsIn(call, 'tensors');
  if (!tensors?.every((each) => shapeOf(each).length <= 2)) return openTensor();
  const sizes = tensors.map(shapeOf).map((shape) => (shape.length === 2 ? shape : [1, shape[0] ?? 1]));
  const total = (axis: number): Size => call.machine.simple(() => sizes.map((each) => each[axis]).reduce(add));
  return derived(tensors[0], [total(0), total(1)], []);
}

/** All ways to take one of each: a row a way. */
function cartesian(call: Applied): Value {
  const tensors = tensorsIn(call, 'tensors');
  if (!tensors?.every((each) => shapeOf(each).length === 1)) return openTensor();
  const count = call.machine.simple(() => tensors.map((each) => shapeOf(each)[0]).reduce(multiply));
  return derived(tensors[0], tensors.length === 1 ? [count] : [count, tensors.length], []);
}

const choose = (total: number, some: number): number => {
  let ways = 1;
  for (let each = 0; each < some; each++) ways = (ways * (total - each)) / (each + 1);
  return Math.max(0, Math.round(ways));
};

function combinations({ bound }: Applied): Value {
  const x = bound.tensor('input');
  const size = x?.cell.shape?.[0];
  const [count, repeats] = [bound.int('r'), bound.flag('with_replacement')];
  if (!x || size === undefined || !isKnown(size) || count === undefined || repeats === undefined) return openTensor(x);
  return derived(x, [choose(repeats ? size + count - 1 : size, count), count], []);
}

/** Where the elements of a triangle are: a row for the rows of them, and one for their columns. */
const triangle =
  (isLower: boolean) =>
  ({ bound, machine }: Applied): Value => {
    const [rows, columns, offset] = ['row', 'col', 'offset'].map((name) => bound.int(name));
    if (rows === undefined || columns === undefined || offset === undefined)
      return tensor([2, machine.freshSize()], machine.evidence);
    let count = 0;
    for (let row = 0; row < Math.min(rows, MOST_ROWS); row++) {
      const below = Math.min(Math.max(row + offset + (isLower ? 1 : 0), 0), columns);
      count += isLower ? below : columns - below;
    }
    return tensor([2, rows > MOST_ROWS ? machine.freshSize() : count], machine.evidence);
  };
const MOST_ROWS = 100_000;

/** Sequences as long as the longest of them, along a new axis. */
function padded(call: Applied): Value {
  const tensors = tensorsIn(call, 'sequences');
  const isFirst = call.bound.flag('batch_first');
  if (!tensors || isFirst === undefined) return openTensor();
  const longest = call.machine.simple(() =>
    tensors.map((each) => shapeOf(each)[0]).reduce((one, other) => extreme('max', one, other)),
  );
  const [, ...rest] = shapeOf(tensors[0]);
  const count = tensors.length;
  return derived(tensors[0], isFirst ? [count, longest, ...rest] : [longest, count, ...rest], []);
}

/** (m, n) → (m, k), (k), (k, n) with k the smaller of both; whole, (m, m) and (n, n). */
function singular({ bound, machine }: Applied): Value {
  const x = bound.tensor('input');
  const isFull = bound.flag('full_matrices');
  const shape = x?.cell.shape;
  if (!x || !shape || shape.length < 2 || isFull === undefined) return unknown();
  const [rows, columns] = shape.slice(-2);
  const least = machine.simple(() => extreme('min', rows, columns));
  const outer = shape.slice(0, -2);
  const items = [
    [...outer, rows, isFull ? rows : least],
    [...outer, least],
    [...outer, isFull ? columns : least, columns],
  ];
  return { ...tuple(items.map((each) => derived(x, each, []))), fields: ['U', 'S', 'Vh'] };
}

/** `torch.where` with a condition alone: where it holds, the places along each axis. */
export function placesOf({ machine, bound }: Applied): Value {
  const rank = sureShape(bound.tensor('condition'))?.length;
  if (rank === undefined) return unknown();
  const count = machine.freshSize();
  return tuple(Array.from({ length: Math.max(1, rank) }, () => tensor([count], machine.evidence)));
}

/** Functions that list: pairs, places, the parts of a matrix. */
export const torchListing: readonly FunctionSpec[] = [
  func('block_diag', '*tensors', blockDiagonal),
  func('cartesian_prod', '*tensors', cartesian),
  func('combinations', 'input, r=2, with_replacement=False', combinations),
  func('tril_indices', 'row, col, offset=0, **', triangle(true)),
  func('triu_indices', 'row, col, offset=0, **', triangle(false)),
  func('nn.utils.rnn.pad_sequence', 'sequences, batch_first=False, ~padding_value=0.0, ~padding_side=None', padded),
  func('randperm', 'n, **', ({ bound, machine }) => tensor([bound.size('n')], machine.evidence)),
  func('empty_strided', 'size, ~stride, **', ({ bound, machine }) => tensorOfShape(machine, bound.get('size'))),
  func('linalg.svd', 'input, full_matrices=True, **', singular),
  func('searchsorted', '~sorted_sequence, input, **', ({ bound }) => {
    const x = bound.tensor('input');
    return x ? derived(x, x.cell.shape, []) : openTensor();
  }),
];
