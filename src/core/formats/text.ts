import { strFromU8 } from 'fflate';
import type { Tensor } from '../operation';
import { ProblemError, problem } from '../problem';
import { type Checked, check } from '../door';
import { looksBracketed, parseBracketed } from './bracketed';
import { type Format, type ReadOptions, type TensorEntry, checkedCount, damaged, hasExtension } from './format';
import { type Delimiter, parseTable } from './table';

/**
 * What a character may cost: the text itself, and at most one number of 8 bytes, once copied, for every two characters.
 */
export const BYTES_PER_CHARACTER = 10;

function parse(text: string, options: ReadOptions, delimiter?: Delimiter): Tensor {
  if (text.length * BYTES_PER_CHARACTER > options.limit) {
    throw damaged(
      'text-long',
      'The text is {0} characters long; at most {1} are read.',
      text.length,
      Math.floor(options.limit / BYTES_PER_CHARACTER),
    );
  }
  const { shape, values } =
    delimiter === undefined && looksBracketed(text) ? parseBracketed(text) : parseTable(text, delimiter);
  const sized = shape.length === 0 ? [1] : shape;
  checkedCount(sized, 8, options);
  return { dtype: 'float64', shape: sized, data: values };
}

/**
 * Numbers from the clipboard: NumPy's and PyTorch's printed form, nested lists, or cells copied from a
 * spreadsheet. The shape is that of the brackets; rows and columns for cells. Never throws.
 */
export function parsePastedText(text: string, options: ReadOptions): Checked<Tensor> {
  return check(() => {
    if (text.trim() === '')
      throw new ProblemError([
        problem({ code: 'file-no-numbers', field: 'file', template: 'There are no numbers in the text.' }),
      ]);
    return parse(text, options);
  });
}

function entry(bytes: Uint8Array, source: string, options: ReadOptions, delimiter?: Delimiter): TensorEntry {
  if (bytes.length * BYTES_PER_CHARACTER > options.limit) {
    throw damaged(
      'text-long',
      'The text is {0} characters long; at most {1} are read.',
      bytes.length,
      Math.floor(options.limit / BYTES_PER_CHARACTER),
    );
  }
  const text = decodeText(bytes);
  const tensor = parse(text, options, delimiter);
  return { name: '', shape: tensor.shape, source, load: () => tensor };
}

/** UTF-8, or UTF-16 with a byte-order mark, which is what spreadsheets call "Unicode text". */
function decodeText(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!utf16 && bytes.subarray(0, 4096).includes(0))
    throw damaged('binary', 'The file is not text: it holds zero bytes.');
  if (!utf16) return strFromU8(bytes);
  const units: string[] = [];
  for (let at = 2; at + 1 < bytes.length; at += 2) units.push(String.fromCharCode(bytes[at] | (bytes[at + 1] << 8)));
  return units.join('');
}

/** Comma-separated, or with semicolons where the comma is the decimal mark. */
export const csv: Format = {
  id: 'csv',
  extensions: ['csv'],
  match: (_head, name) => hasExtension(name, ['csv']),
  read: (bytes, options) => [entry(bytes, 'CSV', options)],
};

export const tsv: Format = {
  id: 'tsv',
  extensions: ['tsv', 'tab'],
  match: (_head, name) => hasExtension(name, ['tsv', 'tab']),
  read: (bytes, options) => [entry(bytes, 'TSV', options, '\t')],
};

/** A printed array, a JSON list, or columns, told apart by the first character. */
export const plainText: Format = {
  id: 'text',
  extensions: ['txt', 'json'],
  match: (_head, name) => hasExtension(name, ['txt', 'json']) && !hasExtension(name, ['tconv.json']),
  read: (bytes, options) => [entry(bytes, 'text', options)],
};
