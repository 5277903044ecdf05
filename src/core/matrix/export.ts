import { strToU8 } from 'fflate';
import { writeSparseNpz } from '../formats/npz';
import { writeMatrixMarket } from '../formats/writeText';
import { matrixExtent } from '../kernels/matrix';
import type { CsrMatrix, Dtype } from '../operation';
import type { Plan } from '../plan';

export type MatrixFormat = 'matrix-market' | 'scipy-npz';

export interface MatrixFile {
  /** Says which matrix it is: `C` of a convolution, `C-transposed` of a transposed one. */
  readonly name: string;
  /** One after another they are the file; each is made when it is asked for. */
  pieces(): Iterable<Uint8Array>;
}

/**
 * The matrix that the panel shows, and that turns a flattened input into a flattened output, as a file: C of a convolution,
 * Cᵀ of a transposed one. `matrix` is C in both cases; the transpose is written, never built.
 */
export function matrixFile(format: MatrixFormat, plan: Plan, matrix: CsrMatrix): MatrixFile {
  const transposed = plan.kind === 'convTranspose';
  const stem = transposed ? 'C-transposed' : 'C';
  switch (format) {
    case 'matrix-market':
      return { name: `${stem}.mtx`, pieces: () => encoded(writeMatrixMarket(matrix, { transposed, comment: commentOf(plan) })) };
    case 'scipy-npz':
      return { name: `${stem}.npz`, pieces: () => [writeSparseNpz(matrix, transposed)] };
    default: {
      const never: never = format;
      return never;
    }
  }
}

/** Matrix Market is read by programs and people alike, everywhere: its comment is in English and ASCII. */
function commentOf({ kind, inputShape, outputShape }: Plan): string {
  const what = kind === 'conv' ? 'C of the convolution: y = C x' : 'C transposed of the transposed convolution: y = C^T x';
  return `${what}; x is the input [${inputShape.join(', ')}] and y the output [${outputShape.join(', ')}], one batch item of each flattened in C order, without the bias`;
}

function* encoded(lines: Iterable<string>): Generator<Uint8Array> {
  for (const piece of lines) yield strToU8(piece, true);
}

/** Characters of the longest line: two 10-digit numbers, a float64 in full, separators. */
const LONGEST_LINE = 48;

/** Upper bound of the bytes that the matrix and its file take while it is saved, before any of them is taken. */
export function matrixFileBytes(format: MatrixFormat, plan: Plan, dtype: Dtype): number {
  const { entries, rows, bytes } = matrixExtent(plan, dtype);
  switch (format) {
    case 'matrix-market':
      return bytes + entries * LONGEST_LINE + 512;
    case 'scipy-npz':
      // The arrays once more as 32-bit indices and as members, then packed: at worst as large as they are.
      return bytes + 3 * (entries * (4 + (dtype === 'float32' ? 4 : 8)) + (rows + 1) * 4) + 4096;
    default: {
      const never: never = format;
      return never;
    }
  }
}
