import { iterate } from '../../model/iterate';
import type { Applied, FunctionSpec } from '../../model/library';
import { list, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, tensor, type TensorValue } from '../../model/tensor';
import type { Value } from '../../model/value';
import { broadcast, matrixProduct } from '../../shapes/elementwise';
import { concatenate } from '../../shapes/joinOps';
import { refusing } from '../../shapes/onTensor';
import { openTensor } from '../../shapes/sizesGiven';
import { multiply, type Size } from '../../sizes/size';

const func = (name: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `torch.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply: refusing(apply),
});

/** `input + a @ b`: the product broadcasts with what is added. */
const added =
  (one: string, other: string) =>
  ({ machine, bound, at }: Applied): Value => {
    const [a, b, input] = [one, other, 'input'].map((name) => bound.tensor(name));
    if (!a || !b || !input) return openTensor(a);
    const product = matrixProduct(machine, a, b, at);
    return product.kind === 'tensor' && product.cell.shape && input.cell.shape
      ? broadcast(machine, [product, input], at)
      : product;
  };

const outer = ({ bound }: Applied): Value => {
  const [a, b] = ['input', 'vec2'].map((name) => bound.tensor(name));
  const [rows, columns] = [a?.cell.shape, b?.cell.shape];
  return a && rows?.length === 1 && columns?.length === 1 ? derived(a, [rows[0], columns[0]], []) : openTensor(a);
};

/** Sizes multiply axis by axis, from the last on. */
const kron = ({ machine, bound }: Applied): Value => {
  const [a, b] = ['input', 'other'].map((name) => bound.tensor(name));
  const [one, other] = [a?.cell.shape, b?.cell.shape];
  if (!a || !one || !other) return openTensor(a);
  const rank = Math.max(one.length, other.length);
  const size = (shape: readonly Size[], axis: number): Size => shape[axis - rank + shape.length] ?? 1;
  return derived(
    a,
    Array.from({ length: rank }, (_, axis) => machine.simple(() => multiply(size(one, axis), size(other, axis)))),
    [],
  );
};

const meshgrid = ({ bound }: Applied): Value => {
  const given = bound.items('tensors');
  const items = given?.length === 1 && given[0].kind !== 'tensor' ? iterate(given[0]) : given;
  const swapped = bound.text('indexing') === 'xy';
  const sizes = items?.map((each) =>
    each.kind === 'tensor' && each.cell.shape?.length === 1 ? each.cell.shape[0] : undefined,
  );
  if (!items || !sizes?.every((size) => size !== undefined)) return unknown();
  const shape = swapped && sizes.length > 1 ? [sizes[1], sizes[0], ...sizes.slice(2)] : sizes;
  return tuple(items.map((each) => derived(each as TensorValue, shape, [])));
};

/** `hstack` and its like: what a tensor of few axes is made, and the axis along which all are put together. */
const stackedBy =
  (widen: (shape: readonly Size[]) => readonly Size[], axisOf: (rank: number) => number) =>
  ({ machine, bound, at }: Applied): Value => {
    const items = bound.items('tensors')?.map((each) => machine.asTensor(each));
    if (!items?.every((each) => each?.cell.shape)) return tensor(undefined, 'symbolic', { stem: 't' });
    const tensors = items.map((each) => derived(each!, widen(each!.cell.shape!), []));
    return concatenate(machine, list(tensors), axisOf(tensors[0]?.cell.shape?.length ?? 0), at);
  };

const rows = (shape: readonly Size[]): readonly Size[] => (shape.length < 2 ? [1, ...shape] : shape);
const columns = (shape: readonly Size[]): readonly Size[] => (shape.length < 2 ? [...shape, 1] : shape);
const deep = (shape: readonly Size[]): readonly Size[] =>
  shape.length === 0 ? [1, 1, 1] : shape.length === 1 ? [1, shape[0], 1] : shape.length === 2 ? [...shape, 1] : shape;

/** Products of tensors, and what makes one of several without saying along which axis. */
export const torchProducts: readonly FunctionSpec[] = [
  func('addmm', 'input, mat1, mat2, ~beta=1, ~alpha=1', added('mat1', 'mat2')),
  func('addmv', 'input, mat, vec, ~beta=1, ~alpha=1', added('mat', 'vec')),
  func('baddbmm', 'input, batch1, batch2, ~beta=1, ~alpha=1', added('batch1', 'batch2')),
  ...['outer', 'ger'].map((name) => func(name, 'input, vec2', outer)),
  func('kron', 'input, other', kron),
  func('meshgrid', "*tensors, indexing='ij'", meshgrid),
  func('take_along_dim', 'input, indices, dim=None', ({ bound }) => {
    const [x, indices] = [bound.tensor('input'), bound.tensor('indices')];
    return x && !bound.isNone('dim') ? derived(x, indices?.cell.shape, []) : openTensor(x);
  }),
  ...['vstack', 'row_stack'].map((name) =>
    func(
      name,
      'tensors',
      stackedBy(rows, () => 0),
    ),
  ),
  func(
    'hstack',
    'tensors',
    stackedBy(
      (shape) => (shape.length === 0 ? [1] : shape),
      (rank) => (rank === 1 ? 0 : 1),
    ),
  ),
  func(
    'column_stack',
    'tensors',
    stackedBy(columns, () => 1),
  ),
  func(
    'dstack',
    'tensors',
    stackedBy(deep, () => 2),
  ),
];
