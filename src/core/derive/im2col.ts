import type { Tensor } from '../operation';
import { tensorOf } from '../tensor/tensor';
import { gathering, type Read } from './gathering';
import type { Subject } from './subject';

/**
 * A convolution as one matrix product (Chellapilla et al., "High performance convolutional neural networks for document
 * processing", 2006): every window of the padded input is a column, the kernel a row.
 */
export interface Im2col {
  /** By output: what its window reads, tap by tap. Column `n` of the matrix holds the values of `columns[n]`. */
  readonly columns: readonly (readonly Read[])[];
  /** The kernel as a row, in C order. */
  readonly row: ArrayLike<number>;
  /** The row times each column. In float64. */
  readonly products: Float64Array;
  readonly output: Tensor;
}

/**
 * Of a convolution. In the padding a column has what the padding reads there, a zero too; a zero that was put in makes
 * no product, so that an infinite weight on it is no NaN.
 */
export function im2col(subject: Subject): Im2col {
  const columns = gathering(subject).map(({ reads }) => reads);
  const products = Float64Array.from(columns, (column) => column.reduce((sum, { product }) => sum + product, 0));
  return {
    columns,
    row: subject.weight.data,
    products,
    output: tensorOf(subject.input.dtype, subject.plan.outputShape, products),
  };
}
