import { cannotRestore } from '../findings/decoder';
import type { Machine } from '../model/machine';
import { FAILED } from '../model/make';
import { derived, type Field, guessIn, sureShape, tensor, type TensorValue, weaker } from '../model/tensor';
import type { CallPlace, Value } from '../model/value';
import { axisNames } from '../sizes/axisNames';
import { namesIn, print } from '../sizes/print';
import { equal, isKnown, keyOf, product, type Size, subtract } from '../sizes/size';
import type { Dim } from '../report';
import { mismatch, refuse } from './problems';
import { productRefusal } from './refusals/products';

/** Of two expressions for one size, the one that is easier to read. */
export function simpler(a: Size, b: Size): Size {
  return keyOf(b).length < keyOf(a).length ? b : a;
}

const sharesNames = (a: Size, b: Size): boolean => {
  const names = namesIn(a);
  return [...namesIn(b)].some((name) => names.has(name));
};

/**
 * One axis under broadcasting; `undefined` when the sizes cannot go together. Two that are not known need not be equal,
 * since either may be 1: so neither is pinned down, and the result has a size of its own.
 */
function broadcastSize(machine: Machine, a: Size, b: Size, name: string): Size | undefined {
  if (a === 1) return b;
  if (b === 1 || equal(a, b) === true) return a;
  if (isKnown(a) && isKnown(b)) return undefined;
  if (isKnown(a)) return a;
  if (isKnown(b)) return b;
  if (equal(a, b) === false && sharesNames(a, b)) return undefined;
  if (sharesNames(a, b)) return simpler(a, b);
  const { names } = machine;
  const [freeA, freeB] = [names.isFree(a), names.isFree(b)];
  if (!freeA && !freeB) return names.fresh(name);
  return names.freshLike(name, freeA && freeB ? simpler(a, b) : freeA ? b : a);
}

/** Names for sizes of a tensor that has none of its own, as such tensors have them. */
const namesOf = ({ keras }: TensorValue, rank: number): readonly string[] =>
  axisNames(rank, 'first').map((name) => (keras ? 'n' : `${name}_t`));

/**
 * The shape of `x ∘ other` when nothing is known of `other`: that of `x`, since models scale far more often than they
 * expand, but for axes of size 1, which a larger tensor stretches. A parameter, such as a position embedding, what has
 * one entry a channel, (1, C, 1, 1), and what has no batch, a table of positions, take the shape of what they are added
 * to. It is shown, and nothing is decided by it, see `doubting`.
 */
export function withAnything(machine: Machine, x: TensorValue): TensorValue {
  const { shape } = x.cell;
  if (!shape) return { ...x, guessed: true };
  const scales = shape.filter((size) => size !== 1).length <= 1;
  if (scales || shape.length < 3 || x.parameter)
    return tensor(undefined, 'symbolic', { stem: x.cell.stem || 't', soft: x.cell.soft });
  if (!shape.includes(1)) return { ...x, guessed: true };
  const names = namesOf(x, shape.length);
  const sizes = shape.map((size, axis) => (size === 1 ? machine.freshSize(names[axis]) : size));
  return { ...derived(x, sizes, x.field), guessed: true };
}

export function strongerField(
  a: readonly Field[] | undefined,
  b: readonly Field[] | undefined,
): readonly Field[] | undefined {
  if (!a || !b || a.length !== b.length) return a && a.length > 0 ? a : b;
  return a.map((each, axis) => (each.size >= b[axis].size ? each : b[axis]));
}

/** A result counts as a guess if one of the tensors was one, and as made by PyTorch if PyTorch made one of them. */
export const trustIn = (tensors: readonly TensorValue[]): Pick<TensorValue, 'torch' | 'guessed'> => ({
  torch: tensors.some((each) => each.torch),
  guessed: guessIn(tensors),
});

/** The shape of `a ∘ b ∘ …` element by element, as NumPy broadcasts. */
export function broadcast(machine: Machine, tensors: readonly TensorValue[], at: CallPlace): Value {
  return tensors
    .slice(1)
    .reduce<Value>(
      (left, right) => (left.kind === 'tensor' ? broadcastTwo(machine, left, right, at) : left),
      tensors[0],
    );
}

/** PyTorch looks from the last axis on, and names the first that it finds. */
function unequal(a: readonly Size[], b: readonly Size[], rank: number, least: number): Parameters<typeof mismatch>[2] {
  const sizes = (axis: number): readonly [Size, Size] => [
    a[axis - rank + a.length] ?? 1,
    b[axis - rank + b.length] ?? 1,
  ];
  const differs = (axis: number): boolean => {
    const [x, y] = sizes(axis);
    const apart = subtract(x, y);
    return x !== 1 && y !== 1 && isKnown(apart) && apart !== 0;
  };
  let axis = rank - 1;
  while (axis > least && !differs(axis)) axis--;
  const [x, y] = sizes(axis).map(print);
  return {
    code: 'broadcast-mismatch',
    template: 'Sizes {0} and {1} on axis {2} do not go together.',
    args: [x, y, axis],
    framework: `The size of tensor a (${x}) must match the size of tensor b (${y}) at non-singleton dimension ${axis}`,
  };
}

