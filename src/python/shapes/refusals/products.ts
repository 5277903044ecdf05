import { sureShape } from '../../model/tensor';
import { isKnown, type Size } from '../../sizes/size';
import type { Refusal } from '../problems';
import { type Check, listed } from './check';

/** How many axes the operands of a product may have. */
export const ranks =
  (
    words: (name: string, rank: number) => string,
    ...wanted: readonly (readonly [operand: string, name: string, rank: number])[]
  ): Check =>
  ({ bound }) => {
    for (const [operand, name, rank] of wanted) {
      const shape = sureShape(bound.tensor(operand));
      if (!shape || shape.length === rank) continue;
      return {
        code: 'rank-mismatch',
        template: 'The tensor has {0} axes; it needs {1}.',
        args: [shape.length, rank],
        framework: words(name, shape.length),
      };
    }
    return undefined;
  };

const batched = ranks((name) => `${name} must be a 3D tensor`, ['input', 'batch1', 3], ['other', 'batch2', 3]);

/** `bmm` stretches no batch. */
export const batchProduct: Check = (call, shape) => {
  const wrong = batched(call, shape);
  const other = sureShape(call.bound.tensor('other'));
  if (wrong || !other || ![...shape, ...other].every(isKnown)) return wrong;
  if (shape[0] === other[0] && shape[2] === other[1]) return undefined;
  return {
    code: 'matrix-mismatch',
    template: 'Stacks of matrices of the shapes {0} and {1} have no product.',
    args: [listed(shape), listed(other)],
    framework: `Expected size for first two dimensions of batch2 tensor to be: ${listed([shape[0], shape[2]])} but got: ${listed(other.slice(0, 2))}.`,
  };
};

/** `dot` is of two vectors of one length, and nothing else. */
export const vectorProduct: Check = ({ bound }, shape) => {
  const other = sureShape(bound.tensor('other'));
  if (!other) return undefined;
  if (shape.length !== 1 || other.length !== 1)
    return {
      code: 'rank-mismatch',
      template: 'The tensor has {0} axes; it needs {1}.',
      args: [shape.length === 1 ? other.length : shape.length, 1],
      framework: `1D tensors expected, but got ${shape.length}D and ${other.length}D tensors`,
    };
  const [one, two] = [shape[0], other[0]];
  if (!isKnown(one) || !isKnown(two) || one === two) return undefined;
  return {
    code: 'matrix-mismatch',
    template: 'The inner sizes {0} and {1} of the matrix product differ.',
    args: [one, two],
    framework: `inconsistent tensor size, expected tensor [${one}] and src [${two}] to have the same number of elements, but got ${one} and ${two} elements respectively`,
  };
};

/** `mv` is of a matrix and a vector. */
export const matrixVector: Check = ({ bound }, shape) => {
  const other = sureShape(bound.tensor('other'));
  if (!other) return undefined;
  if (shape.length !== 2 || other.length !== 1)
    return {
      code: 'rank-mismatch',
      template: 'The tensor has {0} axes; it needs {1}.',
      args: shape.length === 2 ? [other.length, 1] : [shape.length, 2],
      framework: `vector + matrix @ vector expected, got 1, ${shape.length}, ${other.length}`,
    };
  const [rows, columns] = shape;
  if (![rows, columns, other[0]].every(isKnown) || columns === other[0]) return undefined;
  return {
    code: 'matrix-mismatch',
    template: 'The inner sizes {0} and {1} of the matrix product differ.',
    args: [columns, other[0]].map(Number),
    framework: `size mismatch, got input (${Number(rows)}), mat (${Number(rows)}x${Number(columns)}), vec (${Number(other[0])})`,
  };
};

export const noNumbers: Check = ({ bound }, shape) => {
  const other = sureShape(bound.tensor('other'));
  return other && productRefusal(shape, other);
};

/** A number is no factor of a matrix product. */
export function productRefusal(a: readonly Size[], b: readonly Size[]): Refusal | undefined {
  if (a.length > 0 && b.length > 0) return undefined;
  return {
    code: 'rank-mismatch',
    template: 'A matrix product is of tensors of at least one axis; these have {0} and {1}.',
    args: [a.length, b.length],
    framework: `both arguments to matmul need to be at least 1D, but they are ${a.length}D and ${b.length}D`,
  };
}
