import type { CsrMatrix, Dtype, Tensor } from '../operation';
import { printNumber } from './numbers';

/** Rows of the last axis, planes of the last two separated by a blank line; `parseTable` reads it back. */
function writeTable({ shape, dtype, data }: Tensor, separator: string): string {
  const columns = shape[shape.length - 1];
  const rows = shape[shape.length - 2] ?? 1;
  const lines: string[] = [];
  for (let begin = 0, row = 0; begin < data.length; begin += columns, row++) {
    if (row > 0 && row % rows === 0) lines.push('');
    lines.push(Array.from(data.subarray(begin, begin + columns), (value) => printNumber(value, dtype)).join(separator));
  }
  return lines.join('\n') + '\n';
}

export const writeCsv = (tensor: Tensor): string => writeTable(tensor, ',');
export const writeTsv = (tensor: Tensor): string => writeTable(tensor, '\t');

/** Nested brackets; `item` prints one number. */
export function nested({ shape, data }: Tensor, item: (value: number) => string, indent = ''): string {
  const write = (axis: number, begin: number, size: number): string => {
    const step = size / shape[axis];
    const parts = Array.from({ length: shape[axis] }, (_, at) =>
      axis === shape.length - 1 ? item(data[begin + at]) : write(axis + 1, begin + at * step, step),
    );
    if (axis === shape.length - 1) return `[${parts.join(', ')}]`;
    const lines = '\n'.repeat(shape.length - 1 - axis);
    return `[${parts.join(`,${lines}${indent}${' '.repeat(axis + 1)}`)}]`;
  };
  return write(0, 0, data.length);
}

/** Lists as JSON; what JSON cannot say is a text, as in the document format. */
export function writeJson(tensor: Tensor): string {
  return nested(tensor, (value) =>
    Number.isFinite(value) ? printNumber(value, tensor.dtype) : JSON.stringify(printNumber(value, tensor.dtype)),
  );
}

const PYTHON = {
  numpy: ['np.array(', 'np', 'np.nan', 'np.inf'],
  torch: ['torch.tensor(', 'torch', "float('nan')", "float('inf')"],
  jax: ['jnp.array(', 'jnp', 'jnp.nan', 'jnp.inf'],
} as const;

/** A Python expression; `np`, `torch` or `jnp` must be imported where it is pasted. */
export function writePython(tensor: Tensor, library: keyof typeof PYTHON): string {
  const [open, names, nan, infinity] = PYTHON[library];
  const item = (value: number): string => {
    if (Number.isNaN(value)) return nan;
    if (!Number.isFinite(value)) {
      return value > 0 ? infinity : `-${infinity}`;
    }
    const text = printNumber(value, tensor.dtype);
    return /[.e]/.test(text) ? text : `${text}.`;
  };
  return `${open}${nested(tensor, item, ' '.repeat(open.length))}, dtype=${names}.${tensor.dtype})`;
}

const LATEX_NON_FINITE: Readonly<Record<string, string>> = { nan: '\\mathrm{NaN}', inf: '\\infty', '-inf': '-\\infty' };

/** `1.5 \\cdot 10^{-7}`, `\\infty`. */
export function latexNumber(value: number, dtype: Dtype): string {
  const text = printNumber(value, dtype);
  return LATEX_NON_FINITE[text] ?? text.replace(/e\+?(-?\d+)$/, ' \\cdot 10^{$1}');
}

/**
 * Rows of cells as a LaTeX matrix (amsmath's `bmatrix`). The cells are LaTeX already: numbers or symbols such as
 * `w_{0,1}`.
 */
export function writeLatexCells(rows: readonly (readonly string[])[]): string {
  return `\\begin{bmatrix}\n${rows.map((row) => `  ${row.join(' & ')}`).join(' \\\\\n')}\n\\end{bmatrix}\n`;
}

/** A tensor's planes as LaTeX matrices, one after another. */
export function writeLatex({ shape, dtype, data }: Tensor): string {
  const columns = shape[shape.length - 1];
  const rows = shape[shape.length - 2] ?? 1;
  const area = rows * columns;
  const planes = Array.from({ length: data.length / area }, (_, plane) =>
    Array.from({ length: rows }, (_row, row) => {
      const begin = plane * area + row * columns;
      return Array.from(data.subarray(begin, begin + columns), (value) => latexNumber(value, dtype));
    }),
  );
  return planes.map(writeLatexCells).join('');
}

/**
 * Lines of a Matrix Market file (NIST, coordinate real general), in pieces: the whole may be longer than a text can be.
 * Entries of the format have no order, so `transposed` writes the transpose at no cost. The comment is one line.
 */
export function* writeMatrixMarket(matrix: CsrMatrix, { transposed = false, comment = '' } = {}): Generator<string> {
  const { rows, columns, rowPointers, columnIndices, values } = matrix;
  const dtype = values instanceof Float32Array ? 'float32' : 'float64';
  const size = transposed ? `${columns} ${rows}` : `${rows} ${columns}`;
  yield `%%MatrixMarket matrix coordinate real general\n${comment && `% ${comment}\n`}${size} ${columnIndices.length}\n`;
  const LINES = 4096;
  let lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (let entry = rowPointers[row]; entry < rowPointers[row + 1]; entry++) {
      const place = transposed ? `${columnIndices[entry] + 1} ${row + 1}` : `${row + 1} ${columnIndices[entry] + 1}`;
      lines.push(`${place} ${printNumber(values[entry], dtype)}\n`);
      if (lines.length < LINES) continue;
      yield lines.join('');
      lines = [];
    }
  }
  if (lines.length > 0) yield lines.join('');
}
