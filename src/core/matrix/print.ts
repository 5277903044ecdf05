import { printNumber } from '../formats/numbers';
import { latexNumber, writeLatexCells } from '../formats/writeText';
import type { Dtype } from '../operation';
import type { Plan } from '../plan';
import { cutWindow, entriesIn, type Entry, type MatrixWindow } from './entries';
import { columnName, rowName, weightLatex, weightSymbols } from './layout';

export type PrintFormat = 'text' | 'csv' | 'latex';

/** What stands in the cells: symbols, or numbers by the flat index of a kernel element. */
export type CellText = 'symbols' | { readonly dtype: Dtype; weight(flat: number): number };

/**
 * A window of the matrix, zeros written out: as text with the names of rows and columns, as CSV of the cells alone, or
 * as a LaTeX matrix. The caller limits the window.
 */
export function printMatrix(
  plan: Plan,
  window: MatrixWindow,
  format: PrintFormat,
  content: CellText,
  batch: number,
): string {
  const { top, bottom, left, right } = cutWindow(plan, window);
  const table = Array.from({ length: bottom - top }, () => new Array<string>(right - left).fill('0'));
  for (const entry of entriesIn(plan, window))
    table[entry.row - top][entry.column - left] = cell(plan, entry, format, content);
  switch (format) {
    case 'text': {
      const names = Array.from({ length: right - left }, (_, at) => columnName(plan, left + at, batch));
      return aligned([['', ...names], ...table.map((row, at) => [rowName(plan, top + at, batch), ...row])]);
    }
    case 'csv':
      return table.map((row) => `${row.map((text) => (text.includes(',') ? `"${text}"` : text)).join(',')}\n`).join('');
    case 'latex':
      return writeLatexCells(table);
    default: {
      const never: never = format;
      return never;
    }
  }
}

function cell(plan: Plan, { weights }: Entry, format: PrintFormat, content: CellText): string {
  if (content === 'symbols') return format === 'latex' ? weightLatex(plan, weights) : weightSymbols(plan, weights);
  const value = weights.reduce((sum, flat) => sum + content.weight(flat), 0);
  return format === 'latex' ? latexNumber(value, content.dtype) : printNumber(value, content.dtype);
}

function aligned(table: readonly (readonly string[])[]): string {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table.map((row) => `${row.map((text, column) => text.padStart(widths[column])).join('  ')}\n`).join('');
}
