import type { Dtype, Tensor } from '../../src/core/operation';
import { printNumber } from '../../src/core/formats/numbers';
import type { Extent } from './viewport';

/**
 * Rows of cells as spreadsheets exchange them. A cell with several channels becomes its values with blanks between
 * them.
 */
export function cellsToText(
  { rows, columns }: Extent,
  dtype: Dtype,
  valuesAt: (row: number, column: number) => readonly number[],
): string {
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const cells = Array.from({ length: columns }, (_, column) =>
      valuesAt(row, column)
        .map((value) => printNumber(value, dtype))
        .join(' '),
    );
    lines.push(cells.join('\t'));
  }
  return lines.join('\n');
}

/** Rows and columns of pasted numbers; nothing when they have more axes than a block of cells. */
export function asBlock({ shape, data }: Tensor): (Extent & { readonly values: ArrayLike<number> }) | undefined {
  const longer = shape.slice(0, -2).some((size) => size !== 1);
  if (longer || shape.length === 0) return undefined;
  return { rows: shape.length === 1 ? 1 : shape[shape.length - 2], columns: shape[shape.length - 1], values: data };
}

/**
 * A block that is no larger than the plane is pasted into its cells, from the cursor on; of a larger one the host makes
 * a new tensor.
 */
export function pasteAs(block: Extent | undefined, plane: Extent): 'cells' | 'tensor' {
  return block !== undefined && block.rows <= plane.rows && block.columns <= plane.columns ? 'cells' : 'tensor';
}
