import { strToU8 } from 'fflate';
import { writeSparseNpz } from '../formats/npz';
import { writeMatrixMarket } from '../formats/writeText';
import { matrixExtent } from '../kernels/matrix';
import type { CsrMatrix, Dtype, Kind } from '../operation';
import type { Plan } from '../plan';
import { bytesPerElement } from '../tensor/tensor';

export type MatrixFormat = 'matrix-market' | 'scipy-npz';

/** Says in a file's name which matrix it is. */
export const matrixStem = (kind: Kind): string => (kind === 'conv' ? 'C' : 'C-transposed');

/**
 * The matrix that the panel shows, and that turns a flattened input into a flattened output, as a file: C of a
 * convolution, Cᵀ of a transposed one. `matrix` is C in both cases; the transpose is written, never built. One after
 * another the pieces are the file; each is made when it is asked for.
 */
export function matrixFile(format: MatrixFormat, plan: Plan, matrix: CsrMatrix): Iterable<Uint8Array> {
  const transposed = plan.kind === 'convTranspose';
  switch (format) {
    case 'matrix-market':
      return encoded(writeMatrixMarket(matrix, { transposed, comment: commentOf(plan) }));
    case 'scipy-npz':
      return [writeSparseNpz(matrix, transposed)];
    default: {
      const never: never = format;
      return never;
    }
  }
}

/** Matrix Market is read by programs and people alike, everywhere: its comment is in English and ASCII. */
function commentOf({ kind, inputShape, outputShape }: Plan): string {
  const what =
    kind === 'conv' ? 'C of the convolution: y = C x' : 'C transposed of the transposed convolution: y = C^T x';
  return `${what}; x is the input [${inputShape.join(', ')}] and y the output [${outputShape.join(', ')}], one batch item of each flattened in C order, without the bias`;
}

function* encoded(lines: Iterable<string>): Generator<Uint8Array> {
  for (const piece of lines) yield strToU8(piece, true);
}

/** Characters of the longest line: both numbers of a place, the longest value of the type, separators. */
function longestLine(rows: number, columns: number, dtype: Dtype): number {
  return String(rows).length + String(columns).length + (dtype === 'float32' ? 16 : 25) + 3;
}

/**
 * Upper bound of the bytes that the matrix and its file take while it is made, before any of them is taken. The file is
 * counted twice: in pieces and as a whole.
 */
export function matrixFileBytes(format: MatrixFormat, plan: Plan, dtype: Dtype): number {
  const { entries, rows, columns, bytes } = matrixExtent(plan, dtype);
  switch (format) {
    case 'matrix-market':
      return bytes + 2 * (entries * longestLine(rows, columns, dtype) + 512);
    case 'scipy-npz':
      // The arrays as 32-bit indices, as members, packed (at worst as large as they are), and joined.
      return bytes + 4 * (entries * (4 + bytesPerElement(dtype)) + (rows + 1) * 4) + 4096;
    default: {
      const never: never = format;
      return never;
    }
  }
}
