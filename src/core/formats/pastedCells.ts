import { type Checked, check } from '../door';
import { looksBracketed } from './bracketed';
import type { ReadOptions } from './format';
import { parseTable, type Table } from './table';
import { BYTES_PER_CHARACTER, parsePastedText } from './text';

/** Pasted text as rows and columns of cells, or as an array of more axes than a block of cells has. */
export type Pasted =
  (Table & { readonly kind: 'cells' }) | { readonly kind: 'array'; readonly shape: readonly number[] };

/**
 * Text from the clipboard as cells: of a spreadsheet, where an empty cell is one that is to be left as it is, or of a
 * printed array with no more than two axes that are longer than one. Never throws.
 */
export function parsePastedCells(text: string, options: ReadOptions): Checked<Pasted> {
  // What is too long is refused by the reader of all other text.
  const hasCells = /[^\r\n ]/.test(text) && !looksBracketed(text);
  if (hasCells && text.length * BYTES_PER_CHARACTER <= options.limit) {
    const table = check(() => parseTable(text, undefined, { holes: true }));
    if (table.ok && table.value.shape.length === 2) return { ok: true, value: { kind: 'cells', ...table.value } };
  }
  const parsed = parsePastedText(text, options);
  if (!parsed.ok) return parsed;
  const { shape, data } = parsed.value;
  if (shape.slice(0, -2).some((size) => size !== 1)) return { ok: true, value: { kind: 'array', shape } };
  const rows = shape.length === 1 ? 1 : shape[shape.length - 2];
  const columns = shape[shape.length - 1];
  return { ok: true, value: { kind: 'cells', shape: [rows, columns], values: Float64Array.from(data) } };
}
