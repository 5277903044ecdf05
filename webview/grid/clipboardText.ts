import type { Dtype, Tensor } from '../../src/core/operation';
import { printNumber } from '../../src/core/formats/numbers';
import type { Extent } from './viewport';

/** Rows of cells as spreadsheets exchange them. A cell of several channels is its values with blanks between. */
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

/** Rows and columns of pasted numbers, when they are a block of cells and no tensor of more axes. */
export function asBlock({ shape, data }: Tensor): (Extent & { readonly values: ArrayLike<number> }) | undefined {
  const longer = shape.slice(0, -2).some((size) => size !== 1);
  if (longer || shape.length === 0) return undefined;
  return { rows: shape.length === 1 ? 1 : shape[shape.length - 2], columns: shape[shape.length - 1], values: data };
}

/**
 * Whether a block is pasted at the cursor, cut where it leaves the plane, or is a new tensor that the host should make
 * of it.
 */
export function pasteAs(block: Extent | undefined, plane: Extent): 'cells' | 'tensor' {
  return block !== undefined && block.rows <= plane.rows && block.columns <= plane.columns ? 'cells' : 'tensor';
}