/** Whether another library than PyTorch has it. */
const isForeign = ({ of, keras }: TensorValue): boolean => of !== undefined || keras === true;

function broadcastTwo(machine: Machine, left: TensorValue, right: TensorValue, at: CallPlace): Value {
  if (left.cell === right.cell) return left;
  const [a, b] = [left.cell.shape, right.cell.shape];
  if (!a || !b) {
    if (!a && !b)
      return tensor(undefined, 'symbolic', { stem: left.cell.stem, soft: left.cell.soft || right.cell.soft });
    const [known, other] = a ? [left, right] : [right, left];
    const stretched = known.cell.shape!.filter((size) => size !== 1).length;
    // A number, or a parameter of each channel such as (1, C, 1, 1): what it scales has more axes and gives the shape.
    return stretched <= 1 ? other : withAnything(machine, known);
  }
  const rank = Math.max(a.length, b.length);
  const shape: Size[] = [];
  const names = namesOf(left, rank);
  for (let axis = 0; axis < rank; axis++) {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    const size = broadcastSize(machine, x, y, names[axis]);
    if (size === undefined) {
      cannotRestore(machine, [left, right]);
      const { framework, ...problem } = unequal(a, b, rank, axis);
      // The words are PyTorch's.
      mismatch(machine, at, [left, right].some(isForeign) ? problem : { ...problem, framework });
      return FAILED;
    }
    shape.push(size);
  }
  const longer = a.length >= b.length ? left : right;
  return {
    ...derived(longer, shape, strongerField(left.field, right.field)),
    ...trustIn([left, right]),
    source: weaker(left.source, right.source),
  };
}

/** PyTorch's words depend on the product to which it takes the matrices and stacks of them. */
function productWords(machine: Machine, a: readonly Size[], b: readonly Size[], outer: readonly Size[]): string {
  const all = (sizes: readonly Size[]): Dim => print(machine.simple(() => product(sizes)));
  const inner = print(a.at(-1)!);
  if (a.length === 1 && b.length === 1) {
    const other = print(b[0]);
    return `inconsistent tensor size, expected tensor [${inner}] and src [${other}] to have the same number of elements, but got ${inner} and ${other} elements respectively`;
  }
  const rows = all(a.slice(0, -1));
  if (b.length === 1) return `size mismatch, got input (${rows}), mat (${rows}x${inner}), vec (${print(b[0])})`;
  if (b.length === 2)
    return `mm: mat1 and mat2 shapes cannot be multiplied (${rows}x${inner} and ${b.map(print).join('x')})`;
  const count = all(outer);
  return `Expected size for first two dimensions of batch2 tensor to be: [${count}, ${inner}] but got: [${count}, ${print(b.at(-2)!)}].`;
}

/** `a @ b`: the last two axes multiply, those before them broadcast. */
export function matrixProduct(
  machine: Machine,
  left: TensorValue,
  right: TensorValue,
  at: CallPlace,
  name: 'mm' | 'addmm' = 'mm',
): Value {
  const [a, b] = [left.cell.shape, right.cell.shape];
  const source = weaker(left.source, right.source);
  const refusal = sureShape(left) && sureShape(right) && productRefusal(a!, b!);
  if (refusal) return refuse(machine, at, refusal);
  if (!a || !b || a.length === 0 || b.length === 0) return tensor(undefined, 'symbolic', { stem: 't' });
  const inner = machine.names.unify(a.at(-1)!, b.length === 1 ? b[0] : b.at(-2)!);
  const outer = broadcast(machine, [tensor(a.slice(0, -2), source), tensor(b.slice(0, -2), source)], at);
  if (outer.kind !== 'tensor') return outer;
  if (inner === false) {
    mismatch(machine, at, {
      code: 'matrix-mismatch',
      template: 'The inner sizes {0} and {1} of the matrix product differ.',
      args: [print(a.at(-1)!), print(b.length === 1 ? b[0] : b.at(-2)!)],
      ...([left, right].some(isForeign)
        ? {}
        : { framework: productWords(machine, a, b, outer.cell.shape!).replace(/^mm/, name) }),
    });
    return FAILED;
  }
  const rows = a.length === 1 ? [] : [a.at(-2)!];
  const columns = b.length === 1 ? [] : [b.at(-1)!];
  return { ...derived(left, [...outer.cell.shape!, ...rows, ...columns], []), ...trustIn([left, right]), source };
}
